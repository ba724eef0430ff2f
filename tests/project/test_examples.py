"""The examples run, and do what they say."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from normalize import Normalizer

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the examples, to run them in."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path / "examples")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))
    return tmp_path / "examples"


@pytest.fixture
def articles(folder):
    with open("data/scraped.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(script: str, *arguments: str) -> str:
    """What a script prints."""
    command = [sys.executable, script, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


@pytest.mark.filterwarnings("ignore")  # Jupyter's own
def test_the_notebook_cleans_the_csv_into_a_parquet(folder, articles):
    for library in ("ipykernel", "matplotlib", "pyarrow", "pandas"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    import nbformat
    import pyarrow.parquet as pq

    notebook = nbformat.read("csv_to_parquet.ipynb", 4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    texts = [article["text"] for article in articles]
    expected = Normalizer().clean_batch(texts, [article["date"] for article in articles])
    assert pq.read_table("clean.parquet")["text"].to_pylist() == expected != texts


def test_trafilatura_finds_the_article_and_it_is_repaired(folder):
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    page = json.loads(run("trafilatura_recipe.py", "data/page.html"))
    assert (page["title"], page["date"]) == ("Air Bersih Kembali Mengalir di Tiga Kecamatan", "2024-10-30")
    assert "TRIBUNNEWS.COM, SUKAMAJU" in page["text"]
    assert "selesai, Rabu (30/10/2024)." in page["text"]
    assert "Baca juga" not in page["text"]


def test_the_pretraining_corpus_is_clean_and_has_no_repeats(folder, articles):
    pytest.importorskip("datasets", reason="datasets is not installed")
    import pyarrow.parquet as pq

    cleaner = Normalizer(drop=["boilerplate"])
    expected = [cleaner.clean(article["text"], article["date"]) for article in articles]
    repeat = {**articles[0], "text": expected[0]}  # differs from an article in its noise alone
    for name, rows in {"a": articles[:9], "b": [*articles[9:], repeat, {**repeat, "text": "Foto."}]}.items():
        Path(f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    said = run("huggingface_pretraining.py", "a.jsonl", "b.jsonl", "-o", "corpus", "--shards", "2", "--processes", "2")
    assert said.strip() == "20 articles, 1 too short, 1 repeats"
    assert len(list(Path("corpus").iterdir())) == 2
    assert pq.read_table("corpus")["text"].to_pylist() == expected

"""The documentation: every code block runs and gives what it shows, the pages build without a warning."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
DATA = ("text", "diff", "json", "toml")  # languages of blocks that show and do not run
COMPARE = doctest.OutputChecker().check_output
LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Block(NamedTuple):
    """A code block: its language, and its text behind as many line ends as stand before it in its file."""

    language: str
    text: str


def pages() -> Iterator[object]:
    """The code blocks of each page, which build on one another; of the adapters' page those of each section."""
    for path in sorted(DOCS.rglob("*.md")):
        blocks: dict[str, list[Block]] = {}
        part = path.relative_to(DOCS).as_posix()
        tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
        for number, token in enumerate(tokens):
            if path.name == "adapters.md" and token.type == "heading_open" and token.tag == "h2":
                part = f"adapters.md {tokens[number + 1].content}"
            if token.type == "fence" and not token.info.startswith("{") and token.info not in DATA:
                blocks.setdefault(part, []).append(Block(token.info, "\n" * (token.map[0] + 1) + token.content))
        for part, found in blocks.items():
            starts_cluster = any("import ray" in block.text or "pyspark" in block.text for block in found)
            marks = [pytest.mark.xdist_group("cluster")] if starts_cluster else []  # one at a time: see test_ray.py
            yield pytest.param(path, found, id=part, marks=marks)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the examples, as the reader has it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path / "examples")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))


@pytest.mark.parametrize(("path", "blocks"), list(pages()))
def test_code_runs_and_gives_what_is_shown(path, blocks, folder):
    with ProcessPoolExecutor(1, get_context("spawn")) as process:  # what it leaves behind (a JVM) ends with it
        try:
            process.submit(run_page, path, blocks).result()
        except ModuleNotFoundError as error:
            if str(error.name).startswith("normalize"):
                raise
            pytest.skip(f"{error.name} is not installed")


def run_page(path: Path, blocks: list[Block]) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    try:
        for language, text in blocks:
            if language == "console":
                run_commands(text)
            elif ">>> " in text:
                run_session(text, names, path)
            else:
                assert language == "python", f"who runs {language}?"
                exec(compile(text, path, "exec"), names)
    except ModuleNotFoundError:
        raise
    except Exception:
        raise AssertionError(traceback.format_exc()) from None  # not every library's errors can be pickled


def run_session(text: str, names: dict[str, object], path: Path) -> None:
    """Runs what stands behind `>>>`, and compares."""
    test = doctest.DocTestParser().get_doctest(text, names, path.name, str(path), 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append, clear_globs=False)
    assert not report, "".join(report)
    names.update(test.globs)


def run_commands(text: str) -> None:
    """Runs what stands behind `$`, and compares what it says, on either stream."""
    for shown in text.strip().removeprefix("$ ").split("\n$ "):
        command, _, expected = shown.partition("\n")
        if command.startswith("pip install"):
            continue  # the network
        result = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        if missing := re.search(r"^ModuleNotFoundError: No module named '([\w.]+)'", result.stdout, re.MULTILINE):
            raise ModuleNotFoundError(missing[0], name=missing[1])
        assert COMPARE(expected + "\n", result.stdout or "\n", LOOSE), f"$ {command}\n{result.stdout}"


def test_the_rule_reference_is_what_the_rules_say():
    subprocess.run([sys.executable, DOCS / "build_rules.py", "--check"], check=True)


def test_the_page_of_the_configuration_is_what_the_commands_say():
    subprocess.run([sys.executable, DOCS / "build_configuration.py", "--check"], check=True)


def test_the_pages_build_without_a_warning(tmp_path):
    for library in ("sphinx", "myst_parser", "furo", "sphinx_click"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", DOCS, tmp_path / "site"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "date.malformed" in (tmp_path / "site" / "rules.html").read_text(encoding="utf-8")

"""What every adapter is tried on: dirty and right texts, an empty one, a missing one, with and without dates."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from normalize import Normalizer

TEXTS = (
    "TRIBUNNEVS.COM, JAKARTA - Warga mengungsi , kata camat, Kamis (24/10). /2024).",
    "Harga beras naik Rp1.500 per kilogram.",
    None,
    "KOMPA.com - Hujan turun sejak malam.Dalam sehari, jalan terendam.",
    "",
    "Pemerintah mengmumkan hasil seleksi, Kamis (24/10/2014) malam.",
    "Kami pulang\u00a0lebih awal dari kafé dekat pasar.",
)
DATES = (None, None, None, datetime.date(2024, 5, 1), None, datetime.date(2024, 10, 25), None)
ARTICLE = """KOMPAS.com - Warga ke-{0} di Desa Sukamaju mengungsi sejak pukul {0} karena banjir, kata camat.
Jembatan nomor {0} di ujung desa putus diterjang air yang meluap dari sungai.
Petugas membagikan {0} bungkus nasi kepada warga yang bertahan di rumah.
Sekolah ke-{0} di kecamatan itu diliburkan sampai air surut kembali.
(Kompas.com/Sari Wulandari)
Ikuti kabar kami di kanal WhatsApp"""


@pytest.fixture
def texts() -> list[str | None]:
    return list(TEXTS)


@pytest.fixture
def dates() -> list[datetime.date | None]:
    return list(DATES)


@pytest.fixture(scope="session")
def cleaned() -> list[str | None]:
    """What the engine makes of the texts."""
    result = Normalizer().clean_batch(TEXTS)
    assert result != list(TEXTS), "the texts try nothing"
    return result


@pytest.fixture(scope="session")
def dated() -> list[str | None]:
    """What the engine makes of the texts, their dates given."""
    result = Normalizer().clean_batch(TEXTS, DATES)
    assert result != Normalizer().clean_batch(TEXTS), "the dates try nothing"
    return result


@pytest.fixture
def readme() -> Callable[..., dict[str, object]]:
    """Runs the lines that the README shows for a library, with these names given, and gives what has a name then."""
    text = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")

    def run(library: str, **names: object) -> dict[str, object]:
        (lines,) = re.findall(rf"^# {library}\b.*\n((?:[^`\n]+\n){{2,3}})", text, re.MULTILINE)
        exec(lines, names)
        return names

    return run


@pytest.fixture(scope="session")
def dump(tmp_path_factory) -> Path:
    """A folder of Parquet files, with the texts twenty times in each."""
    files = [{"text": TEXTS * 20, "date": DATES * 20} for _ in range(12)]
    return _stored(tmp_path_factory.mktemp("dump"), files)


@pytest.fixture(scope="session")
def cleaned_dump(dump, tmp_path_factory) -> Path:
    """What the command line makes of the dump."""
    folder = tmp_path_factory.mktemp("cleaned")
    _command("clean", "-q", dump, "-o", folder)
    return folder


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> Path:
    """A folder of Parquet files to learn from: two outlets, of which one prints more texts than a sample has."""
    files = []
    for file in range(6):
        numbers = range(file * 400, file * 400 + 400)
        texts: list[str | None] = [ARTICLE.format(n) for n in numbers]
        texts[::50] = [None, ""] * 4
        outlets = [None if n % 11 == 0 else ("Kompas", "Tribun")[n % 5 == 0] for n in numbers]
        files.append({"text": texts, "outlet": outlets})
    return _stored(tmp_path_factory.mktemp("printed"), files)


@pytest.fixture(scope="session")
def learnt(printed, tmp_path_factory) -> dict[str, bytes]:
    """The files that the command line learns from what is printed."""
    folder = tmp_path_factory.mktemp("learnt")
    _command("learn", "-q", printed, "-o", folder)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert b"\nKompas\tend\tIkuti kabar kami di kanal WhatsApp\t1000\t1000\n" in files["boilerplate.tsv"]
    assert b"\nSari Wulandari\t2352\n" in files["bylines.tsv"]
    return files


@pytest.fixture(scope="session")
def copied(tmp_path_factory) -> Path:
    """A folder of Parquet files with copies of a passage, one of them with a slip."""
    passage = (
        "Kabar {}. Menurut warga yang mengungsi ke balai desa itu, Gubernur {} Nendriana akan meninjau tanggul yang jebol."
    )
    texts = [passage.format(number, "Yurkia" if number == 7 else "Yurika") for number in range(12)]
    files = [{"text": texts[:5], "outlet": ["Kompas"] * 5}, {"text": [*texts[5:], None], "outlet": ["Tribun"] * 8}]
    return _stored(tmp_path_factory.mktemp("copied"), files)


def _stored(folder: Path, files: Iterable[dict[str, Sequence[object]]]) -> Path:
    """A folder with these columns as Parquet files, and an id for each row."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow.parquet as pq

    for number, columns in enumerate(files):
        ids = [f"{number:02}/{n:05}" for n in range(len(columns["text"]))]
        pq.write_table(pa.table({"id": ids, **columns}), folder / f"{number:02}.parquet")
    return folder


def _command(*arguments: object) -> None:
    """Runs the command line."""
    subprocess.run([sys.executable, "-m", "normalize", *map(str, arguments)], check=True)

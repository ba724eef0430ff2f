"""What every adapter is tried on: dirty and right texts, an empty one, a missing one, with and without dates."""

from __future__ import annotations

import datetime
import subprocess
import sys
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


@pytest.fixture(scope="session")
def dump(tmp_path_factory) -> Path:
    """A folder of Parquet files, with the texts twenty times in each."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("dump")
    for file in range(12):
        ids = [f"{file:02}/{n:05}" for n in range(20 * len(TEXTS))]
        table = pa.table({"id": ids, "text": TEXTS * 20, "date": DATES * 20})
        pq.write_table(table, folder / f"{file:02}.parquet")
    return folder


@pytest.fixture(scope="session")
def cleaned_dump(dump, tmp_path_factory) -> Path:
    """What the command line makes of the dump."""
    folder = tmp_path_factory.mktemp("cleaned")
    command = "import normalize.cli; normalize.cli.main()"
    subprocess.run([sys.executable, "-c", command, "clean", "-q", str(dump), "-o", str(folder)], check=True)
    return folder

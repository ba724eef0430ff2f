"""What every adapter is tried on: dirty and right texts, an empty one, a missing one, with and without dates."""

from __future__ import annotations

import datetime

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

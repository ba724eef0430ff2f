"""Characters that a conversion lost are reported where they stood; questions are none of them."""

import pytest

from normalize import Normalizer


def lost_in(text: str) -> list[str]:
    """What the findings of characters.lost stand for in `text`."""
    return [finding.before for finding in Normalizer().explain(text).findings if finding.rule == "characters.lost"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Petugas deng?n tem?n itu pulang.", ["?", "?"]),
        ("Dosisnya 25?g sehari.", ["?"]),
        ("Kata ?senja? dipakai warga.", ["?"]),
        ("\n?Kami pulang, kata dia.", ["?"]),
        ("Ia juara lagi! ????#Sirkuit", ["????"]),
        ("Doa itu ??? ???? ?? dibaca.", ["??? ???? ??"]),
        ("Nama itu V��squez.", ["��"]),
        ("Nama itu Vï¿½squez.", ["ï¿½"]),  # U+FFFD, read in the wrong encoding
    ],
)
def test_lost_characters_are_told_where_they_stood(text: str, lost: list[str]) -> None:
    assert lost_in(text) == lost


@pytest.mark.parametrize(
    "text",
    [
        "Kenapa?karena ia lupa.",
        "Pada 2019?menurut dia begitu.",
        "Benarkah ??? Kata dia, tidak.",
        "Apa??Itu saja.",
        "Cari di https://contoh.id/cari?kata=senja saja.",
        "Cari di contoh.id/berita?page=2 saja.",
    ],
)
def test_questions_and_addresses_are_none(text: str) -> None:
    assert lost_in(text) == []

"""Which words are an Indonesian word as a neighbouring language has it."""

from __future__ import annotations

import pytest

from normalize.language.sound_changes import is_regional


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("untuak", "untuk"),
        ("baliak", "balik"),
        ("punyo", "punya"),
        ("tarima", "terima"),
        ("hargana", "harganya"),
        ("taun", "tahun"),
        ("laen", "lain"),
        ("pemandangane", "pemandangan"),
        ("dijadikeun", "dijadikan"),
        ("suntiangan", "suntingan"),
        ("dipindahakan", "dipindahkan"),
        ("parubaan", "perubahan"),
        ("husus", "khusus"),
        ("inpormasi", "informasi"),
        ("tadeteksi", "terdeteksi"),
    ],
)
def test_a_regional_form(typed, meant):
    assert is_regional(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("mengtakan", "mengatakan"), ("tidka", "tidak"), ("denga", "dengan"), ("brubah", "berubah")]
)
def test_a_slip_is_none(typed, meant):
    assert not is_regional(typed, meant)

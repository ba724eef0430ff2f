"""The order of a column's dates."""

from __future__ import annotations

import pytest

from normalize.dates.order import ColumnOrder, column_order


def order(*values: object, text: str | None = None) -> ColumnOrder:
    return column_order((value, [text]) for value in values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["10/21/2025 20:43", "8/9/2025", "3/30/2024"], ("mdy", "10/21/2025 20:43")),
        (["Kompas.com - 21/10/2025, 20:43 WIB", "8/9/2025", "30.3.2024"], ("dmy", "Kompas.com - 21/10/2025, 20:43 WIB")),
        (["8/9/2025", "9/9/2025"], (None, "8/9/2025")),
        (["8/9/2025", "10/21/2025"], (None, "8/9/2025")),  # one may be a slip
        (["10/21/2025", "21/10/2025"] * 5, (None, "")),
        (["10/21/2025"] * 19 + ["21/10/2025"], ("mdy", "10/21/2025")),
        (["2025-10-21", None, 7, "12 Agustus 2025", "8/31/0024", "x"], (None, "")),
        ([], (None, "")),
    ],
)
def test_days_above_12_tell_it(values, expected):
    assert order(*values) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hujan turun Sabtu (9/8/2025).", "mdy"),
        ("Hujan turun Senin (8/9/2025).", "dmy"),
        ("Hujan turun Minggu (9/8/2025).", None),  # no Sunday
        ("Hujan turun (9/8/2025).", None),
        ("Hujan turun Sabtu (9/8/2025) dan Senin (8/9/2025).", None),
    ],
)
def test_dates_that_their_weekday_vouches_for_tell_it(text, expected):
    assert order("8/9/2025", "8/9/2025", text=text).order == expected

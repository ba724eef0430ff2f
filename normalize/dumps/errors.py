"""The two ways in which reading or writing a dump fails."""

from __future__ import annotations

from collections.abc import Sequence

from ..suggest import did_you_mean
from .visible import visible


class DumpError(Exception):
    """Ends a run. Its message is for a person and says which file, where and what.

    resumable: the run itself was sound; continued, it may end well.
    """

    def __init__(self, message: str, resumable: bool = False) -> None:
        super().__init__(message)
        self.resumable = resumable


class DamagedInput(Exception):
    """Ends an input that breaks off or is corrupt; everything before that was handed out."""


SHOWN_COLUMNS = 30  # names in a message, a choice
LONGEST_NAME = 60  # code points of a column's name, a choice: a longer one is a sentence


def check_column(name: str, columns: Sequence[str]) -> None:
    """Raise DumpError unless an input has one column of this name."""
    if name not in columns:
        raise no_column(name, columns)
    if columns.count(name) > 1:
        raise DumpError(f'has {columns.count(name)} columns "{name}", and only one can be meant')


def no_column(name: str, columns: Sequence[str], has_none: str = "has no column") -> DumpError:
    """The error of a column that an input has not got."""
    shown = [visible(column, LONGEST_NAME) for column in columns[:SHOWN_COLUMNS]]
    listed = ", ".join(shown) + (", ..." if len(columns) > SHOWN_COLUMNS else "")
    has = "its columns" if has_none == "has no column" else "its fields"
    hint = did_you_mean(name, columns)
    if has == "its columns" and any(len(column) > LONGEST_NAME for column in columns):
        hint = "; is its first row a record? --no-header says so"
    return DumpError(f'{has_none} "{name}" ({has}: {listed}){hint}')

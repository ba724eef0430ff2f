"""The part that codecs of tables (CSV, Parquet, workbooks) share: a text is the value of a column, written in one way."""

from __future__ import annotations

from collections.abc import Sequence

from ...edit import Edit
from ..errors import DumpError
from ..record import Fields, Record


def check_unique(names: Sequence[str]) -> None:
    """Raise DumpError where two columns have one name: another format could keep only one of them."""
    if len(set(names)) < len(names):
        name = next(name for name in names if names.count(name) > 1)
        raise DumpError(f'has {names.count(name)} columns "{name}", and in another format only one of them would be left')


class ColumnCodec:
    """The part of a codec that is about how a text is written."""

    holds_all = False

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def style(self, record: Record, index: int) -> str:
        return ""

    def spelled(self, record: Record, index: int, edits: Sequence[Edit]) -> Sequence[str]:
        return ()

    def text(self, record: Record, index: int, style: str) -> str | None:
        return record.texts[index]

    def holds(self, text: str) -> bool:
        return not any("\ud800" <= c <= "\udfff" for c in text)

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        return True

"""The two ways in which reading or writing a dump fails."""

from __future__ import annotations


class DumpError(Exception):
    """Ends a run. Its message is for a person and says which file, where and what.

    resumable: the run itself was sound; continued, it may end well.
    """

    def __init__(self, message: str, resumable: bool = False) -> None:
        super().__init__(message)
        self.resumable = resumable


class DamagedInput(Exception):
    """Ends an input that breaks off or is corrupt; everything before that was handed out."""

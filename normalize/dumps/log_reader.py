"""Reads an edit log alongside the files it is about, a section (an input) at a time."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from . import edit_log
from .inputs import Input
from .record import DumpError, Piece


class LogReader:
    """Finds the lines of a log for pieces of the inputs of a run, in the order in which they are read.

    undoing: the inputs are what the log's run wrote; else they are what it read.
    Raises DumpError for an input that the log does not tell of.
    """

    def __init__(self, path: Path, inputs: list[Input], undoing: bool) -> None:
        self.path, self.inputs, self.undoing = path, inputs, undoing
        self.sections = _sections(path)
        self._rewind()
        self.index = -1
        self.entries: Iterator[tuple[int, bytes]] = iter(())
        self.held: tuple[int, bytes] | None = None

    def __call__(self, index: int, piece: Piece) -> tuple[tuple[int, bytes], ...]:
        """The lines about a piece of an input, each with its record's place in that input."""
        if index != self.index:
            self.index = index
            self.entries = self._of(self.inputs[index])
            self.held = next(self.entries, None)
        found = []
        end = piece.first + piece.length
        while self.held and self.held[0] < end:
            found.append(self.held)
            self.held = next(self.entries, None)
        return tuple(found)

    def _of(self, source: Input) -> Iterator[tuple[int, bytes]]:
        """The entries of the log about an input, with places in it."""
        wanted = [i for i, section in enumerate(self.sections) if self._is(section, source)]
        if not wanted:
            raise DumpError(f"{self.path} does not tell of {source.path}: it is about {self._known()}")
        if self.current > wanted[0]:
            self._rewind()
        dropped = 0
        while self.current <= wanted[-1]:
            raw = next(self.stream, None)
            if raw is None or edit_log.read_section(raw):
                self.current += 1
            elif self.current in wanted:
                n, rejected = edit_log.place(raw)
                if not self.undoing:
                    yield n, raw
                elif rejected:
                    dropped += 1
                else:
                    section = self.sections[self.current]
                    rank = n if section.only is None else bisect_left(section.only, n) + 1
                    yield section.first + rank - dropped, raw

    def _rewind(self) -> None:
        self.stream = edit_log.lines(self.path)
        next(self.stream)
        self.current = -1  # the section that the stream is in

    def _is(self, section: edit_log.Section, source: Input) -> bool:
        if len(self.inputs) == 1 and len({self._file(section) for section in self.sections}) == 1:
            return True  # whatever the file is called by now
        name = self._file(section)
        return name in (source.path, source.below) or name.endswith(os.sep + source.below)

    def _file(self, section: edit_log.Section) -> str:
        """The file of the section that is to be read now."""
        return section.output if self.undoing else section.input

    def _known(self) -> str:
        names = sorted({self._file(section) for section in self.sections})
        return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")


def _sections(path: Path) -> list[edit_log.Section]:
    edit_log.header(path)
    return [section for raw in edit_log.lines(path) if (section := edit_log.read_section(raw))]

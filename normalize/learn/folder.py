"""Counts on disk: a folder of sorted TSV files, each with a line of column names, merged as sorted lines are.

    bylines.tsv  mastheads.tsv  names.tsv  words.tsv  outlets.tsv    what was seen, in how many texts
    noise.tsv                                                       what was repaired: noise/rates.py
    contexts.tsv                                                    kind of a thing, the thing, contexts.py's of it
    lines.tsv                                                       outlet, key of a sampled text, place, line

    copies.tsv                                                      what copies have, where that was asked for

The conclusions lie beside them: lexicon/learned.py has the names and columns of these files.
"""

from __future__ import annotations

import heapq
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path

from ..lexicon import Copy, learned
from ..lexicon.learned import LearnedError
from ..noise import rates
from . import boilerplate, conclusions, contexts
from .counting import KINDS, SAMPLE, TABLES, Counts, as_cell, sampled
from .lines import Line

try:
    import fcntl
except ImportError:  # not on Windows: there what a killed process left stays
    fcntl = None  # type: ignore[assignment]

COLUMNS = {name: (name.removesuffix("s"), "texts") for name in TABLES} | {"noise": rates.COLUMNS}
CONTEXTS = "contexts.tsv"
CONTEXT_COLUMNS = ("kind", "form", "contexts")
UNFINISHED = ".unfinished-"  # how the names of temporary folders begin
LINES = "lines.tsv"
LINE_COLUMNS = ("outlet", "text", "place", "line")
Row = Sequence[str]
Watch = Callable[[int], None]


def write(counts: Counts, folder: Path) -> None:
    """Write counts, and the conclusions from them, as the files of `folder`, which appear when they are whole."""
    _in_place(folder, lambda unfinished: _conclude(_write(counts, unfinished)))


def read(folder: Path) -> Counts:
    """Read the counts of `folder`. Raises LearnedError where it holds none."""
    counts = Counts()
    for name in TABLES:
        getattr(counts, name).update({form: int(n) for form, n in _table(folder, name)})
    for kind, form, found in _contexts(folder):
        counts.contexts[kind][form] = found
    for (outlet, key), group in _by_text(_lines(folder)):
        counts.sample.setdefault(outlet, {})[key] = tuple(Line(place, line) for _, _, place, line in group if line)
    return counts


def merge(folders: Sequence[Path], output: Path, watch: Watch = lambda more: None) -> None:
    """Merge what was learnt into several folders, as if it had been learnt at once. Memory does not grow with them.

    watch: is called with how many bytes more of the folders' counts were read. It keeps what the copies in each folder tell:
    texts of different folders have not voted about one another. Raises LearnedError where a folder holds nothing learnt.
    """
    copies = dict(_merged_copies(folders))  # read before `output`, which may be one of the folders
    _in_place(output, lambda unfinished: _conclude(_merge(folders, unfinished, watch)))
    if copies:
        write_copies(copies.items(), output)


def size(folder: Path) -> int:
    """The bytes of the counts in a folder, which `merge` reads."""
    names = (*(f"{name}.tsv" for name in TABLES), CONTEXTS, LINES)
    return sum((folder / name).stat().st_size for name in names if (folder / name).is_file())


def write_copies(copies: Iterable[tuple[str, Copy]], folder: Path) -> int:
    """Write what copies have beside what was learnt into `folder`, and return at how many places."""
    rows = [
        (copy.kind, place, as_cell(copy.found), copy.meant, str(copy.votes), str(copy.against), as_cell(copy.source))
        for place, copy in copies
    ]
    _in_place(folder, lambda unfinished: _write_rows(unfinished / learned.COPIES, learned.COPY_COLUMNS, rows))
    return len(rows)


class ExternalMerge:
    """Add up counts of any number of texts in bounded memory: sorted runs on disk, merged at the end."""

    def __init__(self, folder: Path, limit: int = 1_000_000, runs: int = 64) -> None:
        """`folder`: where to write in the end; `limit`: entries held in memory; `runs`: files open at once."""
        self._folder, self._limit, self._most_runs = folder, limit, runs
        self._counts = Counts()
        self._runs: list[Path] = []
        self._scratch: Scratch | None = None

    def add(self, counts: Counts) -> None:
        """Add counts to those so far."""
        self._counts.merge(counts)
        if self._counts.entries() > self._limit:
            self._flush()

    def write(self) -> None:
        """Write the sum, as `write` does."""
        if self._runs:
            self._flush()
            merge(self._runs, self._folder)
        else:
            write(self._counts, self._folder)

    def close(self) -> None:
        """Take the runs off the disk."""
        if self._scratch:
            self._scratch.cleanup()

    def _flush(self) -> None:
        if self._scratch is None:
            self._scratch = _beside(self._folder)
        if len(self._runs) == self._most_runs:
            merged = _merge(self._runs, self._new_run())
            for run in self._runs:
                shutil.rmtree(run)
            self._runs = [merged]
        self._runs.append(_write(self._counts, self._new_run()))
        self._counts = Counts()

    def _new_run(self) -> Path:
        assert self._scratch
        return Path(tempfile.mkdtemp(dir=self._scratch.name))


def _write(counts: Counts, folder: Path) -> Path:
    for name in TABLES:
        _write_rows(folder / f"{name}.tsv", COLUMNS[name], ((k, str(n)) for k, n in sorted(getattr(counts, name).items())))
    context_rows = ((kind, *row) for kind in KINDS for row in sorted(counts.contexts[kind].items()))
    _write_rows(folder / CONTEXTS, CONTEXT_COLUMNS, context_rows)
    _write_rows(folder / LINES, LINE_COLUMNS, _line_rows(counts))
    return folder


def _line_rows(counts: Counts) -> Iterator[Row]:
    for outlet, texts in sorted(counts.sample.items()):
        for key, lines in sampled(texts).items():
            for place, line in lines or (("", ""),):  # a text without lines is still one of the sample
                yield outlet, key, place, line


def _merge(folders: Sequence[Path], output: Path, watch: Watch = lambda more: None) -> Path:
    for name in TABLES:
        merged = heapq.merge(*(_table(folder, name, watch) for folder in folders), key=itemgetter(0))
        sums = ((form, str(sum(int(n) for _, n in rows))) for form, rows in groupby(merged, itemgetter(0)))
        _write_rows(output / f"{name}.tsv", COLUMNS[name], sums)
    of_things = groupby(
        heapq.merge(*(_contexts(folder, watch) for folder in folders), key=itemgetter(0, 1)), itemgetter(0, 1)
    )
    united = ((*thing, contexts.united([found for _, _, found in rows])) for thing, rows in of_things)
    _write_rows(output / CONTEXTS, CONTEXT_COLUMNS, united)
    samples = heapq.merge(*(_by_text(_lines(folder, watch)) for folder in folders), key=itemgetter(0))
    _write_rows(output / LINES, LINE_COLUMNS, _least_texts(samples))
    return output


def _merged_copies(folders: Sequence[Path]) -> Iterator[tuple[str, Copy]]:
    """Yield what copies have by any of the folders, in order; of several at one place that with the most votes."""
    several = [learned.copies_in(folder) for folder in folders if (folder / learned.COPIES).exists()]
    for place, same in groupby(heapq.merge(*several, key=itemgetter(0)), itemgetter(0)):
        yield place, max((copy for _, copy in same), key=lambda copy: (copy.votes, copy))


def _table(folder: Path, name: str, watch: Watch = lambda more: None) -> Iterator[Row]:
    """Yield the rows of a table of counts."""
    path = folder / f"{name}.tsv"
    return _ascending(path, learned.rows(path, COLUMNS[name], watch), 1)


def _contexts(folder: Path, watch: Watch = lambda more: None) -> Iterator[Row]:
    """Yield the rows of contexts.tsv."""
    path = folder / CONTEXTS
    for row in _ascending(path, learned.rows(path, CONTEXT_COLUMNS, watch), 2):
        if row[0] not in KINDS or not contexts.CELL.fullmatch(row[2]):
            raise LearnedError(f"{path}: {row[0][:20]!r} is no kind of things, or {row[2][:20]!r} no contexts of one")
        yield row


def _lines(folder: Path, watch: Watch = lambda more: None) -> Iterator[Row]:
    """Yield the rows of lines.tsv."""
    path = folder / LINES
    return _ascending(path, learned.rows(path, LINE_COLUMNS, watch), 2, repeated=True)


def _ascending(path: Path, rows: Iterable[list[str]], columns: int, repeated: bool = False) -> Iterator[list[str]]:
    """Yield rows. Raises LearnedError where the first `columns` do not ascend, or are `repeated` where they must not be."""
    last: list[str] = []
    for row in rows:
        now = row[:columns]
        if last > now or (last == now and not repeated):
            raise LearnedError(f"{path}: its rows are not in order, or one is there twice")
        last = now
        yield row


def _by_text(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    """Yield the rows of lines.tsv text by text."""
    for (outlet, key), group in groupby(rows, itemgetter(0, 1)):
        yield (outlet, key), list(group)


def _least_texts(texts: Iterable[tuple[tuple[str, str], list[Row]]]) -> Iterator[Row]:
    """Yield the rows of each outlet's sample, each text once, out of those of several samples."""
    for _, of_outlet in groupby(texts, lambda text: text[0][0]):
        different = (next(same) for _, same in groupby(of_outlet, itemgetter(0)))
        for _, rows in islice(different, SAMPLE):
            yield from rows


def _conclude(folder: Path) -> None:
    """Write the conclusions from the counts of a folder beside them."""
    _write_rows(folder / learned.BOILERPLATE, learned.BOILERPLATE_COLUMNS, boilerplate.repeated(_lines(folder)))
    known = conclusions.known({kind: _table(folder, f"{kind}s") for kind in KINDS}, _contexts(folder))
    _write_rows(folder / learned.KNOWN, learned.KNOWN_COLUMNS, known)


def _write_rows(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as out:
        out.writelines("\t".join(row) + "\n" for row in chain((columns,), rows))


def _in_place(folder: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write files into a folder beside `folder`, then put them there, each at once, when all are on the disk."""
    with _beside(folder) as unfinished:
        fill(Path(unfinished))
        paths = sorted(Path(unfinished).iterdir())
        for path in paths:
            with path.open("rb") as written:
                os.fsync(written.fileno())
        for path in paths:
            os.replace(path, folder / path.name)
        if learned.COPIES not in {path.name for path in paths}:
            (folder / learned.COPIES).unlink(missing_ok=True)  # of what was learnt here before


def _beside(folder: Path) -> Scratch:
    """Make a temporary folder for unfinished files on the disk of `folder`, which is made too."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{UNFINISHED}*"):
        if not _is_in_use(old):
            shutil.rmtree(old, ignore_errors=True)
    return Scratch(prefix=UNFINISHED, dir=folder, made=made)


class Scratch(tempfile.TemporaryDirectory[str]):
    """A temporary folder that is locked while its process lives: one that is not is what a killed process left.

    made: folders around it, innermost first, that were made for it; those that are empty go with it.
    """

    def __init__(self, prefix: str, dir: Path, made: Sequence[Path] = ()) -> None:
        super().__init__(prefix=prefix, dir=dir)
        self._handle = _lock(Path(self.name))
        self._made = made

    def cleanup(self) -> None:
        super().cleanup()
        with suppress(OSError):
            for folder in self._made:
                folder.rmdir()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(folder: Path) -> int | None:
    """Lock a folder until the handle returned is closed, or the process ends; None where it is locked, or cannot be."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _is_in_use(scratch: Path) -> bool:
    """Whether the process that made a temporary folder may still live."""
    handle = _lock(scratch)
    if handle is None:
        return True
    os.close(handle)
    return False

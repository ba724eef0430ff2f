"""Find the files that a run reads, and the output of each."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from ..lazy import lazy_pattern
from .errors import DumpError
from .formats import BARE, FORMATS, LINES, NAMES, kind_of
from .formats.compression import SUFFIXES, chunks
from .formats.encoding import AUTO, LOOKED_AT, UTF_8, checked, tell
from .locations import ARCHIVE, archive_of, is_file, is_remote, leads_out, local_copy, members, opened, remote_files
from .sniff import HEAD_BYTES, format_of, standard_input_head

# Endings of names by which a file would be taken for what it is not.
OTHERS = lazy_pattern(
    r"\.(js|xls|ods|xml|html?|pdf|docx?|rtf|odt|epub|zip|tar|7z|rar|lz4|br|feather|arrow|avro|orc|db|sqlite3?|pkl)",
    re.IGNORECASE,
)


class Input(NamedTuple):
    """One input of a run and where its records go. "-" is standard input or output."""

    path: str
    format: str  # as codecs are called: with "lines"
    compression: str | None  # None: go by the first bytes
    below: str  # its path below the directory it was found in, or its name
    output: str
    label: str  # of the output, in the log: its path below the output directory, or its name
    output_format: str
    output_compression: str
    encoding: str = UTF_8  # of text; what is written is UTF-8

    @property
    def name(self) -> str:
        """The name of the input in messages."""
        return _name(self.path)

    @property
    def in_place(self) -> bool:
        """Whether its output replaces it."""
        return self.path != "-" and self.output == os.path.realpath(self.path)

    @property
    def file(self) -> str:
        """The file on this machine that is written: the output, or the file that is then sent to a remote place."""
        return str(local_copy(self.output)) if is_remote(self.output) else self.output


class Found(NamedTuple):
    """A file to read, and where it lies below the directory it was found in."""

    path: str
    below: str
    root: str | None = None  # that directory


def find(paths: Iterable[str]) -> list[Found]:
    """Find the files that paths, directories (all files of a known format below) and glob patterns lead to, in order.

    Raises DumpError where one leads nowhere, or to no file.
    """
    found: list[Found] = []
    for path in paths:
        if path == "-":
            found.append(Found(path, path))
        elif is_remote(path):
            found += _far(path)
        elif os.path.isdir(path):
            files = [Found(file, os.path.relpath(file, path), path) for file in _walk(path)]
            inside = [one for file in files for one in _unpacked(file) if kind_of(one.path).format]
            if not inside:
                raise DumpError(f"{path}: no {', '.join(NAMES)} file is in this directory")
            found += inside
        elif os.path.exists(path) and not os.path.isfile(path) and path != os.devnull:
            raise DumpError(f"{path}: is a pipe or device, and a file would be read twice: hand it over as standard input")
        elif os.path.exists(path):
            inside = [
                one for one in _unpacked(Found(path, os.path.basename(path))) if one.path == path or kind_of(one.path).format
            ]
            if not inside:
                raise DumpError(f"{path}: no {', '.join(NAMES)} file is in this archive")
            found += inside
        elif archive_of(path):
            found.append(Found(path, os.path.basename(path)))
        elif matches := sorted(glob.glob(path, recursive=True), key=os.fsencode):
            base = _fixed_part(path)
            files = [Found(file, os.path.relpath(file, base)) for file in matches if os.path.isfile(file)]
            if not files:
                raise DumpError(f"{path}: leads to no file: to folders, or nowhere")
            found += files
        else:
            raise DumpError(f"{path}: no such file")
    return found


def _unpacked(file: Found) -> list[Found]:
    """List a file, or the files in a zip archive. Raises DumpError for an archive that cannot be read."""
    if not file.path.lower().endswith(ARCHIVE):
        return [file]
    inside = file.below[: -len(ARCHIVE)]
    return [Found(f"{file.path}/{name}", os.path.join(inside, name), file.root) for name in members(file.path)]


def _far(path: str) -> list[Found]:
    """List the files of a remote place; of a folder those of a known format. Raises DumpError where there is none."""
    if path.lower().endswith(ARCHIVE):
        raise DumpError(f"{path}: an archive is read from this machine alone: copy it here")
    files = [Found(file, below) for file, below in remote_files(path)]
    known = [file for file in files if file.path == path or glob.has_magic(path) or kind_of(file.path).format]
    if not known:
        raise DumpError(f"{path}: no {', '.join(NAMES)} file is in this folder")
    return known


def passed_by(paths: Iterable[str]) -> list[str]:
    """Find the files below directories among the paths that are of no known format, and so are not read."""
    return [
        file
        for path in paths
        if os.path.isdir(path)
        for file in _walk(path)
        if not kind_of(file).format and not file.lower().endswith(ARCHIVE)
    ]


def _walk(directory: str) -> Iterator[str]:
    for folder, folders, names in os.walk(directory):
        folders.sort(key=os.fsencode)  # in the same order in every locale
        for name in sorted(names, key=os.fsencode):
            path = os.path.join(folder, name)
            if not name.startswith(".") and os.path.isfile(path):  # no pipe, no link that leads nowhere
                yield path


def _fixed_part(pattern: str) -> str:
    """Return the directory above the first wildcard of a glob pattern."""
    return str(Path(*takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)))


def plan(
    paths: Sequence[str],
    output: str,
    *,
    input_format: str | None = None,
    output_format: str | None = None,
    lines: bool = False,
    no_header: bool = False,
    encoding: str = AUTO,
    in_place: bool = False,
    fields: Collection[str] = ("text",),
) -> list[Input]:
    """Pair the inputs of a run with their outputs.

    lines: a .txt file has a document a line. no_header: a table has none. fields: those of the texts; a file whose name
    says no format is a table if its first line names them. Raises DumpError for an input that cannot be read, an unknown
    format, and an output that is an input or would take several.
    """
    encoding = checked(encoding)
    if output_format is not None:
        _check_format(output_format)
    if not os.path.isdir(output):
        _check_name(output)
    files = find(paths or ["-"])
    into_directory = not in_place and output != "-" and _is_directory(output, paths, files)
    chosen = []
    for file in files:
        kind = kind_of(file.path.partition("?")[0] if is_remote(file.path) else file.path)
        format = input_format or kind.format or _format_by_content(file.path, fields)
        if in_place and file.root is not None and not _is_below(os.path.realpath(file.path), os.path.realpath(file.root)):
            raise DumpError(f"{file.path}: leads out of {file.root}: to clean it in place, name it itself")
        if not format:
            raise DumpError(
                f"{_name(file.path)}: neither its name nor its beginning shows its format; "
                f"give --input-format (one of {', '.join(FORMATS)})"
            )
        target, label = output, os.path.basename(output)
        if in_place:
            target, label = os.path.realpath(file.path), file.below
        elif into_directory:
            if leads_out(file.below):
                raise DumpError(f"{file.path}: its name leads out of the folder that it would be written to")
            label = _renamed(file.below, output_format)
            target = os.path.join(output, label)
        wanted = kind_of(target)
        to = (output_format or "").partition(".")[0] or wanted.format or format
        chosen.append(
            Input(
                path=file.path,
                format=_variant(format, lines, no_header),
                compression=kind.compression or None,
                below=file.below,
                output=target,
                label=label,
                output_format=_variant(to, lines, no_header and to == format),
                output_compression=wanted.compression,
                encoding=_encoding(file.path, format, kind.compression, encoding),
            )
        )
    _check(chosen, in_place, in_place or into_directory)
    return chosen


def _variant(format: str, lines: bool, no_header: bool) -> str:
    """Return the name of a format as codecs know it."""
    if format == "txt" and lines:
        return LINES
    return BARE + format if format in ("csv", "tsv") and no_header else format


def _format_by_content(path: str, fields: Collection[str]) -> str:
    """Recognise the format of an input by its first bytes; "" for none. Raises DumpError for a table without the fields."""
    try:
        if path == "-":
            return format_of(standard_input_head(), fields)
        with opened(path) as stream:
            return format_of(stream.read(HEAD_BYTES), fields)
    except DumpError as error:
        raise DumpError(f"{_name(path)}: {error}") from None


def _encoding(path: str, format: str, compression: str, wanted: str) -> str:
    """Return the encoding of an input: the wanted one, else the one recognised by its bytes."""
    if format in ("parquet", "xlsx"):
        return UTF_8
    if wanted != AUTO:
        return wanted
    if path == "-":
        return tell(chunks(BytesIO(standard_input_head(LOOKED_AT)), None))
    with opened(path) as stream:
        return tell(chunks(stream, compression or None))


def _check_name(output: str) -> None:
    """Raise DumpError for an output whose name says a format that cannot be written."""
    suffix = Path(output).suffix
    if OTHERS.fullmatch(suffix):
        raise DumpError(f"{output}: {suffix} cannot be written: what can be is {', '.join(NAMES)}")


def _check_format(name: str) -> None:
    """Raise DumpError where an output cannot have this format, "jsonl.zst"."""
    format, _, compression = name.partition(".")
    if format not in FORMATS or compression not in ("", *SUFFIXES.values()):
        suffixes = ", .".join(SUFFIXES.values())
        raise DumpError(f"--output-format {name}: is none of {', '.join(FORMATS)}, nor one of these with .{suffixes}")


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _is_directory(output: str, paths: Sequence[str], files: Sequence[Found]) -> bool:
    if os.path.isdir(output) or output.endswith(os.sep):
        return True
    several = len(files) > 1 or any(os.path.isdir(path) for path in paths)
    return several and not kind_of(output).format and not os.path.exists(output)


def _renamed(name: str, format: str | None) -> str:
    """Give a file's name the suffixes of another format, "jsonl.zst"."""
    if format is None:
        return name
    stem = Path(name)
    while stem.suffix and (kind_of(stem.name).format or kind_of(stem.name).compression):
        stem = stem.with_suffix("")
    return f"{stem}.{format}"


def _check(inputs: Sequence[Input], in_place: bool, one_each: bool) -> None:
    outputs = {source.output for source in inputs}
    if one_each and len({_place(output) for output in outputs}) < len(inputs):
        raise DumpError("two of the inputs would go to the same output file")
    for source in inputs:
        if source.path == "-" and in_place:
            raise DumpError("standard input cannot be cleaned in place")
        if in_place and not is_file(source.path):
            raise DumpError(f"{source.path}: what lies in an archive or far away cannot be cleaned in place: say -o")
        if (source.format, source.output_format) == ("xlsx", "xlsx") and not is_file(source.path):
            raise DumpError(f"{source.name}: to write a workbook, its own must be a file here: say -o FILE.csv")
        if source.format != source.output_format and source.output_format in ("txt", "lines"):
            raise DumpError(f"{source.name}: {source.format} records cannot be written as plain text")
    if len(inputs) > 1 and not one_each:
        if any(source.format == "txt" for source in inputs):
            raise DumpError("several documents cannot go into one file: say -o DIRECTORY/, or --lines")
        if any((source.format, source.output_format) == ("xlsx", "xlsx") for source in inputs):
            raise DumpError("several workbooks cannot go into one: say -o DIRECTORY/, or -o FILE.csv")
        if any((source.format, source.output_format) == ("json", "json") for source in inputs):
            raise DumpError("several JSON files cannot go into one: say -o DIRECTORY/, or -o FILE.jsonl")
        if len({source.format for source in inputs}) > 1:
            raise DumpError("inputs of several formats cannot go into one file: say -o DIRECTORY/")
    existing = {_identity(output) for output in outputs if os.path.exists(output)}
    for source in inputs:
        if not in_place and is_file(source.path) and _identity(source.path) in existing:
            raise DumpError(f"{source.path}: the output is an input (clean, undo and apply can replace it: --in-place)")


def _name(path: str) -> str:
    return "standard input" if path == "-" else path


def _place(path: str) -> str:
    """Return one name for every way to write an output: "a/b.jsonl" for "a/./b.jsonl"."""
    if path == "-" or is_remote(path):
        return path
    folder, name = os.path.split(path)
    return os.path.normcase(os.path.join(os.path.realpath(folder), name))


def _identity(path: str) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_dev, status.st_ino

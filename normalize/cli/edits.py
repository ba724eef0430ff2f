"""normalize edits: an edit log, looked at, counted, thinned out, turned into other forms."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import NOT_ALL_CLEAN, OK
from . import options as option
from .config import Configured
from .path_types import FILE, LOG

if TYPE_CHECKING:
    from ..dumps.log.contexts import Join
    from ..dumps.log.file import Logged
    from ..dumps.report.diff import Renderer
    from .progress import Bar

FORMATS = ("text", "diff", "json", "csv", "tsv", "log", "parquet", "dolma")
BY_NAME = {"jsonl": "log", "parquet": "parquet", "csv": "csv", "tsv": "tsv", "txt": "text"}
BATCH_BYTES = 1_000_000  # of a log in a compressed frame, a choice
KEYS = ("rule", "family", "change", "kind", "field", "file", "before", "after")


@click.command("edits", cls=Configured)
@click.argument("log", type=LOG, metavar="LOG")
@click.option("--where", metavar="CONDITION", help="Only these: 'rule=date and confidence<0.9 and kind=edit'.")
@click.option("--kind", type=click.Choice(["edit", "finding"]), help="Only edits, or only what was found and left.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Only the first N.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="For --sample.")
@click.option("--count", type=click.Choice(KEYS), help="Count them by this, and show the counts, most first.")
@click.option("--raw", multiple=True, metavar="INPUT", help="Show each in its text: a file or directory that the run read.")
@click.option("--cleaned", multiple=True, metavar="INPUT", help="The same, from the files that the run wrote.")
@click.option(
    "--input-format", type=click.Choice(option.FORMATS), help="Format of these inputs; by default from their names."
)
@click.option("--lines", is_flag=True, help="A .txt file among them holds a document a line.")
@click.option("--no-header", is_flag=True, help="Tables among them have no header.")
@click.option("--encoding", default="auto", show_default=True, metavar="NAME", help="Encoding of these inputs.")
@option.matching
@click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write here: .jsonl and .parquet are logs, .csv, .tsv tables."
)
@click.option("--format", "style", type=click.Choice(FORMATS), help="Format of the output; by default from FILE's name.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(log: Path, **options: Any) -> int:
    """Show the edits and findings of LOG, an edit log in any form ("-": standard input).

    A log that is chosen from another (--where "confidence>=0.95" -o sure.jsonl) can be applied to what its run read.
    Exit code 1: the log is not about some of the texts.
    """
    from ..dumps.log.file import entries
    from . import running
    from .closing import echo
    from .progress import Bar, bytes_of
    from .replay import readable_log

    joins = [*options["raw"], *options["cleaned"]]
    with (
        running.report_failures(options["output"] or "-", quiet=options["quiet"]),
        readable_log(log, {"files_from": None, "inputs": joins or ["a log"]}) as path,
    ):
        style = _style(options)
        join = _join(path, options)
        with Bar(
            "reading",
            lambda: bytes_of(join.inputs) if join else path.stat().st_size,
            options["quiet"],
            prints=options["output"] is None,
        ) as bar:
            if join:
                join.watch = bar.at
            found = _counted(join.entries(options["match"]) if join else entries(path, bar.at), bar)
            stream = _chosen(found, options)
            if options["count"]:
                chunks = _counts(stream, options["count"], style)
            else:
                chunks = _rendered(path, stream, style, join, options)
            _write(chunks, options["output"], style)
        for problem in join.problems if join else ():
            echo(problem, False)
        return NOT_ALL_CLEAN if join and join.problems else OK


def _style(options: dict[str, Any]) -> str:
    """The format of what is written. Raises UsageError where it cannot be told or written."""
    from ..dumps.sink import is_stream

    output, style = options["output"], options["style"]
    if options["raw"] and options["cleaned"]:
        raise click.UsageError("--raw and --cleaned exclude each other")
    if options["limit"] is not None and options["sample"] is not None:
        raise click.UsageError("--limit and --sample exclude each other")
    if style is None and output is not None:
        from ..dumps.formats import kind_of

        style = BY_NAME.get(kind_of(str(output)).format)
        if style is None:
            raise click.UsageError(
                f"-o {output}: its name is none of .{', .'.join(BY_NAME)}: say --format ({', '.join(FORMATS)})"
            )
    style = style or "text"
    joined = bool(options["raw"] or options["cleaned"])
    if options["count"] and style not in ("text", "json", "csv", "tsv"):
        raise click.UsageError("counts are written as text, json, csv or tsv")
    if style in ("diff", "dolma") and not joined:
        raise click.UsageError(f"--format {style} needs the texts: --raw INPUT, or --cleaned INPUT")
    if style in ("log", "parquet") and joined:
        raise click.UsageError("a log has no contexts: write them as csv, tsv, json, text or diff")
    if style == "parquet" and (output is None or is_stream(str(output))):
        raise click.UsageError("Parquet cannot be written to a stream: say -o FILE.parquet")
    chosen = options["where"] or options["kind"] or options["limit"] is not None or options["sample"]
    if style == "dolma" and chosen:
        raise click.UsageError("Dolma's attributes are written whole: choose first, into a log")
    return style


def _join(path: Path, options: dict[str, Any]) -> Join | None:
    """Make the reader of the texts, where they are wanted."""
    from ..dumps.formats.encoding import UTF_8
    from ..dumps.log.contexts import Join
    from .replay import logged_fields

    sources = options["raw"] or options["cleaned"]
    if not sources:
        return None
    if options["cleaned"]:
        options = {**options, "encoding": UTF_8}  # as it was written
    return Join(path, option.inputs_alone(sources, options), logged_fields(path), bool(options["cleaned"]))


def _counted(stream: Iterable[Logged], bar: Bar) -> Iterator[Logged]:
    """The entries, their edits counted in the bar."""
    for logged in stream:
        bar.edits += len(logged.entry.edits)
        yield logged


def _chosen(stream: Iterable[Logged], options: dict[str, Any]) -> Iterator[Logged]:
    """Select from a stream of entries as the options say."""
    from ..dumps.log import choose, where
    from ..rules.lookup import known_names

    condition = None
    if options["where"] is not None:
        known = {"rule": known_names(), "kind": choose.KINDS}
        condition = where.parse(options["where"], known, (*where.NAMES, *where.OF_LOGS))
    kinds = (options["kind"],) if options["kind"] else choose.KINDS
    found = choose.filtered(stream, condition, kinds)
    if options["sample"] is not None:
        return choose.drawn(found, options["sample"], options["seed"])
    return found if options["limit"] is None else choose.first(found, options["limit"])


def _rendered(
    path: Path, stream: Iterator[Logged], style: str, join: Join | None, options: dict[str, Any]
) -> Iterator[bytes]:
    """The chosen edits in a format."""
    from ..dumps.log import choose
    from ..dumps.log.other_formats import attributes
    from ..dumps.report import edit_table
    from . import running

    if style in ("log", "parquet"):
        note = {name: options[name] for name in ("where", "kind", "limit", "sample", "seed") if options[name] is not None}
        return (line + b"\n" for line in choose.lines(path, stream, note))
    if style == "json":
        return edit_table.json_lines(stream)
    if style in ("csv", "tsv"):
        return edit_table.separated(stream, "," if style == "csv" else "\t", join is not None)
    if style == "dolma":
        assert join
        return (attributes(record, [one.entry for one in found]) for record, found in join.records(options["match"]))
    return _shown(stream, running.renderer(style))


def _shown(stream: Iterable[Logged], render: Renderer) -> Iterator[bytes]:
    """The chosen edits, as people read them."""
    from ..dumps.report.diff import FieldPlace

    for _, file, entry, text in stream:
        place = FieldPlace(file, entry.n, entry.id, entry.field)
        yield render(place, text or "", entry.edits, entry.findings).encode("utf-8", "backslashreplace")


def _counts(stream: Iterable[Logged], key: str, style: str) -> Iterator[bytes]:
    """The counts of the chosen edits by a key, most first."""
    import json

    from ..dumps.log import choose
    from ..dumps.visible import visible

    found = sorted(choose.counts(stream, key).items(), key=lambda item: (-item[1], item[0]))
    if style == "json":
        yield (json.dumps(dict(found)) + "\n").encode()
    elif style in ("csv", "tsv"):
        from ..dumps.report.edit_table import line

        separator = "," if style == "csv" else "\t"
        yield line((key, "count"), separator)
        for name, count in found:
            yield line((name, count), separator)
    else:
        for name, count in found:
            yield f"{count:10,}  {visible(name)}\n".encode("utf-8", "backslashreplace")


def _write(chunks: Iterable[bytes], output: Path | None, style: str) -> None:
    """Write what was rendered; a file appears only when it is whole."""
    from ..dumps.formats import kind_of
    from ..dumps.formats.compression import compressor
    from ..dumps.log.file import to_parquet
    from ..dumps.sink import FileSink, Sink, StreamSink, is_stream

    if output is None:
        for chunk in map(partial(_harmless, style), chunks) if sys.stdout.isatty() else chunks:
            sys.stdout.buffer.write(chunk)
        return
    pack = compressor("" if style == "parquet" else kind_of(str(output)).compression)
    if is_stream(str(output)):
        sink: Sink = StreamSink(str(output))
    else:
        sink = FileSink(output, finish=to_parquet if style == "parquet" else None)
    try:
        for chunk in _grouped(chunks):
            sink.write(pack(chunk))
        sink.commit()
    except BaseException:
        sink.discard()
        raise


def _harmless(style: str, chunk: bytes) -> bytes:
    """A part of a table or of JSON lines as a terminal may be given it; the other formats escape what is in them."""
    from ..dumps.visible import visible, visible_json

    if style in ("csv", "tsv"):
        return visible(chunk.decode(), keep="\t\r\n").encode()
    return visible_json(chunk.decode()).encode() if style in ("json", "log", "dolma") else chunk


def _grouped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Chunks put together to some that are worth a compressed frame."""
    held, size = list[bytes](), 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= BATCH_BYTES:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)

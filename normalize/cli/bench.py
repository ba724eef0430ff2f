"""normalize bench: how fast it goes here, on your own dump."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from . import options as option
from .config import Configured

if TYPE_CHECKING:
    from ..bench.peers import Speed
    from ..bench.timing import Costs, Vocabulary
    from ..dumps.inputs import Input
    from ..dumps.reader import Selection
    from ..dumps.record import Fields
    from ..normalizer import Normalizer

PEER_BYTES = 20_000_000  # of the dump's texts that the peers get at most, a choice


@click.command("bench", cls=Configured)
@option.reading
@option.fields
@option.rules
@click.option("--peers/--no-peers", default=True, help="Also time other installed tools on the same text.")
@click.option(
    "--turns",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    metavar="N",
    help="Number of turns; the median is shown.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(**options: Any) -> None:
    """Measure how fast INPUTs are cleaned here, and where the time goes. Writes nothing.

    All is done in one process, and times are CPU time (user and system), so that other work of the machine hardly counts.
    Other tools that check spelling or repair text, where they are installed, go over the same text, and so do the floors
    under all of them: decoding it, and looking each word up in a set. Slow ones get a sample.
    """
    from ..bench.timing import costs, texts, vocabulary
    from . import running
    from .progress import Progress

    with running.report_failures():
        paths = option.chosen_paths(options)
        if not paths or "-" in paths:
            raise click.UsageError("the dump is read more than once: give a file, not standard input")
        inputs = option.inputs_alone(paths, options)
        fields = option.chosen_fields(options)
        selection = running.selection(options, inputs, fields)
        normalizer = option.normalizer(options)
        running.check_first(inputs, fields)
        with Progress(inputs, quiet=False, doing="timing") as progress:
            spent, warm = costs(inputs, fields, normalizer, selection, progress.watch)
        if not spent.texts:
            raise click.ClickException("there is no text in it")
        words = vocabulary(texts(inputs, fields, selection), warm)
        speeds = _race(inputs, fields, normalizer, selection, options["turns"]) if options["peers"] else {}
    if options["as_json"]:
        click.echo(json.dumps(report(spent, words, speeds, normalizer.lexicon.version), indent=1))
    else:
        click.echo("\n".join([*_overall(spent, words), *_by_part(spent), *_side_by_side(speeds)]))


def _race(
    inputs: Sequence[Input], fields: Fields, normalizer: Normalizer, selection: Selection, turns: int
) -> dict[str, Speed]:
    """This Normalizer and the peers, on the same texts."""
    from rich.console import Console

    from ..bench import peers
    from ..bench.timing import texts
    from ..normalizer import Normalizer

    def ours(sample: peers.Sample) -> None:
        fresh = Normalizer(**normalizer.__getstate__())  # type: ignore[arg-type]
        for text in sample.texts:
            fresh.explain(text)

    found = _first(texts(inputs, fields, selection), PEER_BYTES)
    with peers.samples(found) as sizes, Console(stderr=True).status("") as status:  # shown on a terminal only
        entries: dict[str, tuple[peers.Run, peers.Sample]] = {"normalize": (ours, sizes[-1])}
        for peer in peers.installed():
            status.update(f"trying {peer.name}")
            run = peer.load(normalizer.lexicon)
            entries[f"{peer.name} {peer.version}".strip()] = run, peers.fitting(run, sizes)
        return peers.race(entries, turns, status.update)


def _first(found: Iterable[str], limit: int) -> list[str]:
    """The first texts, up to about so many bytes."""
    kept: list[str] = []
    room = limit
    for text in found:
        kept.append(text)
        room -= len(text)
        if room <= 0:
            break
    return kept


def report(spent: Costs, words: Vocabulary, speeds: dict[str, Speed], dictionaries: str) -> dict[str, object]:
    """The figures, for programs: seconds of CPU time, bytes, MB (a million bytes) a second."""
    from .. import __version__, kernel

    return {
        "version": __version__,
        "dictionaries": dictionaries,
        "compiled": bool(kernel.compiled),
        "texts": spent.texts,
        "bytes": spent.bytes,
        "edits": spent.edits,
        "cpu": round(spent.cpu, 3),
        "wall": round(spent.wall, 3),
        "peak_memory": spent.peak,
        "words": words._asdict(),
        "parts": {part: round(seconds, 4) for part, seconds in spent.parts.items()},
        "calls": spent.calls,
        "peers": {name: {"bytes": speed.bytes, "seconds": speed.seconds} for name, speed in speeds.items()},
    }


def _overall(spent: Costs, words: Vocabulary) -> list[str]:
    from .. import kernel

    size = spent.bytes / 1e6
    decided = 1 - words.undecided / max(words.distinct, 1)
    return [
        f"{size:.1f} MB of text in {spent.texts:,} documents, {spent.edits:,} edits, "
        f"{'compiled' if kernel.compiled else 'pure Python'}",
        f"{size / spent.cpu:.1f} MB and {spent.texts / spent.cpu:,.0f} documents a second of CPU time "
        f"({spent.cpu:.2f} s; {spent.wall:.2f} s by the wall clock)",
        f"{words.distinct:,} distinct words, {words.unknown:,} of them unknown; "
        f"{decided:.1%} decided once for all, {words.undecided:,} where they stand",
        f"{spent.peak / 1e6:.0f} MB of memory at the most",
    ]


def _by_part(spent: Costs) -> list[str]:
    size = spent.bytes / 1e6
    width = max(map(len, spent.parts))
    lines = ["", f"{'part':{width}} {'ms/MB':>8} {'share':>6} {'calls':>10}"]
    for part, seconds in spent.parts.items():
        calls = f"{spent.calls[part]:,}" if part in spent.calls else ""
        lines.append(f"{part:{width}} {1e3 * seconds / size:8.2f} {seconds / spent.cpu:6.1%} {calls:>10}".rstrip())
    return [*lines, "(Work that several rules share, as in dates and spelling, counts for the first of them.)"]


def _side_by_side(speeds: dict[str, Speed]) -> list[str]:
    if not speeds:
        return []
    width = max(map(len, speeds))
    lines = ["", f"{'on the same text':{width}} {'MB/s':>9} {'ratio':>8} {'of MB':>7}"]
    ours = speeds["normalize"].rate
    for name, speed in sorted(speeds.items(), key=lambda item: -item[1].rate):
        lines.append(f"{name:{width}} {speed.rate:9.4g} {speed.rate / ours:8.4g} {speed.bytes / 1e6:7.2f}")
    return [*lines, "(The engine, all dictionaries read, nothing decided before; programs with their start.)"]

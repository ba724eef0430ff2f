"""normalize noise: clean texts in, texts with measured noise out, and what was there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from . import options as option
from .config import Configured
from .path_types import FILE


@click.command("noise", cls=Configured)
@option.source
@option.together(
    "Fields of a record",
    option.texts("put noise into"),
    click.option("--date-field", metavar="NAME", help="Field with the article's own date: it is copied into the gold rows."),
    click.option(
        "--id-field", metavar="NAME", default="id", show_default=True, help="Field with the id, for the gold rows."
    ),
)
@option.together(
    "Noise",
    click.option("--gold", type=FILE, required=True, metavar="FILE", help="Write the gold rows here, one a text."),
    click.option("--kind", multiple=True, metavar="KIND", help="Only noise of this kind; may be given several times."),
    click.option(
        "--times",
        type=click.FloatRange(0, 1000),
        default=1.0,
        show_default=True,
        metavar="X",
        help="Put in X times as much noise of each kind as was counted.",
    ),
    click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="Seed of the random choices."),
    click.option(
        "--learned",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Take rates and slips from a dump: what `normalize learn` wrote here.",
    ),
)
@option.converting
@option.rejecting
@option.running
def command(kind: Sequence[str], times: float, seed: int, learned: Path | None, gold: Path, **options: Any) -> int:
    """Put noise into the clean texts of INPUTs, to measure a cleaner by what it takes out again.

    Kinds are hole, encoding, boilerplate, date, calendar, transliterated, masthead, paragraph, sentence, border, comma,
    stop, enclosed, start, preposition, torn, glued, repeated, reduplication and slip, as often as they were counted in news.

    A row of the gold file has the noisy `text`, the `gold` that a perfect cleaner makes of it, and every piece of `noise`:
    start and end in `text`, what stands there, what stood there, kind. What is lost for good (a hole) or may be meant (a
    line of boilerplate) stays in `gold`. The same seed gives the same bytes.
    """
    from .. import __version__
    from ..dumps.formats import kind_of
    from ..dumps.noise import Noise
    from ..dumps.plan import Plan
    from ..dumps.record import Fields
    from ..dumps.worker import Task
    from . import running

    with running.report_failures(options["output"], quiet=options["quiet"], verbose=options["verbose"]):
        if str(gold) == "-":
            raise click.UsageError("--gold needs the name of a file")
        inputs = option.chosen_inputs(options)
        fields = Fields(option.texts_of(options), options["date_field"], options["id_field"])
        running.check_first(inputs, fields)
        generator = _generator(kind, times, seed, learned)
        rejects = options["rejects"]
        running.check_stream(options, {"the rejects": rejects})
        running.check_apart(inputs, gold, rejects)
        reject, stop = running.rejects(options, any(source.format != source.output_format for source in inputs))
        task = Task(
            Noise(generator, fields),
            fields,
            inputs,
            reject=reject,
            leaves_out=reject,
            level=running.level(options, inputs),
            log_compression=kind_of(str(gold)).compression,
            log_format="gold",
            rejects_compression=kind_of(str(rejects)).compression if rejects else None,
        )
        plan = Plan(
            inputs,
            fields._replace(date=None),  # which is copied, not read
            task,
            options={},
            version=__version__,
            dictionaries="",
            edits=gold,
            log_format="gold",
            rejects=rejects,
            jobs=running.jobs(options),
            stop_on_error=stop,
        )
        return running.exit_code(running.execute(plan, options, "noising"))


def _generator(only: Sequence[str], times: float, seed: int, learned: Path | None) -> Any:
    """The generator as the options want it. Raises UsageError for a kind that does not exist, and a folder without rates."""
    from ..lexicon.learned import LearnedError
    from ..noise.generator import Generator
    from ..noise.kinds import NAMES
    from ..suggest import did_you_mean

    for name in only:
        if name not in NAMES:
            hint = did_you_mean(name, NAMES) or f": there are {', '.join(NAMES)}"
            raise click.UsageError(f"there is no kind of noise {name!r}{hint}")
    try:
        return Generator.load(learned, times, seed, only)
    except LearnedError as error:
        raise click.UsageError(str(error)) from None

"""Options that several commands share, and what they mean for a run."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .path_types import FILE, LOG, OUTPUT, READABLE

if TYPE_CHECKING:
    from ..dumps.inputs import Input
    from ..dumps.record import Fields
    from ..dumps.review.verdict import Verdict
    from ..normalizer import Normalizer

Function = TypeVar("Function", bound=Callable[..., Any])


FORMATS = ["txt", "jsonl", "json", "csv", "tsv", "parquet", "xlsx"]


def share(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Read a share of all: a fraction or a decimal, 1/10000 or 0.0001. Raises BadParameter."""
    above, slash, below = (value or "").partition("/")
    try:
        found = None if value is None else float(above) / float(below if slash else 1)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise click.BadParameter(f"{value!r} is neither a fraction nor a decimal: 1/10000, 0.0001") from None
    if found is not None and not 0 <= found <= 1:
        raise click.BadParameter(f"{value!r} is not between 0 and 1")
    return found


def moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime.datetime | None:
    """Read a date, or a date and a time of day; a date alone is its noon. Raises BadParameter."""
    from ..dates.article_date import read

    if value is None:
        return None
    try:
        if len(value) > len("2025-08-12"):
            return datetime.datetime.fromisoformat(value)
    except ValueError:
        pass
    if (day := read(value)) is None:
        raise click.BadParameter(f"{value!r} is no date: 2025-08-12, 2025-08-12T15:30")
    return datetime.datetime.combine(day, datetime.time(12))


def together(section: str, *options: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Join options into one decorator, which puts them in this order under a heading of the help."""

    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
            function.__click_params__[-1].section = section  # type: ignore[attr-defined]
        return function

    return decorate


def rule_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """List the rules and families that begin with `incomplete`, for a shell to complete."""
    from ..rules.lookup import known_names

    return [name for name in known_names() if name.startswith(incomplete)]


def tags(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """List the tags that begin with `incomplete`, and the rules that have one, for a shell to complete."""
    from ..rules import RULES

    names = dict.fromkeys([*(rule.tag for rule in RULES if rule.tag), *(rule.name for rule in RULES if rule.tag)])
    return [name for name in names if name.startswith(incomplete)]


places = together(
    "Input",
    click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(allow_dash=True)),
    click.option("--files-from", type=click.File("rb"), metavar="FILE", help='More inputs, one a line ("-": from stdin).'),
    click.option("--input-format", type=click.Choice(FORMATS), help="Format of the inputs; by default from their names."),
    click.option("--lines", is_flag=True, help="Each line of a .txt file is a document (default: the file is one)."),
    click.option("--no-header", is_flag=True, help="Tables have no header: their columns are called 1, 2, 3."),
)

encoding = together(
    "Input",
    click.option(
        "--encoding",
        default="auto",
        show_default=True,
        metavar="NAME",
        help="Encoding of inputs: cp1252, ...; auto: UTF-8, unless the bytes speak for cp1252 or UTF-16. Output is UTF-8.",
    ),
)


def source(function: Function) -> Function:
    """Add the options that say which files to read, and how."""
    return places(encoding(function))


# The options on how inputs are read: keys of a configuration -> names of parameters.
SOURCE_KEYS = {"input-format": "input_format", "lines": "lines", "no-header": "no_header", "encoding": "encoding"}

selecting = together(
    "Input",
    click.option("--limit", type=click.IntRange(0), metavar="N", help="Only the first N records."),
    click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N records drawn at random."),
    click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="For --sample."),
)


def reading(function: Function) -> Function:
    """Add the options of a command that reads dumps."""
    return source(selecting(function))


def reading_cleaned(function: Function) -> Function:
    """Add the options of a command that reads cleaned dumps: as `reading`, without --encoding, for they are UTF-8."""
    return places(selecting(function))


def texts(purpose: str) -> Callable[[Function], Function]:
    """Make the option --field; `purpose` says in its help what is done to the texts."""
    help = f"What to {purpose}: text, title,text, article.text, paragraphs[]; may be given several times."
    return together(
        "Fields of a record",
        click.option("--field", "fields", multiple=True, default=("text",), show_default=True, metavar="NAME", help=help),
    )


fields = together(
    "Fields of a record",
    texts("clean"),
    click.option("--date-field", metavar="NAME", help="Field with the article's own date, which settles broken dates."),
    click.option("--id-field", metavar="NAME", default="id", show_default=True, help="Field with the id, for the edit log."),
    click.option(
        "--outlet-field", metavar="NAME", default="outlet", show_default=True, help="Field with the outlet, for the report."
    ),
)

edit_log = together(
    "Edits",
    click.option(
        "--edits", type=LOG, required=True, metavar="LOG", help='The edit log that `normalize clean` wrote; "-": from stdin.'
    ),
)
matching = together(
    "Edits",
    click.option(
        "--match",
        type=click.Choice(["auto", "id", "place"]),
        default="auto",
        show_default=True,
        help="How to find the log's records in INPUTs; auto: by place, or by id where they moved.",
    ),
)

article_dates = together(
    "Dates",
    click.option(
        "--date-order",
        type=click.Choice(["dmy", "mdy", "ymd"]),
        help="Order of day, month and year in figures; by default the first records of a file decide.",
    ),
    click.option("--crawled", callback=moment, metavar="DATE", help='When it was fetched: then "9 jam lalu" is a date too.'),
)

converting = together(
    "Output",
    click.option(
        "-o",
        "--output",
        default="-",
        type=OUTPUT,
        metavar="FILE|DIR",
        help="Where to write: a file, or a directory that mirrors the inputs (default: standard output).",
    ),
    click.option(
        "--output-format",
        metavar="FORMAT",
        help="Another format for the files in a directory of outputs: parquet, jsonl.zst, ...",
    ),
    click.option(
        "--compression-level",
        type=int,
        metavar="N",
        help="Level of compression of outputs (default: that of gzip, bzip2, xz, zstd).",
    ),
)

rejecting = together(
    "Output",
    click.option("--rejects", type=FILE, metavar="FILE", help="Bad records go here instead of into the output."),
    click.option(
        "--on-error",
        type=click.Choice(["keep", "reject", "stop"]),
        help="Bad records: pass through unchanged (the default), leave out (the default with --rejects), end the run.",
    ),
)

writing = together(
    "Output",
    converting,
    click.option("--in-place", is_flag=True, help="Replace every input by its output."),
    click.option("--backup", metavar="SUFFIX", help="With --in-place, keep the input under its name with this suffix."),
    rejecting,
    click.option("--resume", is_flag=True, help="Continue a run that was killed, or begin one."),
)

rules = together(
    "Repairs",
    click.option(
        "--skip",
        multiple=True,
        metavar="RULE",
        shell_complete=rule_names,
        help="Do not run this rule, family of rules, or pattern: date.*",
    ),
    click.option(
        "--drop",
        multiple=True,
        metavar="TAG",
        shell_complete=tags,
        help="Take out spans with this tag (boilerplate, credit, link, script, holes), or of this rule.",
    ),
    click.option("--keep-word", multiple=True, metavar="WORD", help="Never change this word or phrase, in any casing."),
    click.option("--keep-words", type=READABLE, metavar="FILE", help="Never change these: a word or phrase a line."),
    click.option("--rewrites", type=READABLE, metavar="FILE", help="Your own: rows of found, meant, why; tabs between."),
    click.option(
        "--learned",
        type=click.Path(exists=True, file_okay=False),
        metavar="DIR",
        help="Use what `normalize learn` wrote here.",
    ),
    click.option("--fill-holes", is_flag=True, help="Fill holes from copies that `learn --copies` found."),
    click.option("--standard", is_flag=True, help="Also rewrite what is merely not standard: resiko, ijin, antri."),
    click.option("--any-language", is_flag=True, help="Mend spelling in other languages and chat, too."),
    click.option(
        "--min-confidence", type=click.FloatRange(0, 1), default=0.85, show_default=True, help="Leave out edits below it."
    ),
    click.option(
        "--max-wrong",
        metavar="SHARE",
        callback=share,
        help="Raise --min-confidence until at most this share of all words gets a wrong edit: 1/10000.",
    ),
)

running = together(
    "Run",
    click.option("-j", "--jobs", type=click.IntRange(0), default=1, metavar="N", help="Processes; 0 is one a core."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="Say more: the counts by rule."),
)


answers = click.option(
    "--answers", type=FILE, default="review.jsonl", show_default=True, metavar="FILE", help="File that keeps the answers."
)
who = click.option("--who", metavar="NAME", help="Who answers (default: your login name).")
target = click.option(
    "--target", type=click.FloatRange(0, 1), default=0.95, show_default=True, help="Share of a rule's edits to be right."
)
reviewed = together(
    "Repairs",
    click.option("--review", type=LOG, metavar="FILE", help="Go by the answers that `normalize review` and `audit` keep."),
)


def verdict(options: dict[str, Any]) -> Verdict | None:
    """Read what the answers in --review ask for; None without the option. Raises DumpError for a file with no answers."""
    if options.get("review") is None:  # not every command has the option
        return None
    from ..dumps.review.answers import read
    from ..dumps.review.verdict import verdict

    return verdict(read(options["review"]))


def normalizer(options: dict[str, Any]) -> Normalizer:
    """Make the Normalizer that the options describe. Raises UsageError where they make no sense."""
    from ..lexicon.own import read_keep_words, read_rewrites
    from ..normalizer import Normalizer

    try:
        kept = [*options["keep_word"], *(read_keep_words(Path(options["keep_words"])) if options["keep_words"] else ())]
        rewrites = read_rewrites(Path(options["rewrites"])) if options["rewrites"] else {}
        if asked := verdict(options):
            kept += asked.keep_words
            rewrites = {**asked.rewrites, **rewrites}
        engine = Normalizer(
            skip=options["skip"],
            drop=options["drop"],
            min_confidence=options["min_confidence"],
            max_wrong=options["max_wrong"],
            standard=options["standard"],
            fill_holes=options["fill_holes"],
            learned=options["learned"],
            keep_words=kept,
            rewrites=rewrites,
            languages="all" if options["any_language"] else "indonesian",
        )
        if engine.learned:
            _ = engine.lexicon  # a fault of the folder is reported now
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return engine


def texts_of(options: dict[str, Any]) -> tuple[str, ...]:
    """The names given by --field. Raises UsageError where there are none."""
    names = _named(options["fields"])
    if not names:
        raise click.UsageError("--field names no field")
    return names


def chosen_fields(options: dict[str, Any]) -> Fields:
    from ..dumps.record import Fields

    return Fields(texts_of(options), options["date_field"], options["id_field"], options["outlet_field"])


def chosen_paths(options: dict[str, Any]) -> Sequence[str]:
    """The paths given as arguments and by --files-from. Raises UsageError where the latter lists none."""
    paths: Sequence[str] = options["inputs"]
    if options["files_from"]:
        listed = [os.fsdecode(line.rstrip(b"\r\n")) for line in options["files_from"]]
        if any("\0" in path for path in listed):
            raise click.UsageError("--files-from lists names with zero bytes, which no file has")
        paths = [*paths, *filter(None, listed)]
        if not paths:
            raise click.UsageError("--files-from lists no file")
    return paths


def inputs_alone(paths: Sequence[str], options: dict[str, Any]) -> list[Input]:
    """The inputs of a command that writes none of their records: each is read for itself. Raises DumpError."""
    from ..dumps.inputs import plan

    nowhere = os.path.join("nothing is written here", "")
    kind = {name: options[name] for name in SOURCE_KEYS.values()}
    found = [one for path in paths for one in plan([path], nowhere, **kind, fields=_named(options.get("fields", ())))]
    return [one._replace(output=str(number)) for number, one in enumerate(found)]


def _named(fields: Sequence[str]) -> tuple[str, ...]:
    """The names of fields, which may be given with commas between."""
    names = [name for given in fields for name in (filter(None, given.split(",")) if "," in given else [given])]
    return tuple(dict.fromkeys(names))


def chosen_inputs(options: dict[str, Any], fields: Sequence[str] = ()) -> list[Input]:
    """The inputs with their outputs. Raises DumpError or UsageError.

    fields: those of the texts, where no option says them.
    """
    from ..dumps.inputs import plan
    from ..dumps.sink import UNFINISHED

    paths = chosen_paths(options)
    if not options.get("output", "-"):
        raise click.UsageError("-o names no file")
    if options.get("in_place") and options["output"] != "-":
        raise click.UsageError("--in-place and -o exclude each other")
    if options.get("backup") and not options["in_place"]:
        raise click.UsageError("--backup needs --in-place")
    if (suffix := options.get("backup")) and (suffix in (*UNFINISHED, ".ledger") or os.path.basename(suffix) != suffix):
        raise click.UsageError(f"--backup {suffix}: is no suffix that a backup's name can have")
    if options.get("in_place") and not paths:
        raise click.UsageError("--in-place needs an input")
    return plan(
        paths,
        options.get("output", "-"),
        **{name: options[name] for name in SOURCE_KEYS.values()},
        output_format=options.get("output_format"),
        in_place=options.get("in_place", False),
        fields=_named(options.get("fields", fields)),
    )

"""normalize audit: how many edits of each rule are right, as somebody judges a sample of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from . import options as option
from .options import share
from .path_types import LOG

if TYPE_CHECKING:
    from ..dumps.places import Context, Place
    from ..dumps.review.answers import Answer
    from ..dumps.review.sample import Drawn

GIVEN = {"r": "right", "w": "wrong", "k": "keep"}


class Judge(NamedTuple):
    """Who judges, and what made the edits."""

    who: str
    normalize: str
    dictionaries: str


@click.command("audit")
@click.argument("log", type=LOG, metavar="LOG")
@click.option(
    "--sample", "size", type=click.IntRange(1), default=200, show_default=True, metavar="N", help="Edits to judge."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="Seed of the sample.")
@option.answers
@option.target
@click.option(
    "--max-wrong", metavar="SHARE", callback=share, help="Also tell the confidence for so many wrong words: 1/10000."
)
@option.who
@click.option("--no-ask", is_flag=True, help="Ask nothing: count the answers that there are.")
def command(log: Path, answers: Path, target: float, max_wrong: float | None, **chosen: Any) -> int:
    """Draw edits of LOG by rule, ask in the terminal whether each is right, and print what share of each rule's is.

    The shares have Wilson's interval of 95 %. Each answer is kept as it is given: the same command goes on there.
    `clean --review review.jsonl` then asks of each rule's edits the confidence from which on the lower end of its interval
    reaches --target; `card --audit review.jsonl` shows the shares.
    """
    from ..dumps.log.file import read_header, sections
    from ..dumps.places import contexts, word_count
    from ..dumps.review.answers import append, last_by_place, read
    from ..dumps.review.sample import draw
    from . import running
    from .review import user

    with running.report_failures(answers):
        header: Any = read_header(log)
        options = header["options"] if isinstance(header["options"], dict) else {}
        drawn, made = draw(log, chosen["size"], chosen["seed"])
        known = last_by_place(read(answers)) if answers.exists() else {}
        asked = [one for one in drawn if one.place[:4] not in known]
        if asked and not chosen["no_ask"]:
            around = contexts([one.place for one in asked], options)
            judge = user() if chosen["who"] is None else chosen["who"]
            by = Judge(judge, str(header["normalize"]), str(header.get("dictionaries", "")))
            for number, one in enumerate(asked, len(drawn) - len(asked) + 1):
                answer = _ask(one, f"{number}/{len(drawn)}", around, by)
                if answer is None:
                    break
                append(answers, [answer])
                known[answer.place] = answer
        judged = [known[one.place[:4]] for one in drawn if one.place[:4] in known]
        for line in _table(judged, made, target):
            click.echo(line)
        if max_wrong is not None:
            words = word_count({section.input for section in sections(log)}, options)
            click.echo(_told_for(max_wrong, words, judged, made))
    return 0


def _ask(one: Drawn, number: str, around: Mapping[Place, Context], by: Judge) -> Answer | None:
    """Ask about an edit; None where the judge stops."""
    from ..dumps.places import NO_CONTEXT
    from ..dumps.review.answers import Answer, now
    from ..dumps.visible import shown, visible

    edit, context = one.edit, around.get(one.place, NO_CONTEXT)
    place = f"{visible(one.place.input)}:{one.place.n}" + (f", {visible(context.outlet)}" if context.outlet else "")
    before, after = click.style(shown(edit.before), fg="red"), click.style(shown(edit.after), fg="green", bold=True)
    click.echo(f"\n{number}  {visible(edit.rule)} {edit.confidence:.4g}  {place}", err=True)
    click.echo(f"  …{shown(context.left)}[{before} -> {after}]{shown(context.right)}…", err=True)
    while True:
        click.echo("  (r)ight, (w)rong, (k)eep the word, (q)uit? ", err=True, nl=False)
        key = _key()
        click.echo(GIVEN.get(key, ""), err=True)
        if key in ("q", ""):
            return None
        if key in GIVEN:
            return Answer(
                kind="audit",
                answer=GIVEN[key],
                rule=edit.rule,
                before=edit.before,
                after=edit.after,
                confidence=edit.confidence,
                when=now(),
                input=one.place.input,
                n=one.place.n,
                field=one.place.field,
                start=one.place.start,
                **by._asdict(),
            )


def _told_for(max_wrong: float, words: int, judged: Sequence[Answer], made: Counter[str]) -> str:
    """Say which confidence keeps the share of words with a wrong edit that low."""
    from ..dumps.review.precision import confidence_allowing

    if not words or not judged:
        return "for --max-wrong, the inputs have to be where they were, and edits have to be judged"
    least = confidence_allowing(max_wrong * words, judged, made)
    asked = "no edit at all" if least > 1 else f"--min-confidence {least:.4g}"
    return f"for at most {max_wrong:g} of the {words:,} words wrong: {asked}"


def _key() -> str:
    """A key, or the first letter of a line where standard input is no terminal; "" at its end."""
    if sys.stdin.isatty():
        key = click.getchar().lower()
        return "" if key in ("\x04", "\x1a") else key
    line = sys.stdin.buffer.readline().decode("ascii", "replace")
    return line.strip().lower()[:1] or (" " if line else "")


def _table(judged: Sequence[Answer], made: Counter[str], target: float) -> list[str]:
    from ..dumps.review.precision import FEWEST, by_rule, least_confidences
    from ..dumps.visible import visible

    found = by_rule(judged)
    edits: Counter[str] = Counter()
    for rules, count in made.items():
        for rule in rules.split("+"):
            edits[rule] += count
    width = max(map(len, found), default=4)
    lines = [f"{'rule':{width}} {'edits':>9} {'judged':>6} {'right':>6}  95 % interval"]
    for rule, one in found.items():
        low, high = one.interval
        shares = f"{one.judged:6} {one.share:6.1%}  {low:.1%} to {high:.1%}"
        lines.append(f"{visible(rule):{width}} {edits[rule]:9,} {shares}")
    least = least_confidences(judged, target)
    for rule, confidence in least.items():
        asked = "none of its edits is sure enough" if confidence > 1 else f"edits from a confidence of {confidence:.4g}"
        lines.append(f"for {target:.0%} right, of {visible(rule)}: {asked}")
    if not least:
        lines.append(f"no rule with at least {FEWEST} judged edits needs another confidence for {target:.0%} right")
    return lines

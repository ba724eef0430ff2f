"""A dataset card, as Hugging Face's hub reads it, of a run's report."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..review.precision import Precision
from ..visible import shown_edit, visible

SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")  # bounds of the hub's size categories
SAMPLES = 20  # edits shown, a choice
LONGEST = 300  # code points of a text in a table, a choice


class Wording(NamedTuple):
    """The parts of a card that the publisher says; no report knows them."""

    name: str
    licence: str = "unknown"
    source: str = ""
    docs: Mapping[str, str] = {}  # what each rule does, in a line


def card(report: Mapping[str, Any], wording: Wording, precision: Mapping[str, Precision]) -> str:
    """Write the card of a report as Markdown with a YAML head. precision: of the rules whose edits were judged."""
    return "".join(f"{line}\n" for line in _lines(report, wording, precision))


def size_category(records: int) -> str:
    """The hub's name for a number of records: "1K<n<10K"."""
    bound = 1000
    for position, name in enumerate(SIZES):
        if records < bound:
            return f"n<{name}" if position == 0 else f"{SIZES[position - 1]}<n<{name}"
        bound *= 10
    return f"n>{SIZES[-1]}"


def _lines(report: Mapping[str, Any], wording: Wording, precision: Mapping[str, Precision]) -> Iterator[str]:
    run, records = report["run"], report["records"]
    yield from (
        "---",
        "language:",
        "- id",
        f"license: {_yaml(wording.licence)}",
        f"pretty_name: {_yaml(wording.name)}",
        "size_categories:",
        f"- {size_category(records['out'])}",
        "task_categories:",
        "- text-generation",
        "tags:",
        "- news",
        "- text-normalization",
        "---",
        "",
        f"# {_text(wording.name)}",
        "",
        f"Indonesian news, {records['out']:,} records, cleaned with [normalize](https://pypi.org/project/normalize-id/) "
        f"{_text(run['normalize'])}.",
        "",
        "## Sources and licence",
        "",
    )
    if wording.source:
        yield from (_text(wording.source), "")
    yield from _files(run["files"], "input")
    yield "Cleaning gives no rights: the texts stay under the terms of those who wrote and published them."
    yield f"The licence named above ({_text(wording.licence)}) is what the publisher of this data set says of it."
    yield from ("", "## What was changed", "")
    yield f"{records['changed']:,} of {records['in']:,} records; {_text(records['equation'])}."
    yield from ("", *_rules(report["edits"], wording.docs, precision))
    if report["findings"]:
        yield from ("", "Found and left as it is:", "", "| rule | times |", "|---|---:|")
        yield from (f"| `{_code(rule)}` | {count:,} |" for rule, count in report["findings"].items())
    yield from ("", *_precision_note(precision))
    yield from _samples([*report["words"], *report["marks"]])
    yield from ("## Made with", "")
    made = (_text(run["normalize"]), _code(run["dictionaries"]), _text(run["python"]))
    yield "- normalize {}, dictionaries `{}`, Python {}".format(*made)
    options = {name: value for name, value in run["options"].items() if value not in (None, False, [], ())}
    options.pop("report", None)
    yield f"- options: `{_code(json.dumps(options, ensure_ascii=False))}`"
    yield ""
    yield from _files(run["files"], "output")
    yield from ("## Undoing", "", *_undoing(run["files"], run["normalize"]))


def _rules(edits: Mapping[str, int], docs: Mapping[str, str], precision: Mapping[str, Precision]) -> Iterator[str]:
    if not edits:
        yield "No edit was made."
        return
    yield from ("| rule | edits | what it does | right |", "|---|---:|---|---|")
    for rule, count in edits.items():
        does = "; ".join(docs[name] for name in rule.split("+") if name in docs)
        judged = precision.get(rule)
        share = "not judged"
        if judged:
            low, high = judged.interval
            share = f"{judged.right} of {judged.judged} ({low:.1%} to {high:.1%})"
        yield f"| `{_code(rule)}` | {count:,} | {_cell(does)} | {share} |"


def _precision_note(precision: Mapping[str, Precision]) -> Iterator[str]:
    if precision:
        yield "Right: edits drawn at random from this run and judged by people, with Wilson's interval of 95 %."
        yield ""


def _samples(corrections: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    shown = sorted(corrections, key=lambda one: -one["count"])[:SAMPLES]
    if not shown:
        return
    yield from ("## Sample edits", "", "The commonest, each as it first came.", "")
    yield from ("| times | before | after | in | rule |", "|---:|---|---|---|---|")
    for one in shown:
        before, after = (_text(shown_edit(one[side], LONGEST)) for side in ("before", "after"))
        place = f"…{_cell(one['left'])}**\\[{before}\\]**{_cell(one['right'])}…"
        yield f"| {one['count']:,} | {before} | {after} | {place} | `{_code(one['rule'])}` |"
    yield ""


def _files(files: Sequence[Mapping[str, Any]], role: str) -> Iterator[str]:
    some = [file for file in files if file["role"] == role]
    if some:
        yield from (f"| {role} | bytes | SHA-256 |", "|---|---:|---|")
        yield from (f"| `{_code(file['path'])}` | {file['bytes']:,} | `{file['sha256']}` |" for file in some)
        yield ""


def _undoing(files: Sequence[Mapping[str, Any]], version: str) -> Iterator[str]:
    log = next((file for file in files if file["role"] == "edits"), None)
    if log is None:
        yield "No edit log was kept, so that the edits cannot be taken back."
        return
    output = next((file["path"] for file in files if file["role"] == "output"), "CLEANED")
    yield f"Every edit is in `{_code(log['path'])}` (SHA-256 `{log['sha256']}`), and can be taken back, byte for byte:"
    yield from ("", "```sh", f"pip install 'normalize-id=={visible(version)}'")
    yield f"normalize undo {_shell(output)} --edits {_shell(log['path'])} -o raw"
    yield "```"


def _yaml(text: str) -> str:
    """A text as a YAML scalar: every JSON string is one."""
    return json.dumps(visible(text), ensure_ascii=False)


def _text(text: object) -> str:
    """A text in a paragraph: no markup, no line end."""
    shown = visible(text)
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|$~&" else c for c in shown)


def _cell(text: object) -> str:
    """A text in a cell of a table, the middle of a long one left out."""
    return _text(visible(text, LONGEST))


def _code(text: object) -> str:
    """A text between backticks, in a cell of a table too."""
    return visible(text, LONGEST).replace("`", "'").replace("|", "\\|")


def _shell(path: str) -> str:
    return shlex.quote(visible(path))

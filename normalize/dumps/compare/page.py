"""Show a comparison as a page: one file, read offline, without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..report.markup import document, escaped, section, shown
from .differences import KINDS

Report = Mapping[str, Any]


def page(report: Report) -> str:
    """The page that shows the report of a comparison."""
    named = " and ".join(escaped(report[side]["name"] or "(no options)") for side in ("a", "b"))
    head = f"<header><h1>Two runs compared</h1><p>{named}</p></header>"
    kinds = [kind for kind in KINDS if report["differences"][kind]]
    return document("Two runs compared", head, _figures(report), *(_kind(report, kind) for kind in kinds), _foot(report))


def _figures(report: Report) -> str:
    figures = [(kind, report["differences"][kind], KINDS[kind]) for kind in KINDS]
    figures.append(("same", report["same"], "edits and findings that are the same in both"))
    tiles = "".join(
        f'<div class="tile"><dt>{name}</dt><dd>{count:,}</dd><dd class="note">{about}</dd></div>'
        for name, count, about in figures
    )
    return f'<dl class="tiles">{tiles}</dl>'


def _kind(report: Report, kind: str) -> str:
    """All differences of a kind: counts by rule, and the commonest of each."""
    parts = []
    examples = [example for example in report["examples"] if example["kind"] == kind]
    for rule, count in report["rules"][kind].items():
        rows = "".join(_row(example) for example in examples if example["rule"] == rule)
        parts.append(
            f"<h3>{escaped(rule)} <span class='note'>{count:,}</span></h3>"
            '<table class="list"><thead><tr><th scope="col" class="number">times</th><th scope="col">A, then B</th>'
            f'<th scope="col">as it first came</th></tr></thead><tbody>{rows}</tbody></table>'
        )
    return section(kind.capitalize(), KINDS[kind], "".join(parts))


def _row(example: Report) -> str:
    middle = "".join(one["before"] for one in example["a"] or example["b"])
    place = f"{example['input']}:{example['n']}"
    return (
        f'<tr><td class="number">{example["count"]:,}</td>'
        f"<td>{_side('A', example['a'])}{_side('B', example['b'])}</td>"
        f'<td class="sample">…{escaped(example["left"])}<del>{shown(middle)}</del>{escaped(example["right"])}…'
        f'<div class="note">{escaped(place)}</div></td></tr>'
    )


def _side(name: str, side: Sequence[Mapping[str, Any]]) -> str:
    if not side:
        return f'<div><span class="note">{name}</span> –</div>'
    edits = ", ".join(
        f"<del>{shown(one['before'])}</del>"
        if one["after"] is None
        else f"<del>{shown(one['before'])}</del> → <ins>{shown(one['after'])}</ins> "
        f'<span class="note">{one["confidence"]:.4g}</span>'
        for one in side
    )
    return f'<div><span class="note">{name}</span> {edits}</div>'


def _foot(report: Report) -> str:
    cells = "".join(
        f"<div><dt>{side.upper()}</dt><dd>{escaped(' '.join(map(str, report[side].values())))}</dd></div>"
        for side in ("a", "b")
    )
    return f"<footer><h2>Made with</h2><dl>{cells}</dl></footer>"

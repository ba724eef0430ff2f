"""Show a comparison as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..visible import shown, visible
from .differences import KINDS


def rendered(report: Mapping[str, Any]) -> str:
    """The report of a comparison as lines of text."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    for name in ("a", "b"):
        one = report[name]
        version = f"normalize {visible(one['normalize'])}, {visible(one['dictionaries'])}"
        yield f"{name.upper()}: {visible(one['name'])} ({version})"
    for kind, about in KINDS.items():
        count = report["differences"][kind]
        if not count:
            continue
        yield f"\n{kind}: {count:,} ({about})"
        for rule, number in report["rules"][kind].items():
            yield f"  {visible(rule)}: {number:,}"
            for example in report["examples"]:
                if example["kind"] == kind and example["rule"] == rule:
                    yield f"    {example['count']:,} x {_sides(example)}"
                    if example["left"] or example["right"]:
                        middle = "".join(one["before"] for one in example["a"] or example["b"])
                        yield f"        …{shown(example['left'])}[{shown(middle)}]{shown(example['right'])}…"
    different = sum(report["differences"].values())
    yield f"\n{different:,} differences in {report['texts']:,} texts; {report['same']:,} edits and findings are the same"


def _sides(example: Mapping[str, Any]) -> str:
    a, b = example["a"], example["b"]
    if example["kind"] == "rescored":
        scores = (f"{visible(one['rule'])} {one['confidence']:.4g}" for one in (a[0], b[0]))
        return f"{_side(a)} ({', then '.join(scores)})"
    return ", then ".join(_side(side) for side in (a, b) if side)


def _side(side: Sequence[Mapping[str, Any]]) -> str:
    return " and ".join(
        f"'{shown(one['before'])}'"
        + ("" if one["after"] is None else f" -> '{shown(one['after'])}' ({one['confidence']:.4g})")
        for one in side
    )

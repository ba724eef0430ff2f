"""The report of a run as a page: one file, read offline, whose content needs no script."""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..tally import by_family
from .markup import document, escaped, section, shown

OUTLETS = 24  # rows of the heat map, a choice
FEW = 20  # records, a choice: a month with fewer says little of its noise
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 220, 44, 14, 24  # of the chart over time, in its own units

Report = Mapping[str, Any]


def page(report: Report) -> str:
    """The page that shows a report."""
    sections = (
        _head(report),
        _figures(report),
        _bars("Noise by rule", "Every repair made, by the rule that made it.", report["edits"]),
        _bars("Left as they are", "What was found and only reported.", report["findings"]),
        _heat(report["outlets"]),
        _time(report["months"], report["records"]["in"]),
        _corrections("Commonest repairs of words and figures", report["words"]),
        _corrections("Commonest repairs of marks and spaces", report["marks"]),
        _boilerplate(report["boilerplate"]),
        _foot(report),
    )
    return document("Noise profile", *sections)


def _head(report: Report) -> str:
    inputs = report["run"]["inputs"]
    named = ", ".join(inputs[:3]) + (f" and {len(inputs) - 3:,} more" if len(inputs) > 3 else "")
    problems = "".join(f'<p class="bad">{escaped(one["input"])}: {escaped(one["reason"])}</p>' for one in report["damaged"])
    return f"<header><h1>Noise profile</h1><p>{escaped(named)}</p>{problems}</header>"


def _figures(report: Report) -> str:
    records, characters = report["records"], report["characters"]
    edits = sum(report["edits"].values())
    share = records["changed"] / records["in"] if records["in"] else 0
    figures = (
        ("Records", f"{records['in']:,}", escaped(records["equation"])),
        ("Repaired", f"{share:.0%}", f"{records['changed']:,} records"),
        ("Repairs", _short(edits), f"{edits:,}"),
        ("Density", f"{_rate(edits, characters):.1f}", "repairs in 10,000 characters"),
        ("Speed", f"{report['run']['megabytes_a_second']:.1f}", f"MB/s, {report['run']['seconds']:,.1f} s"),
    )
    tiles = "".join(
        f'<div class="tile"><dt>{name}</dt><dd>{value}</dd><dd class="note">{note}</dd></div>'
        for name, value, note in figures
    )
    return f'<dl class="tiles">{tiles}</dl>'


def _bars(title: str, about: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    single: Counter[str] = Counter()  # a repair that two rules made together counts for both
    for rule, count in counts.items():
        for name in rule.split("+"):
            single[name] += count
    longest = max(single.values())
    rows = "".join(
        f'<tr><th scope="row">{escaped(rule)}</th>'
        f'<td><div class="bar" style="--share:{100 * count / longest:.2f}%"></div></td>'
        f'<td class="number">{count:,}</td></tr>'
        for rule, count in sorted(single.items(), key=lambda item: (-item[1], item[0]))
    )
    return section(title, about, f'<table class="bars"><tbody>{rows}</tbody></table>')


def _heat(outlets: Mapping[str, Any]) -> str:
    named = {name: group for name, group in outlets.items() if name}
    if not named:
        return ""
    shown = dict(list(named.items())[:OUTLETS])
    rates = {
        name: {family: _rate(count, group["characters"]) for family, count in by_family(group["edits"]).items()}
        for name, group in shown.items()
    }
    total: Counter[str] = Counter()
    for row in rates.values():
        total.update(row)
    kinds = [kind for kind, _ in total.most_common()]
    most = {kind: max(row.get(kind, 0.0) for row in rates.values()) for kind in kinds}
    head = "".join(f'<th scope="col">{escaped(kind)}</th>' for kind in kinds)
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th>'
        + "".join(_cell(name, kind, rates[name].get(kind, 0.0), most[kind]) for kind in kinds)
        + f'<td class="number">{shown[name]["records"]:,}</td></tr>'
        for name in shown
    )
    about = (
        "Repairs in 10,000 characters. The strongest colour in a column is its noisiest outlet. "
        f"The {len(shown)} outlets with most text{f' of {len(named)}' if len(named) > len(shown) else ''}."
    )
    table = (
        f'<div class="scroll" tabindex="0"><table class="heat"><thead><tr><th scope="col">outlet</th>{head}'
        f'<th scope="col" class="number">records</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
    return section("Outlets and kinds of noise", about, table)


def _cell(name: str, kind: str, rate: float, most: float) -> str:
    if not rate:
        return '<td class="cell none">·</td>'
    heat = math.sqrt(rate / most)  # so that the middle of a long-tailed column has shades too
    dark = " dark" if heat > 0.72 else " middle" if heat > 0.6 else ""
    title = html.escape(f"{name}, {kind}: {rate:.2f}", quote=True)
    return f'<td class="cell{dark}" style="--heat:{100 * heat:.0f}%" title="{title}">{_figure(rate)}</td>'


def _time(months: Mapping[str, Any], records: int) -> str:
    solid = {month: group for month, group in months.items() if group["records"] >= FEW}
    if len(solid) < 2:
        return ""
    calendar = _calendar(min(solid), max(solid))
    rates = {month: _rate(sum(group["edits"].values()), group["characters"]) for month, group in solid.items()}
    chart = _line_chart(calendar, rates, {month: group["records"] for month, group in solid.items()})
    total: Counter[str] = Counter()
    for group in solid.values():
        total.update(by_family(group["edits"]))
    small = "".join(
        _small_chart(kind, calendar, {m: _rate(by_family(g["edits"])[kind], g["characters"]) for m, g in solid.items()})
        for kind, _ in total.most_common(8)
    )
    dated = sum(group["records"] for group in months.values())
    about = (
        f"Repairs in 10,000 characters by month of the article, where at least {FEW} records are dated so. "
        f"A date was read for {dated:,} of {records:,} records."
    )
    return section("Noise over time", about, f'{chart}<div class="small">{small}</div>')


def _calendar(first: str, last: str) -> list[str]:
    """All months from the first to the last."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def _line_chart(calendar: Sequence[str], rates: Mapping[str, float], records: Mapping[str, int]) -> str:
    top, most = _nice(max(rates.values())), max(records.values())
    wide, high = WIDTH - LEFT, HEIGHT - BOTTOM  # `high` is where the ground is
    tall = high - TOP
    step = wide / len(calendar)
    x = {month: LEFT + (i + 0.5) * step for i, month in enumerate(calendar)}
    marks = "".join(
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{_n(high - tall * part)}" y2="{_n(high - tall * part)}"/>'
        f'<text class="tick" x="{LEFT - 6}" y="{_n(high - tall * part + 4)}" text-anchor="end">{top * part:g}</text>'
        for part in (0.5, 1.0)
    )
    years = [month for month in calendar if month.endswith("-01")] or [calendar[0]]
    every = max(1, math.ceil(len(years) / 12))
    marks += "".join(
        f'<text class="tick" x="{_n(x[month])}" y="{HEIGHT - 6}" text-anchor="middle">{month[:4]}</text>'
        for month in years[::every]
    )
    bars = "".join(
        f'<rect class="records" x="{_n(x[m] - step * 0.4)}" width="{_n(step * 0.8)}" y="{_n(high - tall * n / most / 3)}" '
        f'height="{_n(tall * n / most / 3)}"><title>{m}: {n:,} records</title></rect>'
        for m, n in records.items()
    )
    line = _path(calendar, x, {month: high - tall * rate / top for month, rate in rates.items()})
    dots = "".join(
        f'<circle class="dot" cx="{_n(x[m])}" cy="{_n(high - tall * rate / top)}" r="3">'
        f"<title>{m}: {rate:.2f} in 10,000 characters, {records[m]:,} records</title></circle>"
        for m, rate in rates.items()
    )
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Repairs in 10,000 characters by month">'
        f'{marks}{bars}<path class="line" d="{line}"/>{dots}</svg>'
        '<p class="key"><span><span class="swatch line"></span> repairs in 10,000 characters</span> '
        '<span><span class="swatch records"></span> number of records</span></p>'
    )


def _small_chart(kind: str, calendar: Sequence[str], rates: Mapping[str, float]) -> str:
    wide, high = 160, 48
    top = max(rates.values()) or 1.0
    x = {month: (i + 0.5) * wide / len(calendar) for i, month in enumerate(calendar)}
    line = _path(calendar, x, {month: 2 + (high - 4) * (1 - rate / top) for month, rate in rates.items()})
    return (
        f'<figure><figcaption>{escaped(kind)} <span class="note">up to {_figure(top)}</span></figcaption>'
        f'<svg viewBox="0 0 {wide} {high}" preserveAspectRatio="none" role="img" '
        f'aria-label="{html.escape(kind, quote=True)} by month"><path class="line" d="{line}"/></svg></figure>'
    )


def _path(calendar: Sequence[str], x: Mapping[str, float], y: Mapping[str, float]) -> str:
    """A line through the months, broken where one is missing; a month alone is a short stroke."""
    out: list[str] = []
    joined = False
    for month in calendar:
        if month not in y:
            joined = False
            continue
        out.append(f"{'L' if joined else 'M'}{_n(x[month])} {_n(y[month])}" + ("" if joined else "h.1"))
        joined = True
    return "".join(out)


def _corrections(title: str, corrections: Sequence[Mapping[str, Any]]) -> str:
    if not corrections:
        return ""
    rows = "".join(
        f'<tr><td class="number">{one["count"]:,}</td>'
        f"<td><del>{shown(one['before'])}</del> → <ins>{shown(one['after'])}</ins>"
        f'<div class="note">{escaped(one["rule"])}</div></td>'
        f'<td class="sample">…{escaped(one["left"])}<del>{shown(one["before"])}</del>'
        f"<ins>{shown(one['after'])}</ins>{escaped(one['right'])}…</td></tr>"
        for one in corrections
    )
    table = (
        '<table class="list"><thead><tr><th scope="col" class="number">times</th><th scope="col">repair</th>'
        f'<th scope="col">as it first came</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    return section(title, "Each with the first place where it was made.", table)


def _boilerplate(lines: Sequence[Mapping[str, Any]]) -> str:
    if not lines:
        return ""
    rows = "".join(f'<tr><td class="number">{one["count"]:,}</td><td>{escaped(one["line"])}</td></tr>' for one in lines)
    table = (
        '<table class="list"><thead><tr><th scope="col" class="number">times</th><th scope="col">line</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    return section("Boilerplate", "Lines that a site puts into its articles.", table)


def _foot(report: Report) -> str:
    run = report["run"]
    rows = [("normalize", run["normalize"]), ("dictionaries", run["dictionaries"]), ("Python", run["python"])]
    rows += [
        (name, value) for name, value in run["options"].items() if name != "report" and value not in (None, False, [], ())
    ]
    cells = "".join(
        f"<div><dt>{escaped(name.replace('_', '-'))}</dt><dd>{escaped(_listed(value))}</dd></div>" for name, value in rows
    )
    return f"<footer><h2>Made with</h2><dl>{cells}</dl></footer>"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _rate(count: int, characters: int) -> float:
    return 10_000 * count / characters if characters else 0.0


def _nice(value: float) -> float:
    """The round number that an axis goes up to."""
    power = 10 ** math.floor(math.log10(value)) if value > 0 else 1
    return next(power * step for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * step >= value)


def _figure(rate: float) -> str:
    if rate < 0.01:
        return "&lt;0.01"
    return f"{rate:.0f}" if rate >= 9.95 else f"{rate:.1f}" if rate >= 0.095 else f"{rate:.2f}"


def _short(number: int) -> str:
    for size, unit in ((1_000_000, "M"), (1000, "k")):
        if number >= size:
            return f"{number / size:.3g}{unit}"
    return str(number)


def _n(value: float) -> str:
    return f"{value:.1f}"

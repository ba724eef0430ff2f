"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import normalize

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_repairs_is_what_the_engine_does() -> None:
    rows = [line.split("|") for line in README.splitlines() if line.startswith("| ") and "`" in line]
    checked = 0
    for _, noise, before, after, _ in rows:
        pairs = list(zip(re.findall(r"`([^`]+)`", before), re.findall(r"`([^`]+)`", after), strict=False))
        if noise.strip() in ("outlet", "date", "byline"):
            for found, meant in pairs:
                text = f"{found}, Jakarta - Warga mengungsi." if noise.strip() == "outlet" else f"Ia tiba {found}."
                assert meant in normalize.clean(text), (found, normalize.clean(text))
                checked += 1
    assert checked >= 6


def test_the_python_example_gives_what_it_says() -> None:
    block, _ = re.findall(r"```python\n(.*?)```", README, re.DOTALL)  # the other: tests/adapters
    space: dict[str, object] = {}
    exec(block, space)
    assert normalize.clean("TRIBUNNEVS.COM - Warga mengtakan hal itu.") == "TRIBUNNEWS.COM - Warga mengatakan hal itu."
    edits = space["edits"]
    assert f"edits[0]: {edits[0]}" in block  # type: ignore[index]


def test_the_sample_article_comes_out_with_its_four_repairs_and_nothing_else() -> None:
    raw = (ROOT / "seeds" / "putin-korea-utara.txt").read_text(encoding="utf-8")
    explanation = normalize.explain(raw)
    expected = raw
    for before, after in (
        ("TRIBUNNEVS.COM", "TRIBUNNEWS.COM"),
        ("Kamis (24/10). /2024).", "Kamis (24/10/2024)."),
        ("(Tribunevs.com/Iunita Rahmaianti)", "(Tribunnews.com/Yunita Rahmayanti)"),
        ("Euro News", "Euronews"),
    ):
        assert raw.count(before) == 1
        expected = expected.replace(before, after)
    assert explanation.text == expected
    last = explanation.findings[-1]
    assert last.note == "boilerplate"
    assert raw[last.start : last.end].startswith("Lebih banyak berita terkait Rusia dan Ukraina")


def test_the_speed_is_about_what_the_report_says() -> None:
    claimed = re.search(r"about ([\d.]+) MB of text a second on one core", README)
    report = (ROOT / "benchmarks" / "reports" / "SCALING.md").read_text(encoding="utf-8")
    measured = re.search(r"^\| `normalize clean -j 1` \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|", report, re.MULTILINE)
    assert claimed
    assert measured
    assert float(claimed[1]) == pytest.approx(float(measured[1]), rel=0.15)


def test_links_lead_somewhere() -> None:
    folders = (".", "benchmarks", "benchmarks/*", "tests/*", "docs")
    pages = [page for folder in folders for page in ROOT.glob(f"{folder}/*.md")]
    found = {page: re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")) for page in pages}
    assert len(pages) > 15
    assert [(page.name, link) for page, links in found.items() for link in links if not (page.parent / link).exists()] == []

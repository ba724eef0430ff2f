"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import normalize
from normalize.cli.pure_notice import NOTICE
from normalize.dumps.formats import FORMATS
from normalize.lexicon import load
from normalize.rules import RULES
from normalize.spelling.candidates import MIN_COUNT_ONE_EDIT, MIN_COUNT_TWO_EDITS, offered

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FRACTIONS = {"fifth": 1 / 5, "tenth": 1 / 10, "twelfth": 1 / 12, "fifteenth": 1 / 15, "twentieth": 1 / 20}
TEXTS = {  # a text around what each row of the table shows
    "outlet": "{}, Jakarta - Warga mengungsi.",
    "date": "Ia tiba {}.",
    "byline": "Ia tiba {}.",
    "typo": "Menurut dia, warga {} kemarin.",
    "glue and spaces": "Ia tiba di {} rumah itu ramai.",
    "holes, lost characters": "Film itu {} warga.",
    "mojibake": "Harganya {} mahal, kata dia.",
}


def rows() -> dict[str, tuple[list[str], list[str]]]:
    """The rows of the table of repairs: the kind of noise, and what is shown before and after."""
    cells = [line.split("|") for line in README.splitlines() if line.startswith("| ") and "`" in line]
    return {row[1].strip(): (re.findall(r"`([^`]+)`", row[2]), re.findall(r"`([^`]+)`", row[3])) for row in cells}


@pytest.mark.parametrize("noise", sorted(TEXTS.keys() - {"holes, lost characters"}))
def test_the_table_of_repairs_is_what_the_engine_does(noise):
    for before, after in zip(*rows()[noise], strict=True):
        assert normalize.clean(TEXTS[noise].format(before)) == TEXTS[noise].format(after), before


def test_what_was_lost_stays_and_is_reported_as_the_table_says():
    for lost in rows()["holes, lost characters"][0]:
        text = TEXTS["holes, lost characters"].format(lost)
        explanation = normalize.explain(text)
        assert (explanation.text, explanation.edits) == (text, ())
        assert {finding.rule for finding in explanation.findings} & {"hole.lost-text", "characters.lost"}


def test_boilerplate_is_reported_and_taken_out_as_the_table_says():
    before, after = rows()["boilerplate"]
    text = "Hujan turun.\n{}\nWarga mengungsi."
    for printed in before:
        one = text.format(printed.replace("...", "Banjir di Bogor"))
        assert normalize.clean(one) == one
        assert [finding.note for finding in normalize.explain(one).findings] == ["boilerplate"]
        dropped = normalize.Normalizer(drop=["boilerplate"]).clean(one)
        assert dropped == "Hujan turun.\nWarga mengungsi."
    names = after[0].removeprefix("--drop "), *after[1:]
    assert set(names) == {rule.tag for rule in RULES if rule.tag} - {"holes"}


def test_the_table_has_no_other_rows():
    assert rows().keys() == TEXTS.keys() | {"boilerplate"}


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


def test_without_a_compiler_it_is_as_slow_as_the_report_says() -> None:
    report = (ROOT / "benchmarks" / "reports" / "PEERS.md").read_text(encoding="utf-8")
    measured = re.search(r"^\| normalize clean -j 1, pure Python \|(?:[^|]*\|){4} ([\d.]+) \|", report, re.MULTILINE)
    assert measured
    for said in (README, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), NOTICE):
        claimed = re.search(r"at an? (\w+) of the speed", said)
        assert claimed
        assert FRACTIONS[claimed[1]] == pytest.approx(float(measured[1]), rel=0.15)


def test_the_words_are_as_many_as_it_says() -> None:
    claimed = re.search(
        r"over ([\d,]+) known words\..*?used three times or more \(([\d,]+) words\).*?"
        r"used thirty times or more \(([\d,]+)\)",
        README,
        re.DOTALL,
    )
    assert claimed
    assert (MIN_COUNT_ONE_EDIT, MIN_COUNT_TWO_EDITS) == (3, 30)
    lexicon = load()
    counted = [len(lexicon.words), *(len(list(offered(lexicon, least))) for least in (3, 30))]
    assert [int(number.replace(",", "")) for number in claimed.groups()] == pytest.approx(counted, rel=0.03)


def test_the_formats_are_those_that_are_read() -> None:
    claimed = re.search(r"`clean` reads ([^`]*?), plain or compressed", README)
    assert claimed
    assert set(re.findall(r"\w+", claimed[1])) - {"and"} == set(FORMATS)

"""Two logs about a dump are held side by side: what was gained, lost and changed, by rule, with contexts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from harness import Command, jsonl

from normalize.dumps.compare.differences import differences

CASES = Path(__file__).parent.parent.parent / "cases"
HEAD = {"normalize": "0.1.0", "dictionaries": "9f", "options": {"fields": ["text"]}}


def log(path: Path, entries: list[dict[str, object]], source: str = "raw.jsonl", **section: object) -> Path:
    path.write_bytes(jsonl(HEAD, {"input": source, "output": "out.jsonl", "first": 0, **section}, *entries))
    return path


def entry(n: int, *edits: tuple[object, ...], **more: object) -> dict[str, object]:
    return {"n": n, "id": n, "field": "text", "size": 40, "edits": edits, **more}


def kinds(a: Path, b: Path) -> list[tuple[int, str]]:
    return [(text.n, one.kind) for text in differences(a, b) for one in text.found]


SLIP = (3, 12, "mengtakan", "mengatakan", "spelling.slip", 0.99)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ([SLIP], [SLIP], ["same"]),
        ([SLIP], [], ["lost"]),
        ([], [SLIP], ["gained"]),
        ([SLIP], [(*SLIP[:5], 0.9)], ["rescored"]),
        ([SLIP], [(*SLIP[:4], "spelling.table", 0.99)], ["rescored"]),
        ([SLIP], [(3, 12, "mengtakan", "mengatakannya", "spelling.slip", 0.99)], ["changed"]),
        ([SLIP], [(9, 14, "kan i", "kan si", "glue.sentence", 0.9)], ["changed"]),
        ([SLIP], [(12, 13, " ", "", "spacing.double", 0.9)], ["lost", "gained"]),
        ([(5, 5, "", " ", "glue.sentence", 0.9)], [(5, 5, "", ", ", "glue.sentence", 0.9)], ["changed"]),
        ([(0, 9, "a b c d e", "x", "r", 0.9)], [(0, 1, "a", "b", "r", 0.9), (4, 5, "c", "d", "r", 0.9)], ["changed"]),
    ],
)
def test_edits_are_paired_by_what_they_touch(
    tmp_path: Path, one: list[tuple[object, ...]], other: list[tuple[object, ...]], kind: list[str]
) -> None:
    a = log(tmp_path / "a", [entry(1, *one)] if one else [])
    b = log(tmp_path / "b", [entry(1, *other)] if other else [])
    assert [found for _, found in kinds(a, b)] == kind


def test_texts_that_one_log_alone_tells_of_are_seen(tmp_path: Path) -> None:
    a = log(tmp_path / "a", [entry(1, SLIP), entry(3, SLIP), {"n": 4, "rejected": "broken"}])
    b = log(tmp_path / "b", [entry(2, SLIP), entry(3, SLIP), entry(9, SLIP)])
    assert kinds(a, b) == [(1, "lost"), (2, "gained"), (3, "same"), (9, "gained")]


def test_findings_are_compared_too(tmp_path: Path) -> None:
    hole = [3, 5, "  ", "hole.lost-text", 0.8, "a link's text"]
    a, b = log(tmp_path / "a", [entry(1, findings=[hole])]), log(tmp_path / "b", [])
    assert kinds(a, b) == [(1, "unreported")]
    assert kinds(b, a) == [(1, "reported")]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"source": "else.jsonl"}, "are about other inputs: raw.jsonl; else.jsonl"),
        ({"only": [1, 2]}, "are about other samples of raw.jsonl"),
        ({"entries": [{**entry(1, SLIP), "size": 41}]}, "raw.jsonl:1: the logs are about other texts"),
        ({"entries": [entry(2, SLIP), entry(1, SLIP)]}, "its entries are not in the order of its input"),
    ],
)
def test_logs_about_other_dumps_are_refused(
    normalize: Command, tmp_path: Path, other: dict[str, object], message: str
) -> None:
    a = log(tmp_path / "a", [entry(1, SLIP)])
    b = log(tmp_path / "b", **{"entries": [entry(1, SLIP)], **other})  # type: ignore[arg-type]
    result = normalize("compare", a, b)
    assert result.code == 2
    assert message in result.err


EVIL = "\x1b[31m\u202e<script>alert(1)</script>"
ROWS = [
    {"id": i, "text": f"Warga mengtakan hal itu dirumah mereka. {EVIL} Hujan turun sejak pagi.", "date": "2024-10-25"}
    for i in range(3)
]


@pytest.fixture
def logs(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Logs of two ways to clean a dump with hostile text in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw.jsonl").write_bytes(jsonl(*ROWS))
    for name, options in (("a.jsonl", ()), ("b.parquet", ("--skip", "spelling"))):
        if name == "b.parquet":
            pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        assert normalize("clean", "raw.jsonl", "-o", f"out-{name}.jsonl", "--edits", name, *options).code == 0
    return "a.jsonl", "b.parquet"


def test_contexts_are_those_of_the_dump(normalize: Command, logs: tuple[str, str]) -> None:
    result = normalize("compare", *logs, "--format", "json")
    assert result.code == 1
    report = json.loads(result.out)
    assert report["differences"]["lost"] >= 3
    example = next(one for one in report["examples"] if one["a"][0]["before"] == "mengtakan")
    assert (example["count"], example["n"], example["a"][0]["after"]) == (3, 1, "mengatakan")
    assert example["left"].endswith("Warga ")
    assert example["right"].startswith(" hal itu")


def test_the_same_log_twice_does_not_differ(normalize: Command, logs: tuple[str, str]) -> None:
    result = normalize("compare", logs[0], logs[0])
    assert (result.code, result.err) == (0, "")
    assert b"\n0 differences in 0 texts" in result.out


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not any(name in ("src", "href") for name, _ in attrs)


def test_nothing_of_a_dump_is_obeyed(normalize: Command, logs: tuple[str, str], tmp_path: Path) -> None:
    reports = ("--report", tmp_path / "c.html", "--report", tmp_path / "c.json")
    result = normalize("compare", *logs, *reports)
    assert not {*"\x1b\u202e"} & {*result.out.decode()}
    page = (tmp_path / "c.html").read_text()
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.found
    assert {*"\x1b\u202e"}.isdisjoint(page)
    assert "mengtakan" in page
    assert json.loads((tmp_path / "c.json").read_text())["differences"]["lost"] >= 3


def test_options_are_compared_over_the_shipped_cases(normalize: Command) -> None:
    over = [word for path in ("wild", "negative") for word in ("--over", CASES / f"{path}.jsonl")]
    result = normalize("compare", "", "--skip date", *over, "--format", "json")
    assert result.code == 1
    report = json.loads(result.out)
    assert report["rules"]["lost"]["date.malformed"] >= 3
    assert {rule.partition(".")[0] for rule in report["rules"]["lost"]} == {"date"}
    assert report["differences"]["gained"] == 0
    assert normalize("compare", "", "", *over, "-q") == (0, b"", "")


@pytest.mark.parametrize("options", ["--no-such-option", "/no/such/normalize --standard"])
def test_what_cannot_be_run_is_told(normalize: Command, options: str) -> None:
    result = normalize("compare", "", options, "--over", CASES / "wild.jsonl")
    assert result.code == 2
    assert options.split()[0] in result.err
    assert "Traceback" not in result.err

"""The report tells what was done, as JSON and as a page that needs neither script nor network."""

import hashlib
import json
from html.parser import HTMLParser

import pytest
from harness import CLEAN, DIRTY, jsonl


@pytest.fixture
def dump(tmp_path):
    """Two outlets over three months; a line that a site put into its articles; a bad record."""
    rows = []
    for i in range(240):
        text = f"{DIRTY} Baca juga: Banjir di Bogor\nWarga <b>mengeluh & pergi." if i % 2 else CLEAN
        outlet, month = ("kabar" if i % 2 else "warta"), 1 + i % 3
        rows.append({"id": i, "text": text, "outlet": outlet, "date": f"2024-{month:02}-15"})
    path = tmp_path / "raw.jsonl"
    path.write_bytes(jsonl(*rows) + b"oops\n")
    return path


@pytest.fixture
def reported(normalize, dump, tmp_path):
    """The report of a run over it, as JSON and as a page."""
    reports = ["--report", tmp_path / "report.json", "--report", tmp_path / "report.html"]
    normalize("clean", dump, "-o", tmp_path / "out.jsonl", "--date-field", "date", *reports)
    return json.loads((tmp_path / "report.json").read_text()), (tmp_path / "report.html").read_text()


def test_the_report_counts_what_happened(reported, dump):
    report, _ = reported
    assert report["records"]["in"] == 241
    assert report["records"]["bad_kept"] == 1
    assert report["records"]["changed"] == 120
    assert report["bytes"]["in"] == dump.stat().st_size
    assert report["edits"]["characters.space"] == 120
    assert {name: group["records"] for name, group in report["outlets"].items()} == {"kabar": 120, "warta": 120}
    assert report["outlets"]["kabar"]["edits"]["characters.space"] == 120
    assert list(report["months"]) == ["2024-01", "2024-02", "2024-03"]
    assert {"line": "Baca juga: Banjir di Bogor", "count": 120} in report["boilerplate"]
    space = next(one for one in report["marks"] if one["rule"] == "characters.space")
    assert (space["before"], space["after"], space["left"], space["count"]) == ("\u00a0", " ", "Harga", 120)


def test_the_report_names_files_with_their_hashes(reported, dump, tmp_path):
    files = {file["role"]: file for file in reported[0]["run"]["files"]}
    assert files.keys() == {"input", "output"}
    for role, path in (("input", dump), ("output", tmp_path / "out.jsonl")):
        hash = hashlib.sha256(path.read_bytes()).hexdigest()
        assert files[role] == {"role": role, "path": str(path), "bytes": path.stat().st_size, "sha256": hash}


def test_a_file_cleaned_in_place_is_an_output(normalize, dump, tmp_path):
    assert normalize("clean", dump, "--in-place", "--report", tmp_path / "report.json").code == 1
    (file,) = json.loads((tmp_path / "report.json").read_text())["run"]["files"]
    assert (file["role"], file["bytes"]) == ("output", dump.stat().st_size)


class Page(HTMLParser):
    """The tags that are open, those that were seen, and what they refer to."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.links = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_stands_alone(reported):
    page = Page()
    page.feed(reported[1])
    assert page.open == []
    assert page.links == []
    assert "script" not in page.seen
    assert {"svg", "table", "title"} <= page.seen


def test_the_page_shows_the_noise(reported):
    page = reported[1]
    for part in ("characters.space", "kabar", "Baca juga: Banjir di Bogor", "prefers-color-scheme"):
        assert part in page


def test_texts_cannot_break_the_page(reported):
    assert "<b>" not in reported[1]


def test_the_report_does_not_depend_on_the_processes(normalize, reported, dump, tmp_path):
    options = ["--date-field", "date", "--report", tmp_path / "again.json", "-j", 2]
    normalize("clean", dump, "-o", tmp_path / "again.jsonl", *options)
    again = json.loads((tmp_path / "again.json").read_text())
    before, _ = reported
    assert {**again, "run": None} == {**before, "run": None}


def test_a_report_of_another_kind_is_refused(normalize, dump, tmp_path):
    result = normalize("clean", dump, "--report", tmp_path / "report.pdf")
    assert result.code == 2
    assert "a .json or an .html file" in result.err

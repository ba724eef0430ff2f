"""Files that pages, docstrings and comments name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("", "normalize", "benchmarks", "seeds", "dictionaries")  # that a path may begin in, and that of the file itself
PATH = re.compile(r"(?<![\w/.:*-])((?:[\w-]+/)+[\w-]+\.(?:md|py|tsv)|[a-z_]+\.py)\b(?![/*])")
PAGES = [
    page
    for folder in (".", "benchmarks", "benchmarks/*", "tests/*", "docs", "docs/*")
    for page in ROOT.glob(f"{folder}/*.md")
]
SOURCES = [
    path
    for folder in ("normalize", "benchmarks", "dictionaries/make", "docs")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def is_there(name: str, beside: Path) -> bool:
    """Whether a file is there, compressed or not; a bare name anywhere. LIBRARY.py stands for any; reports are written."""
    if "/" not in name or Path(name).stem == "LIBRARY":
        return name in NAMES | {"normalize/adapters/LIBRARY.py"}
    places = [ROOT / folder / name for folder in FOLDERS] + [beside.parent / name]
    return name.startswith("reports/") or any(one.exists() or one.with_name(f"{one.name}.xz").exists() for one in places)


NAMES = {
    path.name
    for folder in ("normalize", "benchmarks", "dictionaries", "docs", "examples", "tests")
    for path in (ROOT / folder).rglob("*.py")
}


def test_links_lead_somewhere() -> None:
    found = {page: re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")) for page in PAGES}
    assert len(PAGES) > 15
    assert [(page.name, link) for page, links in found.items() for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in [*PAGES, *SOURCES]])
def test_files_that_are_named_are_there(path: Path) -> None:
    named = set(PATH.findall(path.read_text(encoding="utf-8").replace("\\_", "_")))
    assert sorted(name for name in named if not is_there(name, path)) == []


# Folders whose files are one a library, a command, a rule's idea: their names say it. docs/architecture.md has the top.
LISTED = [
    path
    for path in SOURCES
    if path.name == "__init__.py" and path.parent.name not in ("normalize", "adapters", "cli", "rules")
]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.parent.name) for path in LISTED])
def test_a_folder_says_what_each_of_its_files_is(path: Path) -> None:
    doc = path.read_text(encoding="utf-8").split('"""')[1]
    here = {other.stem for other in path.parent.glob("*.py")} - {"__init__"}
    assert {name for name in here if not re.search(rf"\b{name}\b", doc)} == set()
    assert set(re.findall(r"\b([a-z_]+)\.py\b", doc)) <= here

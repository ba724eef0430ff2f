"""What a release repeats agrees: the version, and the workflow files that say how it is built."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import normalize

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_cited_as_it_is() -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited
    assert cited[1] == normalize.__version__


def test_the_changelog_has_the_version() -> None:
    released = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert normalize.__version__.partition(".dev")[0] in released


def test_every_adapter_has_an_extra_and_all_of_them_one() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    adapters = {path.stem for path in (ROOT / "normalize" / "adapters").glob("*.py")} - {"__init__", "learning"}
    every = re.fullmatch(r"normalize-id\[(.*)\]", extras["adapters"][0])
    assert every
    assert set(every[1].split(",")) == adapters & extras.keys()

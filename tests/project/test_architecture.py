"""The shape of the source: one-way floors, small files, names that say something, an import that costs nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent.parent / "normalize"

# From the ground up. A module imports only from floors below its own; a package's own modules may import one another.
FLOORS = (
    {"tokens", "keyboard", "lazy", "suggest", "forks", "rounds", "arrow_columns"},
    {"kernel"},
    {"stand_ins"},
    {"edit", "lexicon", "dates"},
    {"language"},
    {"spelling", "newsroom"},
    {"text"},
    {"rule", "noise"},
    {"rules", "stages"},
    {"normalizer"},
    {"learn"},
    {"dumps", "adapters"},
    {"bench"},
    {"cli"},
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
SOURCES = sorted(PACKAGE.rglob("*.py"))
FACE = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}  # re-export from all floors


def part(path: Path) -> str:
    """The module or package of `normalize` that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_names(path: Path, root: Path = PACKAGE) -> set[str]:
    """What a file imports, anywhere in it, as dotted names: "normalize.edit", "normalize.edit.Edit"."""
    package = [root.name, *path.relative_to(root).parts[:-1]]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = [*base, *(node.module.split(".") if node.module else [])]
            found |= {".".join([*base, alias.name]) for alias in node.names}
    return found


def imported(path: Path) -> set[str]:
    """The parts of `normalize` that a file imports."""
    found = {name.split(".")[1] for name in imported_names(path) if name.startswith("normalize.")}
    return found & (FLOOR.keys() | {part(source) for source in SOURCES if source not in FACE})


def modules(root: Path) -> dict[str, set[str]]:
    """Each module below `root` -> the modules there that it imports, for type checking too. The front door is left out."""
    paths = {}
    for path in root.rglob("*.py"):
        parts = path.relative_to(root.parent).with_suffix("").parts
        paths[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    del paths[root.name]
    found: dict[str, set[str]] = {}
    for module, path in paths.items():
        names = imported_names(path, root)
        found[module] = {name if name in paths else name.rpartition(".")[0] for name in names} & paths.keys() - {module}
    return found


def circle(root: Path) -> list[str]:
    """Modules that lead from one to the next and back to the first; none where no module leads back to itself."""
    try:
        TopologicalSorter(modules(root)).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_every_part_has_a_floor():
    assert {part(path) for path in SOURCES if path not in FACE} == FLOOR.keys()


@pytest.mark.parametrize("path", [path for path in SOURCES if path not in FACE], ids=lambda path: path.stem)
def test_imports_go_down_only(path):
    own = part(path)
    upward = {other for other in imported(path) if other != own and FLOOR[other] >= FLOOR[own]}
    assert not upward, f"{path.relative_to(PACKAGE.parent)} must not import {sorted(upward)}"


def test_the_page_on_architecture_draws_these_floors():
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("## The floors")[2].split("```")[1].splitlines()[1:]
    assert [set(re.split(r"  +", line)[0].split(" | ")) for line in reversed(drawn)] == list(FLOORS)


def test_the_floors_test_sees_imports():
    assert "edit" in imported(PACKAGE / "normalizer.py")
    assert "rule" in imported(PACKAGE / "rules" / "spacing.py")


def test_no_module_leads_back_to_itself():
    assert circle(PACKAGE) == []


def test_a_circle_is_seen_where_one_way_is_for_type_checking_and_the_other_inside_a_function(tmp_path):
    package = tmp_path / "normalize"
    (package / "one").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "one" / "__init__.py").write_text("if TYPE_CHECKING:\n    from ..two import thing\n")
    (package / "two.py").write_text("import os\n")
    assert circle(package) == []
    (package / "two.py").write_text("def thing():\n    from . import one\n")
    assert {*circle(package)} == {"normalize.one", "normalize.two"}


def test_files_stay_small():
    folders = (PACKAGE, PACKAGE.parent / "dictionaries", PACKAGE.parent / "tests", PACKAGE.parent / "benchmarks")
    lengths = {
        str(path.relative_to(PACKAGE.parent)): len(path.read_text(encoding="utf-8").splitlines())
        for folder in folders
        for path in folder.rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length >= 400} == {}


def test_module_names_say_what_is_in_them():
    empty_words = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "manager"}
    assert {path.stem for path in SOURCES} & empty_words == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_docstrings_begin_with_a_verb_or_name_their_subject(path):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    documented = (node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    first_words = [(ast.get_docstring(node) or "").partition(" ")[0] for node in documented]
    assert {"How", "It", "That", "Those", "What", "Where", "Which"}.isdisjoint(first_words)


PROBE = """
import sys, time
start = time.perf_counter()
import normalize
print(time.perf_counter() - start)
print("\\n".join(sys.modules))
"""


def probe() -> tuple[float, set[str]]:
    """How many seconds `import normalize` takes in a fresh interpreter, and the modules it loads."""
    result = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    seconds, *modules = result.stdout.splitlines()
    return float(seconds), set(modules)


def test_importing_the_package_takes_under_a_tenth_of_a_second():
    assert min(probe()[0] for _ in range(3)) < 0.1


def test_importing_the_package_loads_neither_engine_nor_dictionary_nor_library():
    _, modules = probe()
    ours = {name for name in modules if name.startswith("normalize.")}
    assert ours == set()
    heavy = {"click", "ftfy", "msgspec", "numpy", "pandas", "rapidfuzz", "regex", "rich", "symspellpy"}
    assert heavy & modules == set()


ENGINE = """
import re, sys
compiled = []
real, re.compile = re.compile, lambda *given: compiled.append(sys._getframe(1).f_globals["__name__"]) or real(*given)
import normalize.normalizer
print(*sys.modules)
print(*compiled)
"""


def test_the_engine_loads_and_compiles_when_it_is_imported_only_what_every_text_needs():
    result = subprocess.run([sys.executable, "-c", ENGINE], capture_output=True, text=True, check=True)
    modules, compiled = (set(line.split()) for line in result.stdout.splitlines())
    seldom = {
        "difflib",
        "importlib.resources",
        "logging",
        "lzma",
        "msgspec",
        "multiprocessing",
        "rapidfuzz",
        "rich",
        "symspellpy",
        "tempfile",
    }
    assert seldom & modules == set()
    lazily = {name for name in compiled if re.match(r"normalize\.(dates|language|newsroom|rules|spelling)\.", name)}
    assert lazily <= {"normalize.spelling.corrector", "normalize.spelling.decision"}


def test_what_is_a_letter_is_asked_of_texts_with_stand_ins_only():
    """Tables of Unicode hang on the version of Python, or of `regex`, which only a user's own condition goes by."""
    makes_texts = {path.name for path in SOURCES if re.search(r"(?<!class )\bText\(", path.read_text(encoding="utf-8"))}
    assert makes_texts == {"normalizer.py", "text.py", "boilerplate.py"}  # of learned lines
    users = {path.name: imported_names(path) & {"unicodedata", "regex"} for path in SOURCES}
    assert {name: found for name, found in users.items() if found} == {"where.py": {"regex"}}

"""The wheel and the sdist carry all they need, and nothing else: each is installed and used outside the tree."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

import normalize
from normalize import kernel

ROOT = Path(__file__).parent.parent.parent
SAMPLE = "TRIBUNNEVS.COM – Ia mengtakan hal itu, Kamis (24/10). /2024)."
CLEAN = "TRIBUNNEWS.COM – Ia mengatakan hal itu, Kamis (24/10/2024)."
LIBRARIES = (".so", ".pyd", ".dylib", ".dll")
# One process builds them once for all tests.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


def build(out: Path, *options: str, **environment: str) -> Path:
    """Build what the options ask for into a folder, which is given back."""
    command = [sys.executable, "-m", "build", *options, "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist, and a wheel that is built from the sdist."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def pure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built in this tree, compiled kernel and all, with NORMALIZE_PURE=1."""
    (wheel,) = build(tmp_path_factory.mktemp("pure"), "--wheel", NORMALIZE_PURE="1").iterdir()
    return wheel


def names(wheel: Path) -> list[str]:
    with ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_an_installed_distribution_cleans_outside_the_source_tree(built: Path, pattern: str, tmp_path: Path) -> None:
    (archive,) = built.glob(pattern)
    python, command = install(archive, tmp_path)
    environment = {**os.environ, "NORMALIZE_CACHE": str(tmp_path / "cache"), "PYTHONPATH": ""}
    ran = subprocess.run(
        [command, "clean", "-", "--input-format", "txt"],
        input=SAMPLE,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=True,
    )
    assert ran.stdout == CLEAN
    asked = [python, "-c", "import normalize; print(normalize.__file__)"]
    where = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert str(tmp_path) in where.stdout
    version = subprocess.run([command, "--version"], capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert version == f"normalize {normalize.__version__} ({'compiled' if kernel.compiled else 'pure Python'})\n"


def test_an_installation_without_a_compiled_kernel_says_so_once(pure: Path, tmp_path: Path) -> None:
    _, command = install(pure, tmp_path)
    environment = {name: value for name, value in os.environ.items() if name not in ("NORMALIZE_PURE", "PYTHONPATH")}
    environment["NORMALIZE_CACHE"] = str(tmp_path / "cache")
    said = [
        subprocess.run([command, "rules"], capture_output=True, text=True, cwd=tmp_path, env=environment, check=True).stderr
        for _ in range(2)
    ]
    assert "pure Python" in said[0]
    assert said[1] == ""
    version = subprocess.run([command, "--version"], capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert version == f"normalize {normalize.__version__} (pure Python)\n"


def install(archive: Path, folder: Path) -> tuple[Path, Path]:
    """The Python and the `normalize` command of an empty environment with a distribution in it."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(archive)], check=True, cwd=folder)
    return python, folder / "venv" / "bin" / "normalize"


def test_a_pure_wheel_has_no_library_in_it(pure: Path) -> None:
    assert pure.name.endswith("-py3-none-any.whl")
    assert [name for name in names(pure) if name.endswith(LIBRARIES)] == []


def test_a_wheel_has_one_library_and_neither_sources_nor_build_scripts(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    inside = names(wheel)
    assert len([name for name in inside if name.endswith(LIBRARIES)]) == (1 if kernel.compiled else 0)
    assert [name for name in inside if name.endswith((".c", ".h")) or "/make/" in name] == []
    assert {name.split("/")[0] for name in inside} == {"normalize", f"normalize_id-{normalize.__version__}.dist-info"}
    shipped = {Path(name).name for name in inside if name.startswith("normalize/dictionaries/")}
    assert shipped == {path.name for path in (ROOT / "dictionaries").iterdir() if path.is_file()}


def test_an_sdist_has_what_a_build_and_the_tests_need(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        inside = {name.partition("/")[2] for name in file.getnames()}
    assert {"normalize/kernel/c/module.c", "dictionaries/make/build.py", "tests/conftest.py", "CHANGELOG.md"} <= inside
    assert [name for name in inside if name.endswith(LIBRARIES)] == []

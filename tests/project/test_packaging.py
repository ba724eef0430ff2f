"""The wheel and the sdist carry all they need: each is installed into an empty environment and used outside the tree."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SAMPLE = "TRIBUNNEVS.COM – Ia mengtakan hal itu, Kamis (24/10). /2024)."
CLEAN = "TRIBUNNEWS.COM – Ia mengatakan hal itu, Kamis (24/10/2024)."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)], check=True, capture_output=True)
    return out


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_an_installed_distribution_cleans_outside_the_source_tree(built: Path, pattern: str, tmp_path: Path) -> None:
    (archive,) = built.glob(pattern)
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(archive)], check=True, cwd=tmp_path)
    environment = {**os.environ, "NORMALIZE_CACHE": str(tmp_path / "cache"), "PYTHONPATH": ""}
    ran = subprocess.run(
        [tmp_path / "venv" / "bin" / "normalize", "clean", "-", "--input-format", "txt"],
        input=SAMPLE,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=True,
    )
    assert ran.stdout == CLEAN
    told = [python, "-c", "import normalize; print(normalize.__file__)"]
    where = subprocess.run(told, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert str(tmp_path) in where.stdout

"""Errors help: what a name was likely to be, what a command takes, what a shell can complete."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness import Command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["claen", "x"], "there is no command 'claen'; did you mean 'clean'?"),
        (["Check"], "there is no command 'Check'; did you mean 'check'?"),
        (["zzz"], "there is no command 'zzz'\n"),
        (["rules", "spelling.slp"], "did you mean 'spelling.slip'?"),
        (["clean", "--feild", "x"], "--field"),
    ],
)
def test_misspelt_names_are_told_what_they_were_to_be(normalize: Command, arguments: list[str], message: str) -> None:
    result = normalize(*arguments)
    assert result.code == 2
    assert message in result.err


@pytest.mark.parametrize(
    ("rule", "file"),
    [("spacing.hole", "hole.py"), ("glue.acronym", "acronyms.py"), ("link.address", "link.py")],
)
def test_a_rule_tells_the_file_that_defines_it(normalize: Command, rule: str, file: str) -> None:
    assert f"\nDefined in normalize/rules/{file}.\n" in normalize("rules", rule).out.decode()


def test_a_file_in_the_place_of_a_command(normalize: Command, dirty: Path) -> None:
    assert f"to clean it, say normalize clean {dirty}" in normalize(dirty).err


@pytest.mark.parametrize(
    ("command", "sections"),
    [
        (
            "clean",
            ["Input:", "Fields of a record:", "Dates:", "Repairs:", "Output:", "Log and report:", "Run:", "Configuration:"],
        ),
        ("undo", ["Input:", "Edits:", "Output:", "Run:", "Configuration:"]),
    ],
)
def test_help_has_its_options_in_groups(normalize: Command, command: str, sections: list[str]) -> None:
    lines = normalize(command, "--help").out.decode().splitlines()
    assert [line for line in lines if line.endswith(":") and not line.startswith(" ")] == sections


def completed(words: str, number: int) -> list[str]:
    environment = {**os.environ, "_NORMALIZE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
    script = "import sys; sys.argv = ['normalize']; from normalize.cli import script; script()"
    result = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    return result.stdout.split()


@pytest.mark.parametrize(
    ("words", "number", "offered"),
    [
        ("normalize ch", 1, "plain,check"),
        ("normalize clean --skip spelling.sl", 3, "plain,spelling.slip"),
        ("normalize clean --drop boil", 3, "plain,boilerplate"),
        ("normalize rules date.mal", 2, "plain,date.malformed"),
        ("normalize clean ne", 2, "file,ne"),
    ],
)
def test_a_shell_completes(words: str, number: int, offered: str) -> None:
    assert offered in completed(words, number)


def test_explain_reads_a_text_file(normalize: Command, tmp_path: Path, dirty: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("\ufeffIa tinggal dirumah.\n", encoding="utf-8")
    assert "di rumah" in normalize("explain", article).out.decode()
    refused = normalize("explain", dirty)
    assert refused.code == 2
    assert f"normalize check {dirty}" in refused.err


def test_explain_says_what_it_took_for_a_text(normalize: Command, tmp_path: Path) -> None:
    result = normalize("explain", "missing.txt")
    assert (result.code, result.err) == (0, "there is no file 'missing.txt': it is taken for a text\n")
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"caf\xe9")
    assert "broken.txt: invalid UTF-8: byte 0xe9" in normalize("explain", broken).err

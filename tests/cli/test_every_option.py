"""Every command with every option, with values that fit and such as do not: never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from harness import Command

from normalize.cli import COMMANDS, group

CONTEXT = click.Context(group)
FIRST = {  # what a command needs before its options
    "clean": ("dirty.jsonl",),
    "check": ("dirty.jsonl",),
    "undo": ("out.jsonl", "--edits", "log.jsonl"),
    "apply": ("dirty.jsonl", "--edits", "log.jsonl"),
    "compare": ("log.jsonl", "log.jsonl"),
    "edits": ("log.jsonl",),
    "init": ("dirty.jsonl",),
    "review": ("log.jsonl",),
    "audit": ("log.jsonl",),
    "card": ("report.json",),
    "explain": ("Ia mengtakan hal itu.",),
    "rules": (),
    "learn": ("dirty.jsonl", "-o", "learned"),
    "noise": ("dirty.jsonl", "-o", "noisy.jsonl", "--gold", "gold.jsonl"),
    "bench": ("dirty.jsonl", "--no-peers", "--turns", "1"),
}


def values(option: click.Option) -> Iterator[tuple[str, ...]]:
    """An option with each value worth trying."""
    name = next(name for name in option.opts if name.startswith("--"))
    if option.is_flag:
        yield (name,)
        return
    if isinstance(option.type, click.Choice):
        yield from ((name, choice) for choice in (*option.type.choices, "nothing"))
    elif isinstance(option.type, click.Path | click.File):
        yield from ((name, place) for place in ("", "new", "dirty.jsonl", "folder", "missing/file", "binary", "out.html"))
    elif isinstance(option.type, click.INT.__class__ | click.FLOAT.__class__ | click.IntRange | click.FloatRange):
        yield from ((name, number) for number in ("1", "0", "-1", "x", "9" * 30, "nan"))
    else:
        texts = ("", "x", "text", "spelling", "xlsx", "jsonl.zst", "1/0", "1e-99999999999", "9" * 400, "\x1b", "rule=", "é")
        yield from ((name, text) for text in texts)


CALLS = [
    (command, *option)
    for command in COMMANDS
    for parameter in group.get_command(CONTEXT, command).params  # type: ignore[union-attr]
    if isinstance(parameter, click.Option) and parameter.name not in ("help", "jobs", "serve", "opens")
    for option in values(parameter)
]


@pytest.fixture
def folder(normalize: Command, dirty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    normalize("clean", dirty, "-o", "out.jsonl", "--edits", "log.jsonl", "--report", "report.json")
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_leads_to_a_traceback(normalize: Command, folder: Path, command: str) -> None:
    called = 0
    for name, *option in CALLS:
        if name != command:
            continue
        sources = [FIRST[command]]
        if "dirty.jsonl" in FIRST[command]:
            sources.append(("folder", *FIRST[command][1:]))
        for source in sources:
            result = normalize(command, *source, *option)
            assert "Traceback" not in result.err, (command, source, option, result.err)
            assert result.code in (0, 1, 2), (command, source, option)
            called += 1
    assert called


@pytest.mark.parametrize(
    "arguments",
    [
        ("clean", "dirty.jsonl", "--edits", ""),
        ("clean", "dirty.jsonl", "--rejects", ""),
        ("noise", "dirty.jsonl", "--gold", ""),
        ("learn", "dirty.jsonl", "-o", ""),
        ("review", "log.jsonl", "--apply", ""),
    ],
)
def test_a_name_that_is_none(normalize: Command, folder: Path, arguments: tuple[str, ...]) -> None:
    there = set(folder.iterdir())
    result = normalize(*arguments)
    assert (result.code, set(folder.iterdir())) == (2, there)
    assert "it names no file" in result.err


def test_rules_as_json(normalize: Command) -> None:
    result = normalize("rules", "--json")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(b'[{"name": ')


def test_an_output_format_that_is_none(normalize: Command, folder: Path) -> None:
    result = normalize("clean", "folder", "dirty.jsonl", "-o", "somewhere/", "--output-format", "docx")
    assert result.code == 2
    assert "--output-format docx: is none of txt, jsonl, json, csv, tsv, parquet, xlsx" in result.err

"""Every target over its seeds, and over as many mutated ones as CI has time for: the same ones every time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz.targets import TARGETS

SEEDS = Path(__file__).parent / "seeds"
TURNS = {"json": 3_000, "csv": 2_000, "edits": 4_000, "logs": 3_000, "where": 4_000}  # about a second each
PIECES = (
    b'"',
    b"\\",
    b"\\u00e9",
    b"\\ud83d",
    b"\xc3\xa9",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\r\n",
    b"\n",
    b",",
    b"\t",
    b'""',
)
MORE_PIECES = (b"{", b"}", b"[", b"]", b":", b"null", b"1e999", b"-1", b"9223372036854775808", b"not ", b"(", b"text", b"~")


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the seeds, with up to four things done to it."""
    data = chance.choice(seeds)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            data = data[:at] + chance.choice(PIECES + MORE_PIECES) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + chance.randint(1, 8) :]
        elif kind == 2:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif kind == 3:
            data = data[:at] + data[at : at + 12] * chance.randint(2, 3) + data[at + 12 :]
        else:
            other = chance.choice(seeds)
            cut = chance.randrange(len(other) + 1)
            data = data[:at] + other[cut : cut + 40]
    return data


def seeds(name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    assert seeds(name)
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_mutated_seeds(name: str) -> None:
    chance = random.Random(name)
    some = seeds(name)
    for _ in range(TURNS[name]):
        data = mutated(some, chance)
        try:
            TARGETS[name](data)
        except Exception as error:
            error.add_note(f"of target {name}: {data!r}")
            raise

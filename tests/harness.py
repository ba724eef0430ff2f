"""What the tests of dumps share: dirty texts, the result of a command, a command in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

NBSP = "\u00a0"
DIRTY = f"Harga{NBSP}beras naik."
CLEAN = "Harga beras naik."


class Result(NamedTuple):
    code: int
    out: bytes
    err: str


Command = Callable[..., Result]
Stopped = Callable[..., Result]  # its first argument is the number of a batch


def start(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "normalize", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def jsonl(*rows: object) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

"""Keeps a page of the documentation that a script makes: written anew, or held against the script with --check."""

from __future__ import annotations

import sys
from pathlib import Path


def keep(path: Path, content: str) -> int:
    """Write the page; with --check only see whether it is this. Returns an exit code."""
    if "--check" not in sys.argv[1:]:
        path.write_text(content, encoding="utf-8")
        return 0
    if path.read_text(encoding="utf-8") == content:
        return 0
    print(f"{path.name} is not what it is made of: run python docs/{Path(sys.argv[0]).name}", file=sys.stderr)
    return 1

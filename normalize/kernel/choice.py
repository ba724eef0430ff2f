"""The one choice of every primitive: the compiled one where there is one, else its definition in Python."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, TypeVar

Definition = TypeVar("Definition")

try:
    if os.environ.get("NORMALIZE_PURE"):
        raise ImportError("the pure primitives were asked for")
    compiled: Any = import_module("._native", __package__)
except ImportError:
    compiled = None

definitions: dict[str, Any] = {}  # by name: what tests hold the compiled ones against


def primitive(definition: Definition) -> Definition:
    """Decorate a function or class that the compiled module has one of the same name for, which does the same.

    What is decorated stands where a reader looks for it, says what the primitive does, and does it wherever no C compiler
    was there when the package was built, or NORMALIZE_PURE=1 is in the environment.
    """
    name: str = definition.__name__  # type: ignore[attr-defined]
    definitions[name] = definition
    chosen: Definition = getattr(compiled, name) if compiled else definition
    return chosen

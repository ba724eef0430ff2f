"""The options of the engine are listed in one place: an adapter passes them on."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import normalize.adapters
from normalize import Normalizer

ADAPTERS = sorted(Path(normalize.adapters.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.stem)
def test_no_adapter_declares_an_option_of_the_engine(path):
    parameters = {node.arg for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.arg)}
    assert not parameters & set(inspect.signature(Normalizer).parameters)

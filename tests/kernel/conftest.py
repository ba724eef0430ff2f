"""The primitives, by name: each test of what they do runs over the compiled ones and over their definitions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import normalize.dumps.formats.json_strings
import normalize.normalizer
import normalize.spelling.speller  # noqa: F401 (all primitives are known once what defines them is imported)
from normalize import kernel

PURE = SimpleNamespace(**kernel.definitions)
COMPILED = SimpleNamespace(**{name: getattr(kernel.compiled, name, None) for name in kernel.definitions})
NOT_BUILT = pytest.mark.skipif(not kernel.compiled, reason="the package was built without a C compiler")


IMPLEMENTATIONS = [pytest.param(COMPILED, marks=NOT_BUILT, id="compiled"), pytest.param(PURE, id="pure")]


@pytest.fixture(scope="session", params=IMPLEMENTATIONS)
def primitives(request: pytest.FixtureRequest) -> Any:
    """Those of one implementation."""
    return request.param


@pytest.fixture(scope="session")
def both() -> tuple[Any, Any]:
    """The compiled ones, and their definitions."""
    if not kernel.compiled:
        pytest.skip("the package was built without a C compiler")
    return COMPILED, PURE

"""The engine does not get slower beside the bare scan of the same text, whatever the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from normalize import kernel

RATIO = Path(__file__).resolve().parent.parent.parent / "benchmarks" / "ratio.py"
# What was measured when they were set is 8.2 and 122. Tighten them when it gets faster.
COMPILED_BOUND, PURE_BOUND = 10, 170
pytestmark = pytest.mark.slow


def ratio(pure: str) -> float:
    """Of the engine's CPU time to the scan's, in a process of its own."""
    environment = {**os.environ, "NORMALIZE_PURE": pure}
    ran = subprocess.run([sys.executable, str(RATIO)], capture_output=True, text=True, check=True, env=environment)
    return float(ran.stdout)


@pytest.mark.skipif(not kernel.compiled, reason="the package was built without a C compiler")
def test_the_compiled_engine_keeps_its_distance_to_the_scan():
    assert ratio("") < COMPILED_BOUND


def test_the_pure_engine_keeps_its_distance_to_the_scan():
    assert ratio("1") < PURE_BOUND

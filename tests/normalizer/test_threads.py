"""Threads may share one Normalizer."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import normalize
from normalize import Normalizer, forks, lexicon


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads change places as often as the interpreter can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def test_threads_that_share_a_normalizer_get_what_one_gets(restless: None) -> None:
    chance = random.Random(1)
    words = [word for word, count in lexicon.load().words.items() if count > 500 and len(word) > 6]
    texts = [" ".join(_slip(chance.choice(words), chance) for _ in range(4)) + "." for _ in range(1000)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(Normalizer().clean, texts))
    assert together == Normalizer().clean_batch(texts)


FORKED_AT_WORK = """
import os, signal, sys, threading, time
from normalize import Normalizer
cleaner = Normalizer()
if sys.argv[1] == "warm":
    cleaner.clean("Ia mengtakan hal itu.")
threading.Thread(target=cleaner.clean, args=("Ia mengtakan hal itu dirumah. " * 200_000,), daemon=True).start()
while not cleaner._turn.locked():
    time.sleep(0.001)
time.sleep(float(sys.argv[2]))
child = os.fork()
if not child:
    signal.alarm(100)
    os._exit(0 if cleaner.clean("Ia mengtakan hal itu.") == "Ia mengatakan hal itu." else 1)
os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.parametrize(("start", "wait"), [("cold", 0), ("cold", 0.05), ("warm", 0.05)])
def test_a_process_forked_while_a_thread_cleans_can_clean(start: str, wait: float) -> None:
    """The thread is not in the child, and what it held would be held for ever."""
    forked = [sys.executable, "-W", "ignore", "-c", FORKED_AT_WORK, start, str(wait)]
    assert subprocess.run(forked, check=False, timeout=200).returncode == 0


def test_what_the_engine_imports_late_is_imported_before_a_fork() -> None:
    """Else a process that is forked while a thread imports it waits for ever when it imports it, too."""
    root = Path(normalize.__file__).parent
    engine = (
        *(root / name for name in ("dates", "language", "lexicon", "newsroom", "rules", "spelling")),
        root / "suggest.py",
    )
    files = [file for path in engine for file in (path.rglob("*.py") if path.is_dir() else [path])]
    late = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for file in files
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and not getattr(node, "level", 0)
    }
    assert {module for module in late if module != "rapidfuzz"} <= set(forks.IMPORTED_LATE)


FORK = """
import os, normalize
engine = normalize.Normalizer()
with engine._turn:  # as another thread has it
    if not (child := os.fork()):
        os._exit(engine.clean("Ia mengtakan hal itu.") != "Ia mengatakan hal itu.")
    ended = os.waitpid(child, 0)[1]
print("logging" in __import__("sys").modules, ended)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_a_fork_while_a_text_is_cleaned_says_nothing() -> None:
    result = subprocess.run([sys.executable, "-c", FORK], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout, result.stderr) == ("True 0\n", "")

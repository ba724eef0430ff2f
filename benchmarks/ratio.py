"""How many times the CPU time of the bare scan the engine takes over the same text, in one process. Prints the ratio.

The bare scan splits a text into words and looks each up in a set: less cannot be done with a text. Both go over it in turn,
the engine with nothing decided yet, and the best turn of each counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from prose import Prose

from normalize import Normalizer
from normalize.bench.peers import known_words

SIZE = 400_000  # code points
TURNS = 5


def seconds(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def ratio() -> float:
    """Engine to scan."""
    engine = Normalizer()
    known = {form.encode() for word in engine.lexicon.words for form in (word, word.capitalize())}
    texts = list(Prose().articles(SIZE))
    scans, cleans = [], []
    for _ in range(TURNS):
        fresh = Normalizer()
        fresh.explain("Ia mengtakan hal itu.")  # opens its indexes
        scans.append(min(seconds(lambda: [known_words(text, known) for text in texts]) for _ in range(3)))
        cleans.append(seconds(lambda: fresh.explain_batch(texts)))  # noqa: B023
    return min(cleans) / min(scans)


if __name__ == "__main__":
    print(f"{ratio():.1f}")

"""Build the dictionaries that ship out of seeds/, which people edit.

    python dictionaries/build.py            write dictionaries/*.tsv and MANIFEST.tsv
    python dictionaries/build.py --check    write nothing; fail unless the files are byte for byte what would be written

Every file is UTF-8, NFC, sorted, one comment line on top. Standing of a word, in words.tsv:
    root      a stem affixes may be put to
    right     beyond doubt: accepted by hunspell-id, well formed, English, or common in many articles
    rare      right as such, but so much rarer than a word one slip away that in news it is as likely a slip
    doubtful  seen, but vouched for by nothing, and a slip away from, or two words glued of, something far more frequent
"""

from __future__ import annotations

import hashlib
import lzma
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
sys.path.insert(0, str(HERE.parent))

from normalize.morphology import is_well_formed  # noqa: E402

# A slip of one given kind in one given word happens about once in some thousand times it is typed; measured on the
# counted corpus, where words hunspell-id rejects cluster below these ratios to the word they are a slip of.
RARE_RATIO = 300  # a neighbour this many times as frequent makes an accepted word rare
DOUBT_RATIO = 40  # and a word nothing vouches for doubtful
FREQUENT = 100  # tokens a word must have to be anyone's overwhelming neighbour
ATTESTED = 4  # articles in which an unvouched word without such a neighbour must occur to be right
GLUED_RATIO = 5  # "di mana" this many times as frequent as "dimana" makes the latter doubtful


def read(name: str) -> Iterator[list[str]]:
    """Rows of a seed file, comments left out."""
    path = SEEDS / name
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def shorter(word: str) -> Iterator[str]:
    """`word` and what is left of it without one letter: two words one slip apart share one of these (Garbe, SymSpell)."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def is_one_slip(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes `b` of `a`."""
    if len(a) > len(b):
        a, b = b, a
    head = 0
    while head < len(a) and a[head] == b[head]:
        head += 1
    if len(a) < len(b):
        return a[head:] == b[head + 1 :]
    return a[head + 1 :] == b[head + 1 :] or (
        a[head : head + 2] == b[head : head + 2][::-1] and a[head + 2 :] == b[head + 2 :]
    )


def words() -> Iterator[str]:
    counts = {word: tuple(map(int, numbers)) for word, *numbers in read("counts/words.tsv.xz")}
    accepted = {word for (word,) in read("accepted.txt.xz")}
    roots = {word for (word,) in read("roots.txt.xz")}
    english = {word for (word,) in read("english.txt.xz")}
    pairs = {(left, right): int(n) for left, right, n in read("counts/bigrams.tsv.xz")}
    # Uses as a common word: a name's count says nothing of the same letters in lower case.
    common = {word: tokens - inside for word, (tokens, _, inside, _) in counts.items()}
    neighbours = defaultdict(list)
    for word, n in common.items():
        if n >= FREQUENT:
            for key in shorter(word):
                neighbours[key].append(word)

    def strongest_neighbour(word: str) -> int:
        near = {v for key in shorter(word) for v in neighbours.get(key, ()) if v != word and is_one_slip(word, v)}
        return max((common[v] for v in near), default=0)

    def strongest_split(word: str) -> int:
        return max((pairs.get((word[:i], word[i:]), 0) for i in range(2, len(word) - 1)), default=0)

    for word in sorted(counts.keys() | accepted | roots | english):
        tokens, lower, _, articles = counts.get(word, (0, 0, 0, 0))
        n = max(common.get(word, 0), 0)
        near = strongest_neighbour(word)
        # A neighbour vouched for by nothing itself is the odd one of the two.
        if len(word) < 2:
            standing = "right"
        elif word in roots or word in accepted or is_well_formed(word, roots):
            standing = "rare" if near > RARE_RATIO * max(n, 1) else "root" if word in roots else "right"
        elif word in english:
            standing = "rare" if near > RARE_RATIO * max(n, 1) else "right"
        elif lower < 2:
            continue  # a name: names.tsv
        elif near > DOUBT_RATIO * n or strongest_split(word) > GLUED_RATIO * n or articles < ATTESTED:
            standing = "doubtful"
        else:
            standing = "right"
        yield f"{word}\t{n}\t{standing}\n"


def names() -> Iterator[str]:
    for word, tokens, lower, inside, articles in read("counts/words.tsv.xz"):
        if int(inside) >= 2 and int(inside) > int(lower) and len(word) > 1:
            yield f"{word}\t{inside}\n"


def bigrams() -> Iterator[str]:
    for left, right, n in read("counts/bigrams.tsv.xz"):
        yield f"{left}\t{right}\t{n}\n"


FILES = {
    "words.tsv": (words, "word, uses as a common word in the counted corpus, standing"),
    "names.tsv": (names, "word, uses capitalised inside a sentence in the counted corpus"),
    "bigrams.tsv.xz": (bigrams, "two neighbouring words in lower case (# a number, . a mark), uses"),
}


def built(name: str) -> bytes:
    """The bytes of one dictionary file."""
    rows, header = FILES[name]
    text = unicodedata.normalize("NFC", f"# {header}\n" + "".join(sorted(rows())))
    data = text.encode()
    return lzma.compress(data, preset=9) if name.endswith(".xz") else data


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Compare instead of writing.")
def main(check: bool) -> None:
    files = {name: built(name) for name in FILES}
    manifest = "# file, bytes, SHA-256\n" + "".join(
        f"{name}\t{len(data)}\t{hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(files.items())
    )
    files["MANIFEST.tsv"] = manifest.encode()
    stale = [name for name, data in files.items() if not check or (HERE / name).read_bytes() != data]
    if check and stale:
        sys.exit(f"not what build.py makes of seeds/: {', '.join(sorted(stale))}. Run: python dictionaries/build.py")
    for name in stale:
        (HERE / name).write_bytes(files[name])
        print(f"{name}: {len(files[name]):,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()

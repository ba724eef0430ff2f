"""Build the dictionaries that ship out of seeds/, which people edit.

    python dictionaries/make/build.py            write dictionaries/*.tsv and MANIFEST.tsv
    python dictionaries/make/build.py --check    write nothing; fail unless the files are byte for byte what would be written

bigrams.tsv.xz, which count.py writes, ships as it is: it is read here and listed in the manifest.

Every file is UTF-8, NFC, sorted, one comment line on top. The status of a word, in words.tsv, is one of
    root        a stem that affixes may be put to
    right       beyond doubt: accepted by hunspell-id, well formed, English, or common in many articles
    rare        right as such, but so much rarer than a word one slip away that in news it is as likely a slip; or doubted
    unverified  counted, but vouched for by nothing, and a slip away from something far more frequent, or two words glued
"""

from __future__ import annotations

import hashlib
import lzma
import math
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import click

HERE = Path(__file__).resolve().parent.parent
SEEDS = HERE.parent / "seeds"
COUNTED = "bigrams.tsv.xz"
sys.path[:0] = [str(HERE.parent), str(HERE / "make")]

import capitals  # noqa: E402

from normalize.spelling.channel import shorter, slip  # noqa: E402
from normalize.spelling.morphology import analyses, is_well_formed  # noqa: E402

# Ratios of uses, and numbers of uses, in the counted corpus: choices. A slip of one given kind in one given word happens
# about once in some thousand times that the word is typed; in the counted corpus the words that hunspell-id rejects cluster
# below the first two ratios to the word that they are a slip of.
RARE_RATIO = 400  # a neighbour so many times as frequent makes an accepted word rare
DOUBT_RATIO = 10  # and a word that nothing vouches for unverified
MIN_NEIGHBOUR_COUNT = 100  # uses that a word must have to be such a neighbour
PREPOSITIONAL, PREPOSITIONAL_RATIO = 20, 2  # uses of "di sana", and times those of "disana", for the latter to be unverified
ATTESTED = 4  # articles that a word without such a neighbour, which nothing vouches for, must be in to be right
ALWAYS_JOINED = {"kepada"}  # what follows is a word of its own, and frequent, but not behind this
JOINABLE, JOIN_RATIO = 20, 40  # uses of "dibandingkan", and times those of "di bandingkan", for the latter to be joined
SLIP_RATIO = 200  # rarer by this much than its one neighbour, an unverified word is counted as a slip of it
IN_USE = 2  # collections of news, made by different people, that a root must be in
GLUED_RATIO = 5  # two words side by side so many times as frequent as both in one make the latter unverified
FUNCTION_WORD = 0.0015  # of running text, a word of seeds/languages/*.txt: some 300 make about 45 % of a text; a choice
MALAY_USES = 15  # in 10 million words; below, wordfreq's Malay is full of names; a choice
SHARED, LEAST_SHARED = 2.0, 2.0  # nats that a word says less where Indonesian has it too, and must say then; choices
LEAST_TELLING, MOST_TELLING = 1.5, 5.0  # nats: what says less is left out, and no single word says more; choices


def read(name: str, folder: Path = SEEDS) -> Iterator[list[str]]:
    """Yield the rows of a seed file, comments left out."""
    path = folder / name
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    for line in data.decode().splitlines():
        if line and not (line.startswith("#") and not line.startswith("#\t")):
            yield line.split("\t")


@cache
def counts() -> dict[str, tuple[int, ...]]:
    """Read the counted words: tokens, of these in lower case, of these capitalised inside a sentence, articles."""
    return {word: tuple(map(int, numbers)) for word, *numbers in read("counts/words.tsv.xz")}


def count_of(word: str) -> int:
    """Return the uses as a common word: a name's count says nothing of the same letters in lower case."""
    tokens, _, inside, _ = counts().get(word, (0, 0, 0, 0))
    return tokens - inside


@cache
def frequent_by_deletion() -> dict[str, list[str]]:
    """Index the frequent words by what is left of them without one letter."""
    found = defaultdict(list)
    for word in counts():
        if count_of(word) >= MIN_NEIGHBOUR_COUNT:
            for key in shorter(word):
                found[key].append(word)
    return found


def neighbours(word: str) -> set[str]:
    """Return the frequent words one slip away."""
    near = {v for key in shorter(word) for v in frequent_by_deletion().get(key, ())}
    return {v for v in near if slip(word, v)}


@cache
def listed(name: str) -> set[str]:
    """Read the words of a list."""
    return {word for (word,) in read(f"{name}.txt.xz")}


def accepted_words() -> set[str]:
    """Join the words that hunspell-id accepts with the roots in use that it doesn't know."""
    return listed("accepted") | roots_in_use()


@cache
def sources() -> dict[str, tuple[int, int]]:
    """Read in how many collections of news each word is, and in how many articles."""
    rows = read("counts/sources.tsv.xz")
    return {word: (int(collections), int(articles)) for word, collections, articles in rows}


@cache
def roots_in_use() -> set[str]:
    """Select the roots of MALINDO that several collections of news have: many others are Malay only."""
    return {root for root in listed("malindo") if sources().get(root, (0, 0))[0] >= IN_USE}


@cache
def word_rows() -> list[str]:
    """The rows of words.tsv."""
    return list(words())


def words() -> Iterator[str]:
    """Yield every counted or listed word that is no mere name, with its uses and its status."""
    accepted = accepted_words()
    roots = listed("roots")
    english = listed("english")
    kept = accepted | {word for (word,) in read("passives.txt")}
    slips = {typed for typed, _, _ in read("rewrites.tsv")}
    doubted = {word for (word,) in read("doubted.txt")}
    pairs = bigrams()

    def is_glued(word: str) -> bool:
        apart = pairs.get((word[:2], word[2:]), 0)
        return apart >= PREPOSITIONAL and apart >= PREPOSITIONAL_RATIO * count_of(word)

    def strongest_split(word: str) -> int:
        return max((pairs.get((word[:i], word[i:]), 0) for i in range(2, len(word) - 1)), default=0)

    for word in sorted(counts().keys() | accepted | roots | english):
        _, lower, _, articles = counts().get(word, (0, 0, 0, 0))
        n = count_of(word)
        near = max(map(count_of, neighbours(word)), default=0)
        if len(word) < 2:
            status = "right"
        elif word in slips or (word[:2] in ("di", "ke") and word not in kept and is_glued(word)):
            status = "unverified"
        elif word in roots or word in accepted or is_well_formed(word, roots):
            is_rare = word in doubted or near > RARE_RATIO * max(n, 1)
            status = "rare" if is_rare else "root" if word in roots else "right"
        elif word in english:
            status = "rare" if near > RARE_RATIO * max(n, 1) else "right"
        elif lower < 2:
            continue  # a name: names.tsv
        elif near > DOUBT_RATIO * n or strongest_split(word) > GLUED_RATIO * n or articles < ATTESTED:
            status = "unverified"
        else:
            status = "right"
        yield f"{word}\t{n}\t{status}\n"


def attested() -> Iterator[str]:
    """Yield the evidence for words that words.tsv does not have as right, and for English ones."""
    right = {row.split("\t")[0] for row in word_rows() if row.rstrip("\n").endswith(("\troot", "\tright"))}
    indonesian = listed("roots") | accepted_words()
    # Of pairs like menunjukan, menunjukkan the first is no spelling that anyone means.
    pairs = read("sipebi.tsv.xz")
    variants = {word: standard for word, standard in pairs if word.replace("kk", "k") != standard.replace("kk", "k")}
    lists = {
        "roots_in_use": roots_in_use() - right,
        "malindo": listed("malindo") - right,
        "english": listed("english") - indonesian,
        "loan": listed("english") & indonesian,
        "sipebi": variants.keys() - right,
    }
    for word in sorted(set.union(*map(set, lists.values())) | (sources().keys() - right)):
        found = ",".join(name for name, words in lists.items() if word in words)
        collections, articles = sources().get(word, (0, 0)) if word not in right else (0, 0)
        if found or collections > 1:
            yield f"{word}\t{found}\t{variants.get(word, '')}\t{collections}\t{articles}\n"


def families() -> Iterator[str]:
    """Yield how often each root and the words made of it are used: a root with many words is a real one."""
    roots = listed("roots") | roots_in_use()
    uses: Counter[str] = Counter()
    for row in word_rows():
        word, n, status = row.rstrip("\n").split("\t")
        if status in ("root", "right") and int(n):
            for stem in {analysis.stem for analysis in analyses(word, roots)}:
                uses[stem] += int(n)
    yield from (f"{root}\t{n}\n" for root, n in uses.items())


def names() -> Iterator[str]:
    """Yield the words that are capitalised inside sentences more often than they are in lower case."""
    for word, (_, lower, inside, _) in counts().items():
        if inside >= 2 and inside > lower and len(word) > 1:
            yield f"{word}\t{inside}\n"


@cache
def bigrams() -> dict[tuple[str, str], int]:
    """Read the counted pairs of neighbouring words, and how often each was used."""
    return {(left, right): int(n) for left, right, n in read(COUNTED, HERE)}


def joins() -> Iterator[str]:
    """Yield what is one word with di or ke ("di bandingkan"): frequent together, all but never seen apart."""
    pairs = bigrams()
    for row in word_rows():
        word, n, status = row.rstrip("\n").split("\t")
        if word[:2] in ("di", "ke") and len(word) > 4 and status in ("root", "right") and int(n) >= JOINABLE:
            apart = pairs.get((word[:2], word[2:]), 0)
            is_free = word[:2] == "ke" and count_of(word[2:]) * JOIN_RATIO > int(n)
            if apart * JOIN_RATIO <= int(n) and (not is_free or word in ALWAYS_JOINED):
                yield f"{word[:2]}\t{word[2:]}\t{n}\n"


def protected() -> Iterator[str]:
    """Yield the words that are never touched: passives that look like di and a noun, and others."""
    yield from sorted({f"{word}\n" for name in ("passives.txt", "protected.txt") for (word,) in read(name)})


def slips() -> Iterator[str]:
    """Count slips: every unverified word far rarer than just one word near it is taken for a slip of that word."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for row in word_rows():
        word, n, status = row.rstrip("\n").split("\t")
        if status == "unverified" and len(word) > 4:
            near = [v for v in neighbours(word) if count_of(v) > SLIP_RATIO * int(n)]
            if len(near) == 1:
                found = slip(word, near[0])
                assert found is not None
                seen[found] += 1
    letters: Counter[str] = Counter()
    for word in counts():
        for i in range(len(word)):
            letters[word[i]] += count_of(word)
            if i + 1 < len(word):
                letters[word[i : i + 2]] += count_of(word)
    yield from (f"{kind}\t{typed}\t{meant}\t{n}\n" for (kind, typed, meant), n in seen.items())
    yield from (f"letter\t\t{letter}\t{n}\n" for letter, n in letters.items())


def trigrams() -> Iterator[str]:
    """Count the words of the lexicon that have each run of three letters; "^" begins a word, "$" ends it."""
    seen: Counter[str] = Counter()
    for row in word_rows():
        word, n, status = row.rstrip("\n").split("\t")
        if status != "unverified" and int(n) > 1:
            marked = f"^{word}$"
            seen.update({marked[i : i + 3] for i in range(len(marked) - 2)})
    yield from (f"{letters}\t{n}\n" for letters, n in seen.items() if n > 1)


def rewrites() -> Iterator[str]:
    """Yield the rows of rewrites.tsv, and slips of capitalised words that are no other word."""
    own = list(read("rewrites.tsv"))
    yield from ("\t".join(row) + "\n" for row in own)
    known = {typed.lower() for typed, _, _ in own} | {typed for typed, _, _ in read("standard.tsv")}
    known |= {row.split("\t")[0] for row in word_rows() if not row.endswith("\tunverified\n")} | listed("malindo")
    known |= {row.rstrip("\n").split("\t")[0] for rows in (names(), languages(), protected()) for row in rows}
    yield from capitals.rows((word for (word,) in read("capitalised.txt")), known)


def languages() -> Iterator[str]:
    """Yield the words that speak for another language than that of Indonesian news, and how strongly.

    The weight is the log of how much likelier a word is there than in the counted news, in tenths of a nat: of its
    frequency where wordfreq has one, of that of a typical word of the hand-written lists (FUNCTION_WORD) elsewhere.
    """
    total = sum(tokens for tokens, *_ in counts().values())
    english, indonesian = listed("english"), listed("accepted") | listed("roots")

    def weight(word: str, language: str, frequency: float) -> float:
        telling = math.log(frequency * total / (count_of(word) + 1))
        return min(MOST_TELLING, telling - SHARED if word in indonesian and language != "chat" else telling)

    found: dict[tuple[str, str], float] = {}
    for word, n in read("languages/malay.tsv.xz"):
        if word not in english and int(n) >= MALAY_USES and 2 * counts().get(word, (0, 0, 0, 0))[2] <= int(n):
            found[word, "malay"] = weight(word, "malay", int(n) / 1e7)
    for word, n in read("languages/english.tsv.xz"):
        found[word, "english"] = weight(word, "english", int(n) / 1e7)
    for path in sorted((SEEDS / "languages").glob("*.txt")):
        for (line,) in read(f"languages/{path.name}"):
            for word in line.split():
                if len(word) > 1 and word.isascii() and word.isalpha():
                    key = word, path.stem
                    found[key] = max(found.get(key, 0.0), weight(word, path.stem, FUNCTION_WORD))
    merely_nonstandard = {word for word, _, _ in read("standard.tsv")}
    rows: dict[str, list[str]] = defaultdict(list)
    for (word, language), telling in sorted(found.items()):
        if language == "indonesian":
            rows[word].append("indonesian")
        elif language == "chat":
            if telling >= LEAST_TELLING:
                rows[word].append(f"chat {10 * telling:.0f}")
        elif telling >= (LEAST_SHARED if word in indonesian else LEAST_TELLING) and word not in merely_nonstandard:
            rows[word].append(f"{language} {10 * telling:.0f}")
    yield from ("\t".join([word, *languages]) + "\n" for word, languages in rows.items())


def copied(name: str) -> Callable[[], Iterator[str]]:
    """Make the function that yields the rows of a seed as they are."""
    return lambda: ("\t".join(row) + "\n" for row in read(name))


FILES = {
    "words.tsv": (word_rows, "word, uses as a common word in the counted corpus, status"),
    "repeats.tsv": (copied("repeats.tsv"), "a word that stands twice side by side, how it is meant: once, or with a hyphen"),
    "mastheads.tsv": (copied("mastheads.tsv"), "name, domain, verified, kind, further right forms with | between"),
    "attested.tsv": (attested, "word, lists that have it, its standard form, collections of news that have it, articles"),
    "families.tsv": (families, "root, uses of words made of it, itself included"),
    "names.tsv": (names, "word, uses capitalised inside a sentence in the counted corpus"),
    "languages.tsv": (
        languages,
        "word, languages that have it: each with the log of how much likelier it is there than in news, in tenths",
    ),
    "joins.tsv": (joins, "prefix, the rest of a word that is one word with it, uses"),
    "protected.tsv": (protected, "word never touched"),
    "rewrites.tsv": (rewrites, "what is typed, a slip whatever stands around it, what is meant, why"),
    "standard.tsv": (
        copied("standard.tsv"),
        "what is written, merely not standard by KBBI VI and EYD V, the standard spelling, why",
    ),
    "slips.tsv": (
        slips,
        "kind of slip, what was typed, what was meant, times seen; kind `letter`: times one, or two in a row, were there",
    ),
    "decision.tsv": (
        copied("decision.tsv"),
        "feature that speaks for or against a slip (spelling/features.py), its weight in the logit",
    ),
    "reliability.tsv": (
        copied("reliability.tsv"),
        "confidence, in 10,000 words: spelling edits at or above it, wrong ones among them, wrong ones at most (95 % sure)",
    ),
    "commas.tsv": (
        copied("counts/commas.tsv"),
        "word (0 a number), spaces, commas and full stops behind it, spaces and commas before it, in well-set news",
    ),
    "noise.tsv": (
        copied("counts/noise.tsv"),
        "what was repaired (normalize/noise/rates.py), times, in a sample of the counted news",
    ),
    "confidence.tsv": (
        copied("confidence.tsv"),
        "rule, edits drawn from sources that no count had seen and read, right ones among them",
    ),
    "trigrams.tsv": (trigrams, "three letters, words of the lexicon that have them"),
}


def built(name: str) -> bytes:
    """Make the bytes of one dictionary file."""
    rows, header = FILES[name]
    return unicodedata.normalize("NFC", f"# {header}\n" + "".join(sorted(rows()))).encode()


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Compare instead of writing.")
def main(check: bool) -> None:
    files = {name: built(name) for name in FILES}
    shipped = {**files, COUNTED: (HERE / COUNTED).read_bytes()}
    manifest = "# file, bytes, SHA-256\n" + "".join(
        f"{name}\t{len(data)}\t{hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(shipped.items())
    )
    files["MANIFEST.tsv"] = manifest.encode()
    stale = [name for name, data in files.items() if not check or (HERE / name).read_bytes() != data]
    if check and stale:
        sys.exit(f"not what build.py makes of seeds/: {', '.join(sorted(stale))}. Run: python dictionaries/make/build.py")
    for name in stale:
        (HERE / name).write_bytes(files[name])
        print(f"{name}: {len(files[name]):,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()

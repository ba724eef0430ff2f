"""Why a word was changed, or why not: everything that is known of it and that is weighed where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from ..edit import Edit
from ..lexicon import Lexicon
from .boundaries import Respelling
from .context import EDGE
from .corrector import Corrector, before, begins_sentence, is_tied, occurrences
from .decision import FEATURES, Evidence, Site
from .morphology import Analysis, analyses, is_colloquial


@dataclass(frozen=True, slots=True)
class Option:
    """A word that may have been meant, and what it is ranked by; all in nats, more is likelier but for the cost."""

    meant: str
    prior: float  # log P(meant)
    cost: float  # -log P(typed | meant)
    fit: float  # how much better than alone it stands between its neighbours
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """An occurrence of the word, [start, end) in code points, and what comes of it."""

    start: int
    end: int
    shields: tuple[str, ...]  # what keeps it from being weighed
    left: str  # neighbours as the context knows them: "." a mark, "#" a number, "" an unknown word
    right: str
    options: tuple[Option, ...]  # best first
    probability: float | None  # that the best one was meant; None where nothing was weighed
    margin: float | None  # of the best one to the next, in nats
    reasons: tuple[tuple[str, float], ...]  # what the probability's logit is the sum of, weightiest first
    edits: tuple[Edit, ...]  # what the normalizer makes of it


@dataclass(frozen=True, slots=True)
class WordExplanation:
    """A word, what is known of it, and the places where it stands."""

    word: str
    standing: str  # root, right, rare, doubtful (dictionaries/build.py) or unknown
    uses: int  # as a common word in the counted corpus
    name_uses: int  # capitalised inside a sentence there
    rewrite: str  # what rewrites.tsv has for it, "" where nothing
    standard: str  # what standard.tsv has for it, "" where nothing
    readings: tuple[Analysis, ...]  # affixes around known roots
    split: Respelling | None  # the words it falls into
    near: tuple[str, ...]  # words of the lexicon it may be a slip of
    least: float  # probability at which a slip is mended
    places: tuple[Place, ...]


def explain_word(corrector: Corrector, word: str, text: str, edits: Sequence[Edit]) -> WordExplanation:
    """Tell everything `corrector` considers for `word` wherever it stands in `text`, in which `edits` were made.

    Raises ValueError where `word` is no single run of ASCII letters, or does not stand in `text`.
    """
    if not (word.isascii() and word.isalpha()):
        raise ValueError(f"{word!r} is not a word of letters a to z")
    starts = list(occurrences(text, word))
    if not starts:
        raise ValueError(f"{word!r} does not stand in the text")
    lexicon, evidence, low = corrector.lexicon, corrector.evidence, word.lower()
    standing, uses = _standing(low, lexicon)
    return WordExplanation(
        word=word,
        standing=standing,
        uses=uses,
        name_uses=lexicon.names.get(low, 0),
        rewrite=lexicon.rewrites.get(word) or lexicon.rewrites.get(low, ""),
        standard=lexicon.standard.get(word) or lexicon.standard.get(low, ""),
        readings=tuple(dict.fromkeys(analyses(low, lexicon.roots))),
        split=corrector.boundaries.split(low),
        near=tuple(evidence.candidates.near(low)),
        least=corrector.least,
        places=tuple(_place(text, word, start, corrector, edits) for start in starts),
    )


def _standing(low: str, lexicon: Lexicon) -> tuple[str, int]:
    if low in lexicon.words:
        return ("root" if low in lexicon.roots else "right"), lexicon.words[low]
    if low in lexicon.rare:
        return "rare", lexicon.rare[low]
    return ("doubtful", lexicon.doubtful[low]) if low in lexicon.doubtful else ("unknown", 0)


def _place(text: str, word: str, start: int, corrector: Corrector, edits: Sequence[Edit]) -> Place:
    end = start + len(word)
    shields = _shields(text, word, start, corrector.lexicon)
    site = next((site for site, at in corrector.sites(text, word, list(occurrences(text, word))) if at == start), None)
    options: tuple[Option, ...] = ()
    probability = margin = None
    reasons: tuple[tuple[str, float], ...] = ()
    if site is not None:
        options = _options(site, corrector.evidence)
        weighed = corrector.evidence.weigh(site)
        if weighed is not None:
            probability = weighed.probability
            margin = options[0].score - options[1].score if len(options) > 1 else None
            weights = corrector.evidence.weights
            parts = zip(FEATURES, map(mul, weights, weighed.features), strict=False)  # a twin has no features
            reasons = tuple(sorted(((name, part) for name, part in parts if part), key=lambda pair: -abs(pair[1])))
    return Place(
        start,
        end,
        shields,
        site.left if site else "",
        site.right if site else "",
        options,
        probability,
        margin,
        reasons,
        tuple(edit for edit in edits if edit.start < end and edit.end > start),
    )


def _options(site: Site, evidence: Evidence) -> tuple[Option, ...]:
    cases = evidence.cases(site.typed)
    fits = evidence.context.fits([case.meant for case in cases], site.left or EDGE, site.right or EDGE)
    prior, cost, fit = evidence.ranking
    options = [
        Option(case.meant, case.prior, case.cost, found, prior * case.prior + cost * case.cost + fit * found)
        for case, found in zip(cases, fits, strict=True)
    ]
    return tuple(sorted(options, key=lambda option: (-option.score, option.meant)))


def _shields(text: str, word: str, start: int, lexicon: Lexicon) -> tuple[str, ...]:
    """What keeps a word from being weighed at `start`."""
    low, end = word.lower(), start + len(word)
    capitalised = word != low
    shields = {
        "a word known to be right": low in lexicon.words and low not in lexicon.rewrites,
        "not standard, but deliberate": low in lexicon.standard,
        "a name": capitalised and low in lexicon.names,
        "protected": low in lexicon.protected,
        "too short": len(word) < 3,
        "capitals inside it": word not in (low, low.capitalize()),
        "capitalised inside a sentence": capitalised and not begins_sentence(text, start, before(text, start)),
        "built as in speech": is_colloquial(low, lexicon.roots),
        "part of an address, a handle, a file name or an elision": is_tied(text, start, end),
    }
    return tuple(name for name, holds in shields.items() if holds)


def told(explanation: WordExplanation) -> str:
    """A word's explanation as plain text, for a person."""
    e = explanation
    lines = [f"{e.word}: {e.standing}, {e.uses:,} uses as a common word, {e.name_uses:,} as a name"]
    lines += [f"  rewrites.tsv: {e.rewrite}"] * bool(e.rewrite) + [f"  standard.tsv: {e.standard}"] * bool(e.standard)
    lines += ["  built as " + " + ".join(filter(None, reading)) for reading in e.readings]
    if e.split:
        lines.append(f"  falls into {e.split.after!r} ({e.split.rule}, {e.split.confidence})")
    lines.append("  one slip, or two, away: " + (", ".join(e.near) or "nothing"))
    for place in e.places:
        lines += ["", f"at {place.start}-{place.end}: {_verdict(place)}"]
        lines += [f"  shield: {shield}" for shield in place.shields]
        if place.options:
            lines.append(f"  between {place.left or 'an unknown word'!r} and {place.right or 'an unknown word'!r}:")
            lines += [
                f"    {o.meant:20} score {o.score:7.2f}  prior {o.prior:7.2f}  cost {o.cost:6.2f}  fit {o.fit:6.2f}"
                for o in place.options
            ]
        if place.probability is not None:
            margin = "no rival" if place.margin is None else f"margin {place.margin:.2f}"
            lines.append(f"  probability {place.probability:.4f} ({margin}; changed from {e.least}), the logit being")
            lines += [f"    {part:+7.2f}  {name}" for name, part in place.reasons]
    return "\n".join(lines)


def _verdict(place: Place) -> str:
    if not place.edits:
        return "kept"
    return "; ".join(f"{e.before!r} becomes {e.after!r} ({e.rule}, {e.confidence:.4g})" for e in place.edits)

"""Explain why a word was changed, or why not: everything that is known of it, and what it was weighed by where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import floor
from operator import mul

from .. import kernel
from ..edit import Edit
from ..language.judge import ENOUGH, INDONESIAN, Judge
from ..language.passages import language_of
from ..lexicon import Lexicon
from ..stand_ins import stand_ins
from .boundaries import BoundaryFix
from .corrector import Corrector
from .decision import MIN_MARGIN, ScoredCandidate, SlipDecision, WordInContext, doubt, is_likely
from .features import FEATURES, MARGIN
from .morphology import Analysis, analyses, is_colloquial
from .place import before, begins_name, begins_sentence, belongs_to_others, is_alone, is_tied, occurrences
from .slips import SLIP


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate ranked at one place. All values are in nats; higher is likelier, except for the cost."""

    meant: str
    prior: float  # log P(meant)
    cost: float  # -log P(typed | meant)
    pmi: float  # how much likelier it is between its neighbours than anywhere
    score: float


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence of the word, [start, end) in code points, and the decision about it."""

    start: int
    end: int
    shields: tuple[str, ...]  # what keeps it from being weighed
    guards: tuple[str, ...]  # what keeps it as it is though it was weighed
    left: str  # its neighbours as context.py knows them: "." a mark, "#" a number, "" an unknown word
    right: str
    candidates: tuple[RankedCandidate, ...]  # best first
    probability: float | None  # that the best one was meant; None where nothing was weighed
    margin: float | None  # of the best one to the next, in nats
    reasons: tuple[tuple[str, float], ...]  # the features times their weights, which add up to the logit; weightiest first
    edits: tuple[Edit, ...]  # those that the normalizer made there


@dataclass(frozen=True, slots=True)
class WordExplanation:
    """A word, what is known of it, and its occurrences in a text."""

    word: str
    status: str  # root, right, rare, unverified (dictionaries/make/build.py) or unknown
    count: int  # as a common word in the counted corpus
    name_count: int  # capitalised inside a sentence there
    rewrite: str  # what rewrites.tsv has for it, "" where nothing
    standard: str  # what standard.tsv has for it, "" where nothing
    analyses: tuple[Analysis, ...]  # affixes around known roots
    split: BoundaryFix | None  # the words that it is split into
    nearest: tuple[str, ...]  # words of the lexicon that it may be a slip of
    min_probability: float  # at which a slip is mended
    ranking: tuple[float, ...]  # the weights of prior, cost and pmi in a candidate's score
    occurrences: tuple[Occurrence, ...]


def explain_word(corrector: Corrector, judge: Judge | None, word: str, text: str, edits: Sequence[Edit]) -> WordExplanation:
    """Explain what `corrector` considers for `word` wherever it stands in `text`, in which `edits` were made.

    judge: what tells other languages; None where none does.

    Raises ValueError where `word` is no single run of ASCII letters, or does not stand in `text`.
    """
    if not (word.isascii() and word.isalpha()):
        raise ValueError(f"{word!r} is not a word of letters a to z")
    text = text.translate(stand_ins(text))
    starts = list(occurrences(text, word))
    if not starts:
        raise ValueError(f"{word!r} does not stand in the text")
    lexicon, decision, low = corrector.lexicon, corrector.decision, word.lower()
    status, count = _status(low, lexicon)
    return WordExplanation(
        word=word,
        status=status,
        count=count,
        name_count=lexicon.names.get(low, 0),
        rewrite=lexicon.rewrites.get(word) or lexicon.rewrites.get(low, ""),
        standard=lexicon.standard.get(word) or lexicon.standard.get(low, ""),
        analyses=tuple(dict.fromkeys(analyses(low, lexicon.roots))),
        split=corrector.boundaries.split(low),
        nearest=tuple(decision.search.nearest(low)),
        min_probability=corrector.min_probability,
        ranking=tuple(decision.ranking),
        occurrences=tuple(_occurrence(text, word, start, corrector, judge, edits) for start in starts),
    )


def _status(low: str, lexicon: Lexicon) -> tuple[str, int]:
    """Return the status of a lower-case word, and its uses in the counted corpus."""
    if low in lexicon.words:
        return ("root" if low in lexicon.roots else "right"), lexicon.words[low]
    if low in lexicon.rare:
        return "rare", lexicon.rare[low]
    return ("unverified", lexicon.unverified[low]) if low in lexicon.unverified else ("unknown", 0)


def _occurrence(
    text: str, word: str, start: int, corrector: Corrector, judge: Judge | None, edits: Sequence[Edit]
) -> Occurrence:
    end = start + len(word)
    here, best, guards = _weighed(text, word, start, corrector, judge)
    made = tuple(edit for edit in edits if edit.start < end and edit.end > start)
    candidates = _ranked(here, corrector.decision) if here else ()
    weights = corrector.decision.weights
    parts = zip(FEATURES, map(mul, weights, best.features), strict=False) if best else ()  # another half has no features
    return Occurrence(
        start,
        end,
        _shields(text, word, start, corrector.lexicon),
        () if made else guards,
        here.left if here else "",
        here.right if here else "",
        candidates,
        best.probability if best else None,
        candidates[0].score - candidates[1].score if best and len(candidates) > 1 else None,
        tuple(sorted(((name, part) for name, part in parts if part), key=lambda pair: -abs(pair[1]))),
        made,
    )


def _weighed(
    text: str, word: str, start: int, corrector: Corrector, judge: Judge | None
) -> tuple[WordInContext | None, ScoredCandidate | None, tuple[str, ...]]:
    """Return the word in its context, the likeliest candidate, and what keeps the word; None where it is not weighed."""
    in_context = corrector.slips.words_in_context(text, word, list(occurrences(text, word)))
    plain = next((here for here, at in in_context if at == start), None)
    if plain is None:
        return None, None, ()
    here = corrector.slips.amid(corrector.slips.in_text(plain, text, start), text, start)
    best, needed = corrector.decision.likeliest(here), corrector.min_probability
    if best is None:
        return here, None, ()
    corrections = corrector.corrections(text, kernel.utf8(text))
    verdict = INDONESIAN
    if judge:
        slips = partial(judge.typed_in_haste, [edit for edit in corrections if edit.rule == SLIP])
        verdict = judge.verdict(text, start, start + len(word), best.meant, slips, best.probability)
    alone = corrector.decision.likeliest(here._replace(foreign_words=0, chat=0))
    guards = {
        f"another word is nearly as likely: within {MIN_MARGIN} nats": best.features and best.features[MARGIN] < MIN_MARGIN,
        f"it may be right, so it must be {doubt(best)} nats surer": best.is_listed and not is_likely(best, needed),
        "foreign words or chat stand around it": alone and is_likely(alone, needed) and not is_likely(best, needed),
        "in a line of tags, or part of a phrase": belongs_to_others(
            text, start, start + len(word), corrector.lexicon.words, corrector.decision.attested.english
        ),
        f"it may stand in {language_of(verdict)}": verdict.logit > ENOUGH,
    }
    return here, best, tuple(name for name, holds in guards.items() if holds)


def _ranked(here: WordInContext, decision: SlipDecision) -> tuple[RankedCandidate, ...]:
    candidates = decision.candidates(here.typed)
    pmis = decision.context.pmi([candidate.meant for candidate in candidates], here.left, here.right)
    prior, cost, pmi = decision.ranking
    ranked = [
        RankedCandidate(c.meant, c.prior, c.cost, found, prior * c.prior + cost * c.cost + pmi * found)
        for c, found in zip(candidates, pmis, strict=True)
    ]
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.meant)))


def _shields(text: str, word: str, start: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Name what keeps a word from being weighed at `start`."""
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
        "before a name": capitalised and begins_name(text, start, end, lexicon.words),
        "built as in speech": is_colloquial(low, lexicon.roots),
        "alone in brackets or quotation marks": is_alone(text, start, end),
        "part of an address, a handle, a file name or an elision": is_tied(text, start, end),
    }
    return tuple(name for name, holds in shields.items() if holds)


def rendered(explanation: WordExplanation) -> str:
    """Write an explanation as plain text, for a person. Probabilities are rounded down, as the confidence of an edit is."""
    e = explanation
    prior, cost, pmi = e.ranking
    score = f"score = {prior:.2f} prior - {-cost:.2f} cost + {pmi:.2f} pmi"
    lines = [f"{e.word}: {e.status}, {e.count:,} uses as a common word, {e.name_count:,} as a name"]
    lines += [f"  rewrites.tsv: {e.rewrite}"] * bool(e.rewrite) + [f"  standard.tsv: {e.standard}"] * bool(e.standard)
    lines += ["  built as " + " + ".join(filter(None, analysis)) for analysis in e.analyses]
    if e.split:
        lines.append(f"  splits into {e.split.after!r} ({e.split.rule}, {e.split.confidence})")
    lines.append("  one slip, or two, away: " + (", ".join(e.nearest) or "nothing"))
    unknown = "an unknown word"
    for occurrence in e.occurrences:
        lines += ["", f"at {occurrence.start}-{occurrence.end}: {_verdict(occurrence)}"]
        lines += [f"  shield: {shield}" for shield in occurrence.shields]
        lines += [f"  guard: {guard}" for guard in occurrence.guards]
        if occurrence.candidates:
            lines.append(f"  between {occurrence.left or unknown!r} and {occurrence.right or unknown!r}, by {score}:")
            lines += [
                f"    {o.meant:20} score {o.score:7.2f}  prior {o.prior:7.2f}  cost {o.cost:6.2f}  pmi {o.pmi:6.2f}"
                for o in occurrence.candidates
            ]
        if occurrence.probability is not None:
            margin = "no rival" if occurrence.margin is None else f"margin {occurrence.margin:.2f}"
            said = f"{floor(1e4 * occurrence.probability) / 1e4:.4f} ({margin}; changed from {e.min_probability})"
            lines.append(f"  probability {said}; the log of its odds is the sum of")
            lines += [f"    {part:+7.2f}  {name}" for name, part in occurrence.reasons]
    return "\n".join(lines)


def _verdict(occurrence: Occurrence) -> str:
    if not occurrence.edits:
        return "kept"
    return "; ".join(f"{e.before!r} becomes {e.after!r} ({e.rule}, {e.confidence:.4g})" for e in occurrence.edits)

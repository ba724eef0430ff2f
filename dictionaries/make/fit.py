"""Fit the weights of the spelling decision (seeds/decision.tsv) to labelled words; build.py ships them.

    python dictionaries/make/fit.py      (needs the extra `make`)

seeds/labelled.tsv holds words of articles left out of the counts, as they stood: typed, left and right neighbour, other
half, capitalised, repeated, foreign words, chat, sure slip nearby, the candidates that the text has elsewhere and how often
("suah 1, sudah 2"), its size up to 3,000 code points (0 where it was not kept), what was meant ("" where the word is right
as it stands), and where it is from: `news` (read and labelled by hand), `cut` (the same, the last letter lost with a comma),
`more` (the same, of articles that are in the counts), `elsewhere` (all words that were weighed in 1,090 articles of
collections of which nothing is in the bigrams), the name of a repository (words that had a tenth or more by the weights
before, each twice at most, in 6,321 articles of 34 collections that nobody counted; of 120 that two readers had 119 got one
label) or `slip` (a right word mistyped on purpose). Prints precision and recall by threshold, and the reliability of the
probabilities, each row scored by a fit that has not seen it, a row of a repository by one that has seen nothing of that.
seeds/reliability-by-source.tsv has, for each of these, how many words were said to be slips, and how many are.

seeds/read.tsv holds the other spelling edits made in the articles of `news`, read and judged. With `elsewhere` they give
seeds/reliability.tsv: how many edits, and how many wrong ones, are made in 10,000 words at each threshold.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.stats import chi2
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE.parent))

from normalize.lexicon import load, read_tsv  # noqa: E402
from normalize.spelling.boundaries import Boundaries  # noqa: E402
from normalize.spelling.corrector import LISTED  # noqa: E402
from normalize.spelling.decision import CUT_WORD, SlipDecision, WordInContext, doubt  # noqa: E402
from normalize.spelling.features import FEATURES, RANKING  # noqa: E402

SLIP_WEIGHT = 0.15  # of a made-up slip against a word read in the news: a choice
NEWS_IN_SCALING = 0.1  # weight of a word of the counted collections where probabilities are scaled: a choice
FOLDS = 10  # of cross-validation
WORDS_READ = 448_038  # in the 1,932 articles set aside, whose edits but for slips are in read.tsv
WORDS_ELSEWHERE = 351_625  # in the 1,090 articles of 18 collections that nobody counted, whose weighed words were labelled
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995)
BANDS = ((0.5, 0.8), (0.8, 0.85), (0.85, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01))  # of seeds/reliability-by-source.tsv
SURE = 0.95  # that the rate of wrong edits is no higher than `at most`


def rank_weights(decision: SlipDecision, rows: list[tuple[WordInContext, str, str]]) -> np.ndarray:
    """Fit the weights that rank the word meant first: a conditional logit, by gradient ascent."""
    groups = []
    for here, meant, source in rows:
        near = [candidate.meant for candidate in decision.candidates(here.typed)]
        if meant in near and len(near) > 1 and not (here.other_half or source == "cut"):
            pmis = decision.context.pmi(near, here.left, here.right)
            candidates = decision.candidates(here.typed)
            features = np.array([(c.prior, c.cost, pmi) for c, pmi in zip(candidates, pmis, strict=True)])
            groups.append((features, near.index(meant)))
    weights = np.array([0.5, -0.5, 0.5])
    for _ in range(400):
        gradient = np.zeros(3)
        for features, right in groups:
            odds = np.exp(features @ weights - (features @ weights).max())
            gradient += features[right] - (odds / odds.sum()) @ features
        weights += 0.05 * gradient / len(groups)
    hits = np.mean([np.argmax(features @ weights) == right for features, right in groups])
    print(f"ranking: of {len(groups)} words with several candidates the right one comes first for {hits:.3f}")
    return weights


def logit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fit the weights of a logistic regression, on the features as they are."""
    mean, scale = x.mean(0), x.std(0)
    scale[scale == 0] = 1.0
    mean[0], scale[0] = 0.0, 1.0  # the bias
    model = LogisticRegression(C=1.0, max_iter=3000, fit_intercept=False).fit((x - mean) / scale, y, weight)
    weights = model.coef_[0] / scale
    weights[0] -= (model.coef_[0] * mean / scale).sum()
    return weights


def boundary_edits(decision: SlipDecision) -> list[tuple[float, bool]]:
    """List the confidence that each edit of read.tsv gets now, and whether it is right."""
    lexicon = decision.lexicon
    boundaries = Boundaries(lexicon, decision.context)
    edits = []
    for rule, before, _, right, wrong in read_tsv(HERE.parent / "seeds" / "read.tsv"):
        if rule == "spelling.joined":
            confidence = boundaries.is_joined(*before.lower().split())
        elif rule == "spelling.rewrite":
            confidence = LISTED if before in lexicon.rewrites or before.lower() in lexicon.rewrites else 0.0
        else:
            split = None if before.lower() in lexicon.standard else boundaries.split(before.lower())
            confidence = split.confidence if split else 0.0
        edits += [(confidence, True)] * int(right) + [(confidence, False)] * int(wrong)
    return edits


def write_reliability(slips: list[tuple[float, bool]], others: list[tuple[float, bool]]) -> None:
    """Write seeds/reliability.tsv. `at most` is the upper end of the exact interval for a Poisson rate (Garwood 1936)."""
    with (HERE.parent / "seeds" / "reliability.tsv").open("w", encoding="utf-8") as out:
        out.write("# confidence, in 10,000 words: edits at or above it, wrong of them, wrong at most (95 % sure)\n")
        for threshold in THRESHOLDS:
            rates = np.zeros(3)
            for edits, words in ((slips, WORDS_ELSEWHERE), (others, WORDS_READ)):
                made = [right for confidence, right in edits if confidence >= threshold]
                wrong = made.count(False)
                rates += 10_000 / words * np.array([len(made), wrong, chi2.ppf(SURE, 2 * wrong + 2) / 2])
            out.write("\t".join([str(threshold), *(f"{rate:.3f}" for rate in rates)]) + "\n")


def write_by_source(origin: np.ndarray, probability: np.ndarray, right: np.ndarray) -> None:
    """Write seeds/reliability-by-source.tsv, the repositories with the most words first."""
    names, counts = np.unique(origin, return_counts=True)
    with (HERE.parent / "seeds" / "reliability-by-source.tsv").open("w", encoding="utf-8") as out:
        bands = [f"words and right ones at {low:.2f}-{min(high, 1):.2f}" for low, high in BANDS]
        out.write("\t".join(["# repository", "weighed", "slips", *bands]) + "\n")
        for name in sorted(names, key=lambda name: (-counts[names == name][0], name)):
            here = origin == name
            banded = [here & (probability >= low) & (probability < high) for low, high in BANDS]
            cells = [f"{band.sum()} {right[band].sum()}" for band in banded]
            out.write("\t".join([name, str(here.sum()), str(right[here].sum()), *cells]) + "\n")


def times_of(in_text: str) -> dict[str, int]:
    """What the column of candidates in the text says."""
    return {word: int(times) for word, _, times in (one.partition(" ") for one in in_text.split(", ")) if times}


def main() -> None:
    decision = SlipDecision(load())
    lexicon = decision.lexicon
    boundaries = Boundaries(lexicon, decision.context)
    decided = lexicon.words.keys() | lexicon.standard.keys() | lexicon.rewrites.keys() | lexicon.protected
    rows = []
    for row in read_tsv(HERE.parent / "seeds" / "labelled.tsv"):
        typed, left, right, other_half, capitalised, repeated, foreign_words, chat, sure, in_text, size, meant, source = row
        if source != "slip" and (typed in decided or boundaries.split(typed)):
            continue  # no longer weighed
        near = int(repeated), int(foreign_words), int(chat), sure == "1", times_of(in_text), int(size)
        here = WordInContext(typed, left, right, other_half, capitalised == "1", *near)
        rows.append((here, meant, source))
    decision.ranking = list(rank_weights(decision, rows))
    whole = [row for row in rows if not row[0].other_half and row[2] != "cut"]
    weighed = [(decision.likeliest(here), meant, source) for here, meant, source in whole]
    x = np.array([w.features for w, _, _ in weighed if w])
    y = np.array([w.meant == meant for w, meant, _ in weighed if w])
    news = np.array([source != "slip" for w, _, source in weighed if w])
    doubts = np.array([doubt(w) for w, _, _ in weighed if w])
    weight = np.where(news, 1.0, SLIP_WEIGHT)
    probability = np.zeros(len(y))
    origin = np.array([source for w, _, source in weighed if w])
    sources = np.char.find(origin, "/") > 0
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(x, y * 2 + news))
    folds = [(train, test[~sources[test]]) for train, test in folds]
    folds += [(np.flatnonzero(origin != name), np.flatnonzero(origin == name)) for name in sorted({*origin[sources]})]
    for train, test in folds:
        probability[test] = 1 / (1 + np.exp(-x[test] @ logit(x[train], y[train], weight[train])))
    # Platt scaling on collections that nobody counted: what is called 0.9 shall be right nine times in ten there.
    elsewhere = origin == "elsewhere"
    score = np.log(probability / (1 - probability))
    platt = LogisticRegression(C=1e6).fit(
        score[:, None], y, np.where(elsewhere | sources, 1.0, np.where(news, NEWS_IN_SCALING, 0.0))
    )
    stretch, shift = platt.coef_[0][0], platt.intercept_[0]
    probability = 1 / (1 + np.exp(-(np.log(probability / (1 - probability)) * stretch + shift)))
    final = logit(x, y, weight) * stretch
    final[0] += shift
    for name, chosen in (
        ("news", news & ~elsewhere & ~sources),
        ("elsewhere", elsewhere),
        ("sources", sources),
        ("made up", ~news),
    ):
        print(f"{name}: {chosen.sum()} words, {y[chosen].sum()} slips")
        for threshold in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98):
            made = chosen & (probability >= threshold)
            print(f"  at {threshold}: precision {y[made].mean():.3f}, recall {y[made].sum() / y[chosen].sum():.3f}")
        print("  probability said, share right, words")
        for low, high in ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
            made = chosen & (probability >= low) & (probability < high)
            if made.any():
                print(f"  {low:.2f}-{min(high, 1):.2f}\t{y[made].mean():.3f}\t{made.sum()}")
    shown = 1 / (1 + np.exp(doubts) * (1 - probability) / probability)  # what a threshold is held against
    completed = [(decision.completed(here), meant) for here, meant, source in rows if source == "cut"]
    cut = [(CUT_WORD, word == meant) for word, meant in completed if word]
    write_reliability([*zip(shown[elsewhere], y[elsewhere], strict=True)], [*cut, *boundary_edits(decision)])
    write_by_source(origin[sources], shown[sources], y[sources])
    with (HERE.parent / "seeds" / "decision.tsv").open("w", encoding="utf-8") as out:
        out.write("# feature that speaks for or against a slip (spelling/features.py), its weight in the logit\n")
        for name, value in [*zip(RANKING, decision.ranking, strict=True), *zip(FEATURES, final, strict=True)]:
            out.write(f"{name}\t{value:.4f}\n")


if __name__ == "__main__":
    main()

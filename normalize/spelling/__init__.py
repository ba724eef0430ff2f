"""Spelling: which words of a text are changed, and into what.

corrector.py walks through a text and is where to start reading; decision.py decides about one word in its place, with the
features that speak for it or against it (features.py, pair_features.py), the candidates (candidates.py, speller.py), how
likely the slip is (channel.py), the words beside it (context.py), and how Indonesian builds words (morphology.py, roots.py).
other_half.py decides by the other half of a word with a hyphen, slips.py for each place of a text (place.py,
surroundings.py), lone_names.py about capitalised words. accepted.py and
deliberate.py have the forms that stay; word_memo.py remembers what was decided. boundaries.py splits and joins words,
segmentation.py parts longer runs, repeats.py looks at words that stand twice, lost_commas.py at texts that lost theirs.
explain_word.py shows a person what was considered.
"""

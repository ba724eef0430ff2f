"""Spelling: which words of a text are changed, and into what.

corrector.py walks through a text and is where to start reading; decision.py decides about one word in its place, with the
candidates (candidates.py), how likely the slip is (channel.py), the words beside it (context.py) and how Indonesian builds
words (morphology.py). boundaries.py splits and joins words; explain_word.py shows a person what was considered.
"""

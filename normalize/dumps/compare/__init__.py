"""Two edit logs about the same dump, held side by side: what versions, options or dictionaries change.

Start reading at differences.py, which pairs the edits; summary.py counts them by rule and keeps examples, page.py and
rendered.py show it all.
"""

"""Judgements of people on the edits of a run: a page to answer on, a sample to judge, and the use of the answers.

Start reading at answers.py, the file that keeps them; changes.py groups the edits of a log, page.py and page.js ask about
them, server.py serves that page, precision.py counts, verdict.py is what a later run does by the answers.
"""

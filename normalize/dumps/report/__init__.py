"""Output for people: the edits of a text as a diff, and the report of a run as JSON or as a page.

Start reading at data.py (the figures of a report); page.py and page.css show them, diff.py shows edits.
"""

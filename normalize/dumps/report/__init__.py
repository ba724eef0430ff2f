"""Output for people: the edits of a text as a diff, and the report of a run as JSON or as a page.

Start reading at data.py (the figures of a report); page.py and page.css show them (markup.py is what pages are made
of), card.py writes them as a dataset card. diff.py shows edits, edit_table.py has them as rows.
"""

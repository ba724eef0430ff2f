"""The edit log: every change of a run, enough to undo it or to make it again.

Start reading at entries.py (the lines); file.py opens a log in any form, other_formats.py has Parquet and Dolma, reader.py
finds the lines about a piece of an input for undo and apply, where.py is the language of --where.
"""

"""The edit log: every change of a run, enough to undo it or to make it again.

Start reading at entries.py (the lines); file.py opens a log in any form and yields its entries, other_formats.py has Parquet
and Dolma, reader.py finds the lines about a piece of an input by place or id, as matching.py decides, state.py tells which
edits stand. where.py is the language of --where, choose.py picks and counts, contexts.py joins a log with its texts.
"""

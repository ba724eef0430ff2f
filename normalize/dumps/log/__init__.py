"""The edit log: its entries, the file they lie in, the reader that undo and apply use. Start reading at entries.py."""

"""Dates: which day is meant, and whether what is printed is right. Start reading at mentions.py."""

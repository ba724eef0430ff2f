"""Newsroom: the outlets and the people who write for them, as texts name them.

Start reading at gazetteer.py, which knows the outlets and finds the one that a misspelt name means; masthead_mentions.py and
byline_mentions.py find both in texts; roster.py and transliteration.py repair the names of people.
"""

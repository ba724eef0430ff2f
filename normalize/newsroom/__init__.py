"""Outlets and the people who write for them: names, mentions, rosters. Start reading at gazetteer.py."""

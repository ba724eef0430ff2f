"""Spelling: which words of a text are touched, and what they become. Start reading at corrector.py."""

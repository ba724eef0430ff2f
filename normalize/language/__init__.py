"""The language of a text, a paragraph or a run of words, and whether spelling may touch it.

Start reading at judge.py; evidence.py says what a word is worth, old_spelling.py knows the spelling of before 1972,
sound_changes.py how neighbouring languages say a word. passages.py tells which sentences are in another language,
lower_case.py what a text without capitals is.
"""

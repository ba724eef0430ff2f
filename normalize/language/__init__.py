"""The language of a text, a paragraph or a run of words, and whether spelling may touch it.

Start reading at judge.py; evidence.py says what a word is worth, old_spelling.py knows the spelling of before 1972,
sound_changes.py how neighbouring languages say a word. quotation.py finds the line and the quotation around a place,
passages.py the sentences in another language; lower_case.py judges texts without capitals.
"""

"""Noise: what scraping and typing break, put into clean text as often as a dump has it, so that a cleaner can be measured.

Each kind knows where it could be in a text and what stands there then; `rates` say in how many texts it is, and how densely.
Both were counted on what this project repairs in a dump: what it misses is not there.

Start reading at kind.py; words.py, joints.py, newsroom.py and page.py have the kinds, kinds.py all of them in order,
generator.py puts them into a text.
"""

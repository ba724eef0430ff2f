"""Time the engine, part by part, and the tools it is compared with.

Start reading at timing.py (the costs of a run over a dump); peers.py has the other tools and how each is called.
"""

"""`python -m normalize` is the command `normalize`."""

from .cli import script

script()

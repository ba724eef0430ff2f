"""All kinds of noise, in the order in which they are put in: where two would overlap, the first stays."""

from __future__ import annotations

from functools import cache

from ..spelling.channel import Channel
from . import joints, newsroom, page, words
from .kind import Kind

BUT_SLIPS = (*page.KINDS, *newsroom.KINDS, *joints.KINDS, *words.KINDS)
NAMES = (*(kind.name for kind in BUT_SLIPS), words.SLIP)


def kinds(channel: Channel) -> tuple[Kind, ...]:
    """List all kinds; the channel says how words are mistyped."""
    return (*BUT_SLIPS, words.slips(channel))


@cache
def shipped() -> tuple[Kind, ...]:
    """List all kinds, words mistyped as the shipped channel has it."""
    return kinds(Channel.load())

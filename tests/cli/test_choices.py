"""What a command repeats, so that it starts without the engine and the formats, is what these have."""

from __future__ import annotations

from typing import Any

import click

from normalize.cli import edits, group, options
from normalize.dates.article_date import ORDERS
from normalize.dumps.formats import FORMATS
from normalize.dumps.log.choose import KEYS
from normalize.dumps.review.verdict import TARGET
from normalize.normalizer import MIN_CONFIDENCE


def option(command: str, name: str) -> Any:
    found = group.get_command(click.Context(group), command)
    assert found
    return next(parameter for parameter in found.params if parameter.name == name)


def test_choices_are_what_there_is_to_choose() -> None:
    assert tuple(options.FORMATS) == FORMATS
    assert tuple(edits.KEYS) == tuple(KEYS)
    assert tuple(option("clean", "date_order").type.choices) == ORDERS


def test_defaults_are_those_of_the_engine_and_of_a_review() -> None:
    assert option("clean", "min_confidence").default == MIN_CONFIDENCE
    assert option("audit", "target").default == option("review", "target").default == TARGET

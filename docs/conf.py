"""How Sphinx builds the documentation: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

import inspect
import os
import re
from typing import Any

from sphinx.application import Sphinx

os.environ["NORMALIZE_PURE"] = "1"  # what is compiled has neither signature nor docstring: its definitions in Python do
import normalize

project = "normalize"
author = copyright = "the maintainers of normalize"
version = release = normalize.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
default_role = "code"  # docstrings mark code with single backticks
smartquotes = False  # would make dashes of options

html_theme = "furo"
html_title = f"normalize {release}"


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-docstring", list_parameters)


def list_parameters(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Make a list of the parameters, each "name: what it is", that a docstring tells one a line."""
    parameters = inspect.signature(thing).parameters if callable(thing) else {}
    listed = []
    for line in lines:
        parameter, _, meaning = line.partition(": ")
        if parameter in parameters:
            listed.append(f":param {parameter}: {meaning}")
        elif error := re.match(r"Raises (\w+) (.*)", line):
            listed.append(f":raises {error[1]}: {error[2]}")
        elif line and listed and listed[-1].startswith((":", "    ")):
            listed.append(f"    {line}")
        else:
            listed.append(line)
    lines[:] = listed

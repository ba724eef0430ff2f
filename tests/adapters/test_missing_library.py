"""Where a library is missing, its adapter says in one line how to get it; `import normalize` needs none."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

LIBRARIES = {
    "arrow": "pyarrow",
    "datasets": "pyarrow",
    "datatrove": "datatrove",
    "duckdb": "duckdb",
    "learning": "pyarrow",
    "pandas": "pandas",
    "polars": "polars",
    "ray": "ray",
    "sklearn": "sklearn",
    "spacy": "spacy",
    "spark": "pyspark",
}


@pytest.mark.parametrize("adapter", LIBRARIES)
def test_the_message_names_the_extra(adapter):
    hide = f"import sys; sys.modules[{LIBRARIES[adapter]!r}] = None; import normalize.adapters.{adapter}"
    result = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True)
    last = result.stderr.strip().splitlines()[-1]
    # Where more is missing, another library may be named first.
    assert re.search(r"ModuleNotFoundError: \w+ is not installed: pip install 'normalize-id\[\w+\]'", last), last


def test_the_package_imports_no_library():
    code = f"import sys, normalize; normalize.Normalizer; print(*set(sys.modules) & {set(LIBRARIES.values())})"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""

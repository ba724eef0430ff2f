"""What is learnt from all articles, once."""

from __future__ import annotations

import pytest
from learn.articles import ARTICLES

from normalize.learn import counts, write


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("learned") / "whole"
    write(counts(ARTICLES, ["contoh"] * len(ARTICLES)), folder)
    return folder

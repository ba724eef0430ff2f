"""normalize explain, and the options that decide which edits are made."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from normalize.cli import group


def explain(*arguments, code=0):
    done = CliRunner().invoke(group, ["explain", *arguments])
    assert done.exit_code == code, done.output
    return done.output


def repairs(*arguments):
    return [(edit["before"], edit["after"]) for edit in json.loads(explain("--json", *arguments))["edits"]]


def test_standard_is_made_only_when_asked_for():
    assert repairs("Ia minta ijin.") == []
    assert repairs("Ia minta ijin.", "--standard") == [("ijin", "izin")]


def test_fewer_wrong_edits_mean_surer_ones():
    text = "Ia tinggal dirumah dekat gedugn."
    assert repairs(text) == [("dirumah", "di rumah"), ("gedugn", "gedung")]
    assert repairs(text, "--max-wrong", "1/25000") == [("dirumah", "di rumah")]


@pytest.mark.parametrize("share", ["often", "2", "-1/10", "1/0", "1/1000000000"])
def test_a_share_that_cannot_be_is_refused(share):
    assert "Error" in explain("Ia pergi.", "--max-wrong", share, code=2)


def test_a_word_is_explained_alone_or_in_a_text():
    assert "uses as a common word" in explain("--word", "Puan")
    assert "capitalised inside a sentence" in explain("Ketua DPR Puan hadir.", "--word", "Puan")


def test_a_word_is_explained_as_json():
    explained = json.loads(explain("Warga mengunsgi.", "--word", "mengunsgi", "--json"))
    assert explained["occurrences"][0]["candidates"][0]["meant"] == "mengungsi"
    assert explained["occurrences"][0]["edits"][0]["after"] == "mengungsi"


def test_a_word_that_is_not_there_is_refused():
    assert "does not stand in the text" in explain("Ia pergi.", "--word", "Puan", code=2)


def test_nothing_to_explain_is_refused():
    assert "give a TEXT" in explain(code=2)

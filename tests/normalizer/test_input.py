"""What a Normalizer is given wrongly is said at once, and in words."""

from __future__ import annotations

import pytest

from normalize import Normalizer


@pytest.mark.parametrize("probability", [80, -0.1, 1.01])
def test_a_confidence_is_a_probability(probability):
    with pytest.raises(ValueError, match="probability"):
        Normalizer(min_confidence=probability)


@pytest.mark.parametrize("option", ["skip", "drop"])
def test_names_are_given_as_a_list(option):
    with pytest.raises(ValueError, match="several names"):
        Normalizer(**{option: "spelling"})


@pytest.mark.parametrize("text", [None, 7, b"bytes"])
def test_a_text_is_a_string(text):
    with pytest.raises(TypeError, match=f"not {type(text).__name__}"):
        Normalizer().clean(text)


def test_a_batch_is_no_single_text():
    with pytest.raises(TypeError, match="lists"):
        Normalizer().clean_batch("Ia datang.")
    with pytest.raises(TypeError, match="lists"):
        Normalizer().clean_batch(["Ia datang."], dates="date")


def test_there_is_a_date_for_each_text():
    with pytest.raises(ValueError, match="2 texts, but 1 dates"):
        Normalizer().clean_batch(["Ia datang.", None], dates=["2024-10-25"])
    assert Normalizer().clean_batch(["Ia datang.", None], dates=["2024-10-25", None]) == ["Ia datang.", None]


def test_what_is_no_text_stays_so_in_a_batch():
    assert Normalizer().clean_batch([None, "Ia mengtakan."]) == [None, "Ia mengatakan."]
    assert Normalizer().explain_batch([None, "Ia mengtakan."]) == [None, Normalizer().explain("Ia mengtakan.")]

"""scikit-learn: a step of a Pipeline."""

from __future__ import annotations

import inspect
import math
import pickle

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed")
import numpy as np
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from normalize import Normalizer
from normalize.adapters.sklearn import TextNormalizer

NEWS = ["harga beras naik", "tim menang laga", "harga cabai naik", "tim kalah laga"] * 2
DESKS = [0, 1, 0, 1] * 2


def test_transform_gives_the_engines_texts_in_order_with_nulls(texts, cleaned):
    assert TextNormalizer().fit_transform(texts).tolist() == cleaned


def test_what_is_no_text_stays(texts):
    result = TextNormalizer().fit_transform([math.nan, *texts])
    assert math.isnan(result[0])
    assert result[3] is None


def test_a_slip_and_the_right_word_are_one_feature():
    pipeline = make_pipeline(TextNormalizer(), CountVectorizer())
    counts = pipeline.fit_transform(["Pemerintah mengumumkan hasil.", "Pemerintah mengmumkan hasil."])
    assert (counts[0] != counts[1]).nnz == 0
    assert "mengmumkan" not in pipeline.get_feature_names_out()


def test_the_lines_of_the_readme(readme):
    names = readme("scikit-learn", make_pipeline=make_pipeline, TfidfVectorizer=TfidfVectorizer)
    weights = names["pipeline"].fit_transform(["Pemerintah mengumumkan hasil.", "Pemerintah mengmumkan hasil."])
    assert (weights[0] != weights[1]).nnz == 0


def test_a_pipeline_with_it_is_fitted_searched_and_pickled():
    pipeline = make_pipeline(TextNormalizer(), CountVectorizer(), LogisticRegression())
    search = GridSearchCV(pipeline, {"textnormalizer__skip": [(), ("spelling",)]}, cv=2).fit(NEWS, DESKS)
    assert pickle.loads(pickle.dumps(search.best_estimator_)).predict(NEWS).tolist() == DESKS


def test_a_clone_has_the_same_options():
    given = TextNormalizer(skip=["date"], min_confidence=0.9, keep_words=["kafe"], rewrites={"jadual": "jadwal"})
    assert clone(given).get_params() == given.get_params()
    assert set(given.get_params()) == set(inspect.signature(Normalizer).parameters)
    assert clone(TextNormalizer()).get_params() == TextNormalizer().get_params()


def test_an_option_that_is_none_is_told():
    with pytest.raises(ValueError, match="no option is named 'skp'; did you mean 'skip'"):
        TextNormalizer().set_params(skp=["date"])
    with pytest.raises(ValueError, match="no option is named 'skp'"):
        TextNormalizer(skp=["date"]).fit(NEWS)


def test_options_reach_the_normalizer(texts):
    assert TextNormalizer(skip=["masthead"]).fit_transform(texts)[0].startswith("TRIBUNNEVS.COM")


def test_an_unknown_rule_is_an_error_of_fit():
    with pytest.raises(ValueError, match="no rule"):
        TextNormalizer(skip=["nonsense"]).fit(NEWS)


def test_it_is_fitted_before_it_transforms():
    with pytest.raises(NotFittedError):
        TextNormalizer().transform(NEWS)


def test_a_table_is_refused(texts):
    with pytest.raises(ValueError, match="one column"):
        TextNormalizer().fit_transform(np.array([texts]))

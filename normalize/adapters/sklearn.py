"""scikit-learn: a transformer that stands before the vectoriser.

make_pipeline(TextNormalizer(), TfidfVectorizer(), LogisticRegression()).fit(texts, labels)
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from ..normalizer import Normalizer
from ..suggest import did_you_mean
from . import needs

with needs("sklearn"):
    import numpy as np
    from sklearn.base import BaseEstimator, TransformerMixin
    from sklearn.utils.validation import check_is_fitted


_DEFAULTS = {name: parameter.default for name, parameter in inspect.signature(Normalizer).parameters.items()}


class TextNormalizer(TransformerMixin, BaseEstimator, auto_wrap_output_keys=None):  # type: ignore[call-arg]
    """Clean texts. Learns nothing from them; its parameters are the options of Normalizer."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return all options; one not given has Normalizer's own default."""
        return {**_DEFAULTS, **self.options}

    def set_params(self, **options: Any) -> TextNormalizer:
        """Set options. Raises ValueError for one that Normalizer has not."""
        for name in options:
            if name not in _DEFAULTS:
                raise ValueError(
                    f"no option is named {name!r}{did_you_mean(name, _DEFAULTS)} (there are {', '.join(_DEFAULTS)})"
                )
        self.options = {**self.options, **options}
        return self

    def fit(self, texts: object, labels: object = None) -> TextNormalizer:
        """Make the Normalizer. Raises ValueError for an option that makes no sense."""
        TextNormalizer().set_params(**self.options)  # raises for unknown ones
        self.normalizer_ = Normalizer(**self.options)
        return self

    def transform(self, texts: Sequence[Any]) -> Any:
        """Return the texts, repaired, as an array of objects; a value that is no text (None, NaN) stays as it is.

        Raises ValueError for a table: choose its column; and TypeError for bytes: decode them.
        """
        check_is_fitted(self)
        if getattr(texts, "ndim", 1) != 1:
            raise ValueError("texts come as one column, not as a table")
        if any(isinstance(text, bytes) for text in texts):
            raise TypeError("texts are strings, not bytes: decode them")
        cleaned = self.normalizer_.clean_batch([text if isinstance(text, str) else None for text in texts])
        pairs = zip(texts, cleaned, strict=True)
        return np.array([given if text is None else text for given, text in pairs], dtype=object)

    def get_feature_names_out(self, names: Sequence[str] | None = None) -> Sequence[str] | None:
        """Return the names it is given: a column of texts stays one."""
        return names

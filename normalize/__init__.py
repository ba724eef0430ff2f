"""Repair what scraping and typing broke in Indonesian news.

>>> import normalize
>>> normalize.clean("TRIBUNNEVS.COM - Warga mengungsi.")
'TRIBUNNEWS.COM - Warga mengungsi.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .edit import Edit, Explanation, Finding, apply, undo
    from .normalizer import Normalizer

__version__ = "0.1.0"
__all__ = ["Edit", "Explanation", "Finding", "Normalizer", "apply", "clean", "explain", "undo"]

_normalizer: Normalizer | None = None


def __getattr__(name: str) -> Any:  # the engine is imported when first asked for: `import normalize` stays cheap
    if name == "Normalizer":
        from .normalizer import Normalizer

        return Normalizer
    if name in ("Edit", "Explanation", "Finding", "apply", "undo"):
        from . import edit

        return getattr(edit, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__", "__doc__"]


def _default() -> Normalizer:
    global _normalizer
    if _normalizer is None:
        from .normalizer import Normalizer

        _normalizer = Normalizer()
    return _normalizer


def clean(text: str, date: object = None) -> str:
    """Repair a text. `date`: the article's own, a `datetime.date` or a string; one that names no day is ignored.

    Raises TypeError where `text` is no string.
    """
    return _default().clean(text, date)


def explain(text: str, date: object = None) -> Explanation:
    """Repair a text as `clean` does, and return every edit and finding, too: unpacks as `text, edits`."""
    return _default().explain(text, date)

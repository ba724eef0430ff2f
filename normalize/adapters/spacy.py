"""spaCy: texts are cleaned before they are tokenised, and annotations of the raw text are carried over.

nlp = spacy.blank("id", config=cleaning())
doc = nlp(raw)
doc._.edits, doc._.findings, doc._.raw         # the changes, what was only reported, and the text as it was
doc._.from_raw(17, 24, label="PER")            # the Span of [17, 24) of the raw text; doc._.offsets leads back
"""

from __future__ import annotations

from typing import Any

from ..edit import Edit, Finding, OffsetMap, undo
from ..normalizer import Normalizer
from . import needs

with needs("spacy"):
    import spacy
    from spacy.tokens import Doc, Span


def cleaning(**options: Any) -> dict[str, Any]:
    """Return the config of a pipeline that cleans, for spacy.blank and spacy.load. Options are those of Normalizer."""
    return {"nlp": {"tokenizer": {"@tokenizers": "normalize.v1", "options": options}}}


@spacy.registry.tokenizers("normalize.v1")
def tokenizer(options: dict[str, Any]) -> Any:
    """Make the tokenizer of a pipeline: the one of its language, behind a Normalizer."""
    normalizer = Normalizer(**options)
    return lambda nlp: CleaningTokenizer(normalizer, spacy.registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp))


class CleaningTokenizer:
    """Clean a text, hand it to a tokenizer, and note the edits on the Doc."""

    def __init__(self, normalizer: Normalizer, tokenizer: Any) -> None:
        self.normalizer, self.tokenizer = normalizer, tokenizer
        self.to_bytes, self.to_disk = tokenizer.to_bytes, tokenizer.to_disk  # the normalizer is in the config
        self.from_bytes, self.from_disk = tokenizer.from_bytes, tokenizer.from_disk

    def __call__(self, text: str) -> Doc:
        explanation = self.normalizer.explain(text)
        doc = self.tokenizer(explanation.text)
        doc.user_data["normalize.edits"] = [tuple(edit) for edit in explanation.edits]  # plain: a Doc goes through bytes
        doc.user_data["normalize.findings"] = [tuple(finding) for finding in explanation.findings]
        return doc

    def pipe(self, texts: Any) -> Any:
        """Yield a Doc for each text, like spaCy's own tokenizer."""
        return map(self, texts)


def _edits(doc: Doc) -> tuple[Edit, ...]:
    return tuple(Edit(*edit) for edit in doc.user_data.get("normalize.edits", ()))


def _findings(doc: Doc) -> tuple[Finding, ...]:
    return tuple(Finding(*finding) for finding in doc.user_data.get("normalize.findings", ()))


def _from_raw(doc: Doc, start: int, end: int, **options: Any) -> Span | None:
    offsets = OffsetMap(_edits(doc))
    return doc.char_span(offsets.forward(start), offsets.forward_end(end), **options)


Doc.set_extension("edits", getter=_edits, force=True)
Doc.set_extension("findings", getter=_findings, force=True)
Doc.set_extension("offsets", getter=lambda doc: OffsetMap(_edits(doc)), force=True)
Doc.set_extension("raw", getter=lambda doc: undo(doc.text, _edits(doc)), force=True)
Doc.set_extension("from_raw", method=_from_raw, force=True)

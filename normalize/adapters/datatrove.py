"""datatrove: a step of a pipeline. Every document goes on, with its edits in the metadata.

LocalPipelineExecutor([JsonlReader("raw/"), NormalizeStep(date="date"), JsonlWriter("clean/")], tasks=8).run()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..normalizer import Normalizer
from . import as_rows, needs

with needs("datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep


class NormalizeStep(PipelineStep):
    """Clean the text of each document.

    date: the key of the metadata that holds the article's own date. edits: the key under which the edits are kept, as
    a list of mappings; None keeps none. findings: the same for what was only reported. Options are those of Normalizer.
    """

    name = "normalize"
    type = "🧹 - CLEANER"

    def __init__(
        self, date: str | None = None, edits: str | None = "edits", findings: str | None = None, **options: Any
    ) -> None:
        super().__init__()
        self.date, self.edits, self.findings = date, edits, findings
        self.normalizer = Normalizer(**options)

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield the documents, in order."""
        for document in data or ():
            with self.track_time():
                day = document.metadata.get(self.date) if self.date else None
                explanation = self.normalizer.explain(document.text, day)
                document.text = explanation.text
                if self.edits is not None:
                    document.metadata[self.edits] = as_rows(explanation.edits)
                if self.findings is not None:
                    document.metadata[self.findings] = as_rows(explanation.findings)
                self.stat_update("documents")
                self.stat_update("edits", value=len(explanation.edits))
                self.update_doc_stats(document)
            yield document

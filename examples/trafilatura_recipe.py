"""Freshly scraped HTML to repaired text: trafilatura finds the article, normalize repairs it.

    python trafilatura_recipe.py page.html ... > articles.jsonl

The article's own date, which trafilatura reads from the page, settles which date was meant where the text's is broken.
Links to other articles and players are taken out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import trafilatura

from normalize import Normalizer

normalizer = Normalizer(drop=["boilerplate"])


def article(html: str) -> dict[str, Any] | None:
    """Title, date, repaired text and edits of the article on a page; None where there is none."""
    extracted = trafilatura.extract(html, output_format="json", with_metadata=True, include_comments=False)
    if extracted is None:
        return None
    page = json.loads(extracted)
    explanation = normalizer.explain(page["text"], page["date"])
    title = normalizer.clean(page["title"] or "", page["date"])
    edits = [edit._asdict() for edit in explanation.edits]
    return {"title": title, "date": page["date"], "text": explanation.text, "edits": edits}


def main() -> None:
    for path in sys.argv[1:]:
        found = article(Path(path).read_text(encoding="utf-8"))
        if found is None:
            print(f"{path}: no article found", file=sys.stderr)
        else:
            print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()

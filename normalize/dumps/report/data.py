"""The report of a run as data: the content of the JSON file and of the page."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..noise_profile import Group, NoiseProfile
from ..plan import Plan
from ..run import RunSummary

TOP_WORDS, TOP_MARKS, TOP_LINES = 60, 25, 40  # rows of the tables, choices


def report(plan: Plan, summary: RunSummary) -> dict[str, Any]:
    """Collect all figures of a run that is over."""
    tally, inputs, seconds = summary.tally, summary.inputs, summary.seconds
    noise = tally.noise or NoiseProfile()
    return {
        "run": {
            "normalize": plan.version,
            "dictionaries": plan.dictionaries,
            "python": platform.python_version(),
            "platform": sys.platform,
            "options": dict(plan.options),
            "inputs": [source.path for source in plan.inputs],
            "files": _files(plan),
            "jobs": plan.jobs,
            "seconds": round(seconds, 3),
            "megabytes_a_second": round(summary.fresh_bytes / 1e6 / max(seconds, 1e-9), 3),
        },
        "records": {
            "in": tally.records_in,
            "out": tally.records_out,
            "rejected": tally.rejected,
            "bad_kept": tally.kept_bad,
            "changed": tally.changed,
            "equation": tally.equation(),
        },
        "bytes": {"read": inputs.bytes_read, "in": tally.bytes_in},
        "characters": tally.characters,
        "damaged": [{"input": path, "reason": reason} for path, reason in inputs.damaged.items()],
        "edits": _sorted(tally.edits),
        "findings": _sorted(tally.findings),
        "outlets": {name: _group(group) for name, group in _by_size(noise.outlets)},
        "months": {name: _group(group) for name, group in sorted(noise.months.items()) if name},
        "words": _corrections(noise, True, TOP_WORDS),
        "marks": _corrections(noise, False, TOP_MARKS),
        "boilerplate": [{"line": line, "count": count} for line, count in _most(noise.lines, TOP_LINES)],
    }


def _files(plan: Plan) -> list[dict[str, Any]]:
    """The files that the run read and wrote, with their hashes; no streams, nor what it has replaced."""
    outputs = dict.fromkeys(source.output for source in plan.inputs) if plan.task.writes else {}
    read = dict.fromkeys(source.path for source in plan.inputs if os.path.realpath(source.path) not in outputs)
    logs = {"edits": plan.edits, "rejects": plan.rejects}
    named = [("input", path) for path in read] + [("output", path) for path in outputs]
    named += [(role, str(path)) for role, path in logs.items() if path]
    found = []
    for role, path in named:
        if os.path.isfile(path):
            with open(path, "rb") as file:
                hash = hashlib.file_digest(file, "sha256").hexdigest()
            found.append({"role": role, "path": path, "bytes": os.path.getsize(path), "sha256": hash})
    return found


def _most(counts: Counter[Any], limit: int) -> list[tuple[Any, int]]:
    """The commonest, in an order that does not depend on that of counting."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(_most(counts, len(counts)))


def _by_size(groups: Mapping[str, Group]) -> list[tuple[str, Group]]:
    return sorted(groups.items(), key=lambda item: (-item[1].characters, item[0]))


def _group(group: Group) -> dict[str, Any]:
    return {"records": group.records, "characters": group.characters, "edits": _sorted(group.edits)}


def _corrections(noise: NoiseProfile, words: bool, limit: int) -> list[dict[str, Any]]:
    """The commonest repairs of words, or of marks and spaces, each with its first place."""
    chosen = Counter({c: n for c, n in noise.corrections.items() if _has_word(c[1] + c[2]) == words})
    found = []
    for (rule, before, after), count in _most(chosen, limit):
        left, right = noise.samples[rule, before, after]
        found.append({"rule": rule, "before": before, "after": after, "count": count, "left": left, "right": right})
    return found


def _has_word(text: str) -> bool:
    """Whether plain letters or digits stand in it: those of mojibake are but marks gone wrong."""
    return any(c.isascii() and c.isalnum() for c in text)

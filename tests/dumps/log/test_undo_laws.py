"""Whatever the bytes of a text, in whatever format: its edits undone give it back, and made again the cleaned one."""

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.dumps.clean import Clean
from normalize.dumps.inputs import plan
from normalize.dumps.log.entries import decode_entry
from normalize.dumps.log.file import read_lines
from normalize.dumps.log.reader import PlaceLookup
from normalize.dumps.plan import Plan
from normalize.dumps.record import Fields
from normalize.dumps.replay import Replay
from normalize.dumps.run import run
from normalize.dumps.worker import Task

NORMALIZER, FIELDS = Normalizer(drop=["boilerplate"]), Fields(("text",))
# What rules repair, what formats are made of, what a text may end in.
PIECES = [
    "Harga",
    "naik",
    "dirumah",
    " ",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "&nbsp;",
    "&#10;",
    "\n",
    "\r",
    "\t",
    ",",
    ";",
    '"',
    ".",
]
PIECES += ["\nADVERTISEMENT", "Baca juga: Banjir di Bogor"]
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def table(separator, *columns):
    def write(texts):
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        writer.writerows([["text", *columns], *([text, *columns] for text in texts)])
        return out.getvalue().encode()

    return write


WRITERS = {
    "documents.txt": lambda texts: "\n".join(texts).encode(),
    "lines.txt": lambda texts: "\n".join(text.replace("\n", " ") for text in texts).encode(),
    "a.csv": table(",", "id"),
    "single.csv": table(","),
    "a.tsv": table("\t", "id"),
    "a.jsonl": lambda texts: b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts),
}


def carry_out(handler, source, target, log=None, looks_up=False, lines=False):
    inputs = plan([str(source)], str(target), lines=lines)
    task = Task(handler, FIELDS, inputs, log_compression=None if looks_up else "")
    reader = PlaceLookup(log, inputs, handler.undoing) if looks_up else None
    options = {"fields": ["text"]}
    edits = None if looks_up else log
    return run(Plan(inputs, FIELDS, task, options, version="", dictionaries="", edits=edits, log_lookup=reader))


@pytest.mark.parametrize("name", WRITERS)
@given(texts=st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_undo_gives_the_bytes_back_and_apply_makes_them_again(name, texts):
    with tempfile.TemporaryDirectory() as folder:
        raw, out, log, back, again = (Path(folder, part + name) for part in ("raw.", "out.", "log.", "back.", "again."))
        raw.write_bytes(WRITERS[name](texts))
        lines = name == "lines.txt"
        cleaned = carry_out(Clean(NORMALIZER, FIELDS, log=True), raw, out, log, lines=lines)
        undone = carry_out(Replay(FIELDS, undoing=True), out, back, log, looks_up=True, lines=lines)
        assert back.read_bytes() == raw.read_bytes(), list(read_lines(log))
        assert undone.tally.kept_bad == cleaned.tally.kept_bad  # a line end that its writer forgot to quote
        carry_out(Replay(FIELDS, undoing=False), raw, again, log, looks_up=True, lines=lines)
        assert again.read_bytes() == out.read_bytes()
        entries = [decode_entry(line) for line in read_lines(log) if line.startswith(b'{"n":')]
        resized = sum(1 for e in entries if sum(len(edit.after) - len(edit.before) for edit in e.edits))
        twice = carry_out(Replay(FIELDS, undoing=True), back, again, log, looks_up=True, lines=lines)
        assert twice.tally.kept_bad + twice.tally.done_before >= cleaned.tally.kept_bad + resized

"""What takes any bytes, and what must hold of it: the targets of fuzzing, one function each.

test_targets.py runs them in CI, a fixed number of mutated seeds each. Longer, guided by coverage (pip install atheris):

    python tests/fuzz/targets.py json tests/fuzz/seeds/json -max_total_time=600
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress

from normalize import kernel
from normalize.dumps.clean import Clean
from normalize.dumps.errors import DumpError
from normalize.dumps.formats import codec, json_strings, pieces
from normalize.dumps.log import where
from normalize.dumps.log.entries import decode_entry, decode_place, decode_section, encode_line
from normalize.dumps.record import Batch, Fields, Piece
from normalize.dumps.replay import Replay
from normalize.dumps.tally import Tally
from normalize.edit import Edit, Explanation, apply, compose, undo

FIELDS = Fields(("text", "title"))
AFTER = ("", " ", '"', "\\", "é", "\n", ",", "\t", "/", "&", "<b>", "\x01", "\U0001f600", "x", '""', "\r", "\ufeff")


class AnyEdits:
    """Stands in for the engine: edits that hang on nothing but the text."""

    def explain_batch(self, texts: list[str], dates: list[object]) -> list[Explanation]:
        return [self.explain(text) for text in texts]

    def explain(self, text: str, date: object = None) -> Explanation:
        chance = random.Random(text.encode("utf-8", "surrogatepass"))
        edits = any_edits(text, chance)
        return Explanation(apply(text, edits), tuple(edits))


def any_edits(text: str, chance: random.Random) -> list[Edit]:
    """Up to three edits of a text, in order and apart."""
    places = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, chance.choice((0, 2, 4, 6)))))
    edits = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        before, after = text[start:end], chance.choice(AFTER)
        if before != after:
            edits.append(Edit(start, end, before, after, "any.edit", 0.9))
    return edits


def round_trip(format: str, data: bytes) -> None:
    """Clean the records of a file with any edits, undo them: the same bytes; make them again: what was cleaned."""
    try:
        cut = list(pieces(format, iter([data]), FIELDS.texts))
    except DumpError:  # as where it has no such column
        return
    for number, piece in enumerate(cut):
        reader = codec(format, FIELDS)
        records = reader.decode(piece)
        good = [record for record in records if not record.error and not record.blank]
        Clean(AnyEdits(), FIELDS, log=True)(good, Batch(number, 0, piece), reader, Tally())  # type: ignore[arg-type]
        cleaned = reader.rebuild(piece, records)
        log = tuple((record.place, encode_line(entry)) for record in records for entry in record.log)
        for undoing, begun, expected in ((True, cleaned, piece.data), (False, piece.data, cleaned)):
            changed = piece._replace(data=begun)
            again = reader.decode(changed)
            good = [record for record in again if not record.error and not record.blank]
            Replay(FIELDS, undoing)(good, Batch(number, 0, changed, log=log), reader, Tally())
            assert not [record.error for record in good if record.error], (data, cleaned, log)
            assert reader.rebuild(changed, again) == expected, (undoing, data, cleaned, log)


def fuzz_json(data: bytes) -> None:
    """Find the same values in a line as the json library, by either kernel, and give its bytes back."""
    try:
        value = json.loads(data.decode())
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and {"text", "title"} <= value.keys():
        for spans in (kernel.definitions["spans"], json_strings.spans):
            found = spans(data, (b"text", b"title"))
            assert [json.loads(data[start:end]) for start, end in found] == [value["text"], value["title"]], data
    round_trip("jsonl", data)


def fuzz_csv(data: bytes) -> None:
    """Give a table's bytes back, whoever quoted it."""
    round_trip("tsv" if data[:1] == b"\t" else "csv", data)


def fuzz_edits(data: bytes) -> None:
    """Make edits of any text one after another, in one step, and take them back; the same by either kernel."""
    text = data.decode("utf-8", "surrogateescape")
    chance = random.Random(data)
    first = any_edits(text, chance)
    middle = apply(text, first)
    second = any_edits(middle, chance)
    both = compose(text, first, second)
    assert apply(text, both) == apply(middle, second), data
    assert undo(apply(text, both), both) == text, data
    rivals = [*first, *any_edits(text, chance), *any_edits(text, chance)]
    calls = {
        "apply": (text, first),
        "resolve_overlaps": (rivals,),
        "around": (middle, first, 3),
        "compose": (text, first, second),
    }
    for name, arguments in calls.items() if kernel.compiled else ():
        assert getattr(kernel.compiled, name)(*arguments) == kernel.definitions[name](*arguments), (name, data)


def fuzz_logs(data: bytes) -> None:
    """Read any lines as those of a log about a record: what fits is done, all else is a bad record or a clear error."""
    piece = Piece(1, 1, b'{"id": 1, "text": "Ia mengatakan hal itu.", "title": null}\n')
    log = []
    for line in data.split(b"\n"):
        try:
            if not decode_section(line):
                decode_place(line)
                decode_entry(line)
                log.append((1, line))
        except DumpError:
            continue
    for undoing in (True, False):
        reader = codec("jsonl", FIELDS)
        records = reader.decode(piece)
        Replay(FIELDS, undoing)(records, Batch(0, 0, piece, log=tuple(log)), reader, Tally())
        rebuilt = reader.rebuild(piece, [record for record in records if not record.error])
        assert all(record.error or json.loads(rebuilt)["id"] == 1 for record in records), data


def fuzz_where(data: bytes) -> None:
    """Read any text as a condition: it is one, or a clear error."""
    edit = {**Edit(0, 1, "x", "y", "spelling.slip", 0.9)._asdict(), "field": "text", "id": None, "n": 1}
    with suppress(DumpError):
        assert where.parse(data.decode("utf-8", "replace"))(edit) in (True, False)


TARGETS: dict[str, Callable[[bytes], None]] = {
    name.removeprefix("fuzz_"): function for name, function in list(globals().items()) if name.startswith("fuzz_")
}


if __name__ == "__main__":
    import atheris

    target = TARGETS[sys.argv.pop(1)]
    atheris.instrument_all()
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()

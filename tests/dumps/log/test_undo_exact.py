"""Undo gives the input's bytes back: any record that a format can hold, with any edits, in any spelling of its writer."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz.targets import FIELDS, AnyEdits
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.dumps.clean import Clean
from normalize.dumps.inputs import plan
from normalize.dumps.log.reader import PlaceLookup
from normalize.dumps.plan import Plan
from normalize.dumps.record import Fields
from normalize.dumps.replay import Replay
from normalize.dumps.run import RunSummary, run
from normalize.dumps.worker import Task


def carry_out(handler: Clean | Replay, source: Path, target: Path, log: Path, lines: bool) -> RunSummary:
    inputs, fields = plan([str(source)], str(target), lines=lines), handler.fields
    replays = isinstance(handler, Replay)
    task = Task(handler, fields, inputs, log_compression=None if replays else "")
    lookup = PlaceLookup(log, inputs, handler.undoing) if isinstance(handler, Replay) else None
    options = {"fields": list(fields.texts)}
    return run(Plan(inputs, fields, task, options, "", "", edits=None if replays else log, log_lookup=lookup))


def same_bytes(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def check(
    name: str,
    data: bytes,
    lines: bool = False,
    fields: Fields = FIELDS,
    same: Callable[[Path, Path], bool] = same_bytes,
) -> int:
    """Clean the data with any edits, undo them, apply them again; returns how many records changed."""
    with tempfile.TemporaryDirectory() as folder:
        raw, out, log, back, again = (Path(folder, part, name) for part in ("raw", "out", "log", "back", "again"))
        raw.parent.mkdir()
        raw.write_bytes(data)
        cleaned = carry_out(Clean(AnyEdits(), fields, log=True), raw, out, log, lines)  # type: ignore[arg-type]
        if not cleaned.tally.records_in:
            return 0
        undone = carry_out(Replay(fields, undoing=True), out, back, log, lines)
        assert same(back, raw), (data, out.read_bytes(), log.read_bytes())
        assert undone.tally.changed == cleaned.tally.changed
        carry_out(Replay(fields, undoing=False), raw, again, log, lines)
        assert same(again, out)
        return cleaned.tally.changed


def escaped(c: str) -> str:
    """A character as an escape with lower-case digits; as two beyond U+FFFF."""
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def plain(c: str) -> str:
    return escaped(c) if c < " " or c in '"\\' or "\ud800" <= c <= "\udfff" else c


def short(c: str) -> str:
    return escaped(c) if "\ud800" <= c <= "\udfff" else json.dumps(c, ensure_ascii=False)[1:-1]


SPELLINGS = (
    escaped,
    plain,
    short,
    lambda c: json.dumps(c)[1:-1],
    lambda c: "\\u" + escaped(c)[2:].upper() if c < "\U00010000" else escaped(c),
    lambda c: "\\/" if c == "/" else short(c),
    lambda c: escaped(c) if c in "<>&'\u2028" else short(c),
)
LETTERS = "aé/\\\"<>&'\x7f\x00\n\r\t\b\u2028\U0001f600\ud83d\ude00 x,;"


@st.composite
def literals(draw: st.DrawFn) -> str:
    """A JSON string, each character in a spelling of its own or all in one."""
    text = draw(st.text(LETTERS, max_size=12))
    mixed = draw(st.booleans())
    one = draw(st.sampled_from(SPELLINGS))
    return '"' + "".join((draw(st.sampled_from(SPELLINGS)) if mixed else one)(c) for c in text) + '"'


json_lines = st.builds(
    lambda text, title, other: f'{{"id": {other}, "text":{text} , "title": {title}, "url": {other}}}'.encode(),
    literals(),
    literals() | st.just("null"),
    literals(),
)


@given(st.lists(json_lines, min_size=1, max_size=4))
@settings(max_examples=150)
def test_json_in_any_spelling(lines: list[bytes]) -> None:
    check("a.jsonl", b"\n".join(lines))


fields = st.text('a"",\u00e9 ;|x', max_size=8) | st.text('a",\n\r\t"\u00e9', max_size=6)


table_rows = st.tuples(fields, fields, fields, st.sampled_from(["bare", "quoted"]))


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
@given(st.lists(table_rows, min_size=1, max_size=4), st.booleans())
@settings(max_examples=150)
def test_tables_whoever_quoted_them(name: str, separator: str, rows: list[tuple[str, str, str, str]], bom: bool) -> None:
    lines = ["\ufeff" * bom + separator.join(("id", "text", "title"))]
    for *cells, style in rows:
        cells = [re.sub(f"[{separator}\r\n]", "", cell) for cell in cells] if style == "bare" else cells
        written = [cell.replace('"', '""') for cell in cells]
        lines.append(separator.join(cells if style == "bare" else [f'"{cell}"' for cell in written]))
    check(name, "\n".join(lines).encode())


@given(st.lists(fields, min_size=1, max_size=4), st.booleans())
@settings(max_examples=150)
def test_tables_of_one_column(cells: list[str], quoted: bool) -> None:
    written = ['"' + cell.replace('"', '""') + '"' if quoted else re.sub("[,\r\n]", "", cell) for cell in cells]
    check("a.tsv", "\n".join(["text", *written]).encode(), fields=Fields(("text",)))


@given(st.lists(st.text("a\ufeff\n\r\u00e9 \x00\u2028\U0001f600", max_size=8) | st.none(), min_size=1, max_size=6))
@settings(max_examples=50)
def test_parquet(texts: list[str | None]) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    column = pa.array(texts, pa.string())
    table = pa.table({"id": range(len(texts)), "text": column, "title": column[::-1]})
    data = io.BytesIO()
    pq.write_table(table, data)
    check("a.parquet", data.getvalue(), same=lambda one, other: pq.read_table(one).equals(pq.read_table(other)))


@pytest.mark.parametrize("lines", [False, True])
@given(st.text("a\ufeff\n\r\u00e9 \x00\u2028", max_size=12))
@settings(max_examples=150)
def test_plain_text(lines: bool, text: str) -> None:
    check("a.txt", text.encode(), lines)


SAMPLES = [
    r'{"id":1,"text":"Ia mengtakan R\u0026B dan \u003cb\u003e hal"}',
    r'{"id":2,"text":"Ia mengtakan \u0022hal\u0022 itu"}',
    r'{"id":3,"text":"Ia mengtakan \u0027hal\u0027 caf\u00e9"}',
    r'{"id":4,"text":"Ia mengtakan a\u007fb"}',
]


@pytest.mark.parametrize("log_name", ["log.jsonl", "log.jsonl.zst", "log.parquet"])
def test_escapes_of_go_and_rails_stay_as_they_were_written(normalize, tmp_path: Path, log_name: str) -> None:
    if log_name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    raw, out, log, back = (tmp_path / name for name in ("raw.jsonl", "out.jsonl", log_name, "back.jsonl"))
    raw.write_text("\n".join(SAMPLES) + "\n")
    assert normalize("clean", raw, "-o", out, "--edits", log).code == 0
    assert out.read_text() == raw.read_text().replace("mengtakan", "mengatakan")
    assert normalize("undo", out, "--edits", log, "-o", back).code == 0
    assert back.read_bytes() == raw.read_bytes()


def test_quotes_that_nobody_doubled_stay(normalize, tmp_path: Path) -> None:
    raw, out, log, back = (tmp_path / name for name in ("raw.csv", "out.csv", "log.jsonl", "back.csv"))
    raw.write_text('id,text\n1,"Ia mengtakan "hal" itu"\n2,"Ia" mengtakan hal\n')
    assert normalize("clean", raw, "-o", out, "--edits", log).code == 0
    assert out.read_text() == raw.read_text().replace("mengtakan", "mengatakan")
    assert normalize("undo", out, "--edits", log, "-o", back).code == 0
    assert back.read_bytes() == raw.read_bytes()


def test_bytes_that_are_no_utf_8_stay_whatever_they_look_like(normalize, tmp_path: Path) -> None:
    """A bad record is passed through, and what else was written is UTF-8: no encoding is guessed again."""
    raw = b'{"text": "Ia tinggal dirumah."}\n{"text": "kata\x93 dia \xe9"}\n'
    Path(tmp_path, "a.jsonl").write_bytes(raw)
    log, cleaned, back = tmp_path / "e.jsonl", tmp_path / "b.jsonl", tmp_path / "c.jsonl"
    assert normalize("clean", tmp_path / "a.jsonl", "--encoding", "utf-8", "--edits", log, "-o", cleaned).code == 1
    normalize("undo", cleaned, "--edits", log, "-o", back)
    assert b"di rumah" in cleaned.read_bytes()
    assert back.read_bytes() == raw

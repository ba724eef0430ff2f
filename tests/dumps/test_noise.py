"""normalize noise: clean texts in, texts with noise out, and a gold row of each."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from harness import Command, jsonl

SET = Path(__file__).parent.parent.parent / "benchmarks" / "noise"
TEXT = "Warga kembali ke rumah setelah air surut, kata Kepala Desa Slamet. Hujan turun di sana, Rabu (5/11/2025). Air naik."
ROWS = [{"id": f"r{number}", "date": "2025-11-05", "text": TEXT, "outlet": "contoh"} for number in range(30)]


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.jsonl"
    path.write_bytes(jsonl(*ROWS))
    return path


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_noise_and_gold_belong_together(normalize: Command, clean: Path, tmp_path: Path) -> None:
    noisy, gold = tmp_path / "noisy.jsonl", tmp_path / "gold.jsonl"
    result = normalize("noise", clean, "-o", noisy, "--gold", gold, "--times", "5", "--date-field", "date")
    assert (result.code, result.out) == (0, b"")
    assert "pieces of noise in 30 records: " in result.err
    assert "30 in = 30 out + 0 rejected" in result.err
    for made, row in zip(rows(noisy), rows(gold), strict=True):
        assert (made["id"], made["text"], made["outlet"]) == (row["id"], row["text"], "contoh")
        assert row["date"] == "2025-11-05"
        text, position = "", 0
        for start, end, here, was, _ in row["noise"]:  # type: ignore[attr-defined]
            assert made["text"][start:end] == here  # type: ignore[index]
            text += made["text"][position:start] + was  # type: ignore[index]
            position = end
        assert text + made["text"][position:] == TEXT  # type: ignore[index]
    assert len({row["text"] for row in rows(gold)}) > 10  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", f'{{"id": 1, "text": "R\\u0026B/ \\/ \\u003cb\\u003e {TEXT} caf\\u00e9 é \\"kata\\u0022"}}\n'),
        ("a.json", f'[{{"id": 1, "text": "R\\u0026B/ \\/ {TEXT} caf\\u00e9 é"}}]'),
        ("a.tsv", f'id\ttext\n1\t"{TEXT}" kata "Budi"\n2\t"{TEXT}\n3\t{TEXT}\n'),
        ("a.txt", f"{TEXT}\r\n{TEXT}"),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_texts_however_they_are_written_get_the_noise_that_the_gold_tells_of(
    normalize: Command, tmp_path: Path, name: str, data: str, seed: int
) -> None:
    (tmp_path / name).write_text(data, newline="")
    gold, out = tmp_path / "gold.jsonl", tmp_path / f"out-{name}"
    result = normalize("noise", tmp_path / name, "-o", out, "--gold", gold, "--times", "30", "--seed", seed)
    assert result.code == 0, result.err
    assert any(row["noise"] for row in rows(gold))
    assert out.read_bytes() != data.encode()
    assert (
        normalize("noise", out, "--gold", tmp_path / "again.jsonl", "--times", "0", "-o", tmp_path / f"again-{name}").code
        == 0
    )
    assert [row["text"] for row in rows(tmp_path / "again.jsonl")] == [row["text"] for row in rows(gold)]


@pytest.mark.parametrize("name", ["noisy.jsonl", "noisy.csv"])
def test_a_bad_record_has_no_row_in_the_gold_file(normalize: Command, clean: Path, tmp_path: Path, name: str) -> None:
    clean.write_bytes(clean.read_bytes() + b"\nno JSON\n")
    gold = tmp_path / "gold.jsonl"
    result = normalize("noise", clean, "-o", tmp_path / name, "--gold", gold, "--rejects", tmp_path / "rejects")
    assert "31 in = 30 out + 1 rejected" in result.err
    assert [row["id"] for row in rows(gold)] == [row["id"] for row in ROWS]


def test_no_noise_is_put_in_where_none_is_wanted(normalize: Command, clean: Path, tmp_path: Path) -> None:
    result = normalize("noise", clean, "-o", tmp_path / "noisy.jsonl", "--gold", tmp_path / "gold.jsonl", "--times", "0")
    assert "0 pieces of noise in 0 records" in result.err
    assert (tmp_path / "noisy.jsonl").read_bytes() == clean.read_bytes()


def test_the_same_seed_gives_the_same_bytes_for_any_number_of_processes(
    normalize: Command, clean: Path, tmp_path: Path
) -> None:
    found = {}
    for name, options in (("a", ()), ("b", ("-j", "2")), ("c", ("--seed", "1"))):
        normalize(
            "noise", clean, "-o", tmp_path / name, "--output-format", "jsonl", "--gold", tmp_path / f"{name}.gold", *options
        )
        found[name] = (tmp_path / f"{name}.gold").read_bytes()
    assert found["a"] == found["b"] != found["c"]


def test_only_the_kinds_asked_for(normalize: Command, clean: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl.gz"
    options = ("--kind", "preposition", "--kind", "hole", "--times", "20")
    assert normalize("noise", clean, "-o", tmp_path / "n.csv", "--on-error", "stop", "--gold", gold, *options).code == 0
    lines = gzip.decompress(gold.read_bytes()).splitlines()
    kinds = {one[4] for line in lines for one in json.loads(line)["noise"]}
    assert kinds == {"preposition", "hole"}
    assert (tmp_path / "n.csv").read_bytes().startswith(b"id,date,text,outlet")


def test_rates_come_from_a_dump(normalize: Command, tmp_path: Path, clean: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_bytes(jsonl(*({"text": f"Warga {number} orang tiba dirumah dan dikantor itu."} for number in range(400))))
    assert normalize("learn", dump, "-o", tmp_path / "learned", "-q").code == 0
    counts = {"own": 0, "shipped": 0}
    for name, options in (("own", ("--learned", tmp_path / "learned")), ("shipped", ())):
        normalize("noise", clean, "-o", tmp_path / "n.jsonl", "--gold", tmp_path / name, "--kind", "preposition", *options)
        counts[name] = sum(bool(row["noise"]) for row in rows(tmp_path / name))
    assert counts["own"] > counts["shipped"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "n.jsonl"), "Missing option '--gold'"),
        (("-o", "clean.jsonl", "--gold", "g"), "clean.jsonl: the output is an input"),
        (("-o", "n.jsonl", "--gold", "n.jsonl"), "n.jsonl: is an input or output of this run already"),
        (("-o", "n.jsonl", "--gold", "clean.jsonl"), "clean.jsonl: is an input or output of this run already"),
        (("-o", "n.jsonl", "--gold", "-"), "--gold needs the name of a file"),
        (("-o", "n.jsonl", "--gold", "other"), "other: exists and does not hold gold rows: it is not replaced"),
        (("-o", "n.jsonl", "--gold", "g", "--kind", "slup"), "there is no kind of noise 'slup'; did you mean 'slip'?"),
        (("-o", "n.jsonl", "--gold", "g", "--learned", "empty"), "is this a folder that `normalize learn` wrote?"),
        (("-o", "n.jsonl", "--gold", "g", "--field", "txt"), "txt"),
        (("-o", "n.jsonl", "--gold", "g", "--times", "-1"), "--times"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    normalize: Command,
    clean: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").write_text("mine\n")
    (tmp_path / "empty").mkdir()
    before = clean.read_bytes()
    result = normalize("noise", "clean.jsonl", *arguments)
    assert result.code == 2
    assert message in result.err
    assert clean.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"clean.jsonl", "other", "empty"}


def test_a_bad_record_is_passed_through_and_has_no_gold(normalize: Command, clean: Path, tmp_path: Path) -> None:
    clean.write_bytes(clean.read_bytes() + b'{"id": 9, "text": 5}\n' + jsonl({"id": 10, "text": ""}))
    result = normalize("noise", clean, "-o", tmp_path / "n.jsonl", "--gold", tmp_path / "g")
    assert result.code == 1
    assert "clean.jsonl:31" in result.err
    assert (tmp_path / "n.jsonl").read_bytes().splitlines()[30] == b'{"id": 9, "text": 5}'
    assert len(rows(tmp_path / "g")) == 30


def test_the_set_that_ships_is_what_the_command_makes(normalize: Command, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    options = ("--gold", gold, "--date-field", "date", "--times", "3")
    assert normalize("noise", SET / "clean.jsonl", "-o", tmp_path / "n.jsonl", *options).code == 0
    assert gold.read_bytes() == (SET / "gold.jsonl").read_bytes()


def test_the_set_that_ships_is_right_as_it_stands(normalize: Command, tmp_path: Path) -> None:
    result = normalize("check", SET / "clean.jsonl", "--date-field", "date")
    assert result.code == 0, result.out.decode()

"""Answers are kept, counted with intervals, and become words, rewrites, unwanted changes and confidences by rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harness import Command

from normalize.dumps.errors import DumpError
from normalize.dumps.review.answers import Answer, append, read
from normalize.dumps.review.precision import FEWEST, NEVER, Precision, by_rule, confidence_allowing, least_confidences
from normalize.dumps.review.verdict import verdict

RULES_MADE = ("spelling.slip", "spelling.preposition", "spacing.hole", "spelling.rewrite", "characters.invisible")


def judged(answer: str, confidence: float = 0.9, rule: str = "spelling.slip", number: int = 0) -> Answer:
    return Answer("audit", answer, rule, "x", "y", confidence=confidence, input="a.jsonl", n=number, field="text")


def reviewed(answer: str, before: str, after: str, meant: str = "") -> Answer:
    return Answer("review", answer, "spelling.slip", before, after, meant=meant)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    # 81 of 263 is the example of Newcombe 1998, Statistics in Medicine 17:857; the others follow from the formula.
    assert Precision(right, of).interval == pytest.approx((low, high), abs=1e-4)


def test_what_several_rules_made_counts_for_each() -> None:
    found = by_rule([judged("right", rule="a.b+c.d"), judged("wrong", rule="c.d"), judged("keep", rule="c.d")])
    assert found == {"a.b": Precision(1, 1), "c.d": Precision(1, 3)}


def test_a_rule_is_asked_for_the_confidence_from_which_its_edits_are_right() -> None:
    unsure = [judged("wrong", 0.86, number=i) for i in range(10)]
    sure = [judged("right", 0.97, number=10 + i) for i in range(100)]
    assert least_confidences(unsure + sure, 0.95) == {"spelling.slip": 0.97}
    assert least_confidences(unsure + sure, 0.5) == {}  # all of them may stay
    assert least_confidences(unsure + sure[:9], 0.95) == {}  # too few to tell
    assert least_confidences(unsure * 3, 0.95) == {"spelling.slip": NEVER}


def test_the_last_answer_counts() -> None:
    answers = [
        reviewed("keep", "nongkrong", "nongkong"),
        reviewed("right", "mengtakan", "mengatakan"),
        reviewed("wrong", "Senin", "Senen"),
        reviewed("wrong", "dngn", "dengan", meant="dingin"),
        reviewed("keep", "mengtakan", "mengatakan"),
        reviewed("right", "nongkrong", "nongkong"),
    ]
    found = verdict(answers, 0.95)
    assert found.keep_words == ("mengtakan",)
    assert found.rewrites == {"dngn": "dingin"}
    assert {change[1] for change in found.unwanted} == {"Senin", "dngn", "mengtakan"}


def test_marks_are_neither_words_to_keep_nor_rewrites() -> None:
    found = verdict(
        [reviewed("keep", " ,", ","), reviewed("wrong", "", " ", meant=" - "), reviewed("keep", "a\nb", "c")], 0.95
    )
    assert (found.keep_words, found.rewrites) == ((), {})


def test_answers_are_kept_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "review.jsonl"
    answers = [reviewed("keep", "\ud83d é\n", "x"), judged("right", 0.5)]
    append(path, answers[:1])
    with path.open("ab") as file:
        file.write(b'{"kind": "rev')  # as where a disk was full
    append(path, answers[1:])
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], lines[2], b""]))
    assert read(path) == answers


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b'{"kind": "review"}',
        b'{"kind": "x", "answer": "right", "rule": "", "before": "", "after": ""}',
        b"[" * 9999,
    ],
)
def test_a_line_that_is_no_answer_is_told_with_its_place(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "review.jsonl").write_bytes(b"\n" + line + b"\n")
    with pytest.raises(DumpError, match=r"review\.jsonl:2: is no answer of a review"):
        read(tmp_path / "review.jsonl")


def test_answers_become_files(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [reviewed("keep", "nongkrong", "nongkong"), reviewed("wrong", "dngn", "dengan", meant="dingin")]
    append(Path("review.jsonl"), words + [judged("wrong", number=i) for i in range(30)])
    result = normalize("review", "--apply", "made")
    assert (result.code, result.err) == (0, "")
    assert Path("made/keep-words.txt").read_text() == "nongkrong\n"
    assert Path("made/rewrites.tsv").read_text() == "dngn\tdingin\treviewed\n"
    assert Path("made/thresholds.tsv").read_text() == "spelling.slip\t1.01\n"


def test_an_audit_goes_on_where_it_was_left(normalize: Command, log: Path) -> None:
    first = normalize("audit", log, "--sample", 4, stdin=b"r\nx\nw\nq\n")
    assert first.code == 0
    assert first.err.count("(q)uit?") == 4
    assert {*"\x1b\u202e"}.isdisjoint(first.err)
    assert [answer.answer for answer in read(Path("review.jsonl"))] == ["right", "wrong"]
    second = normalize("audit", log, "--sample", 4, "--who", "ani", stdin=b"k\nr\n")
    assert "3/4" in second.err
    assert "1/4" not in second.err
    answers = read(Path("review.jsonl"))
    assert [answer.answer for answer in answers] == ["right", "wrong", "keep", "right"]
    assert len({answer.place for answer in answers}) == 4
    assert (answers[3].who, answers[3].kind) == ("ani", "audit")
    counted = normalize("audit", log, "--sample", 4, "--no-ask")
    assert counted.err == ""
    assert counted.out == second.out
    assert b"95 % interval" in counted.out


def test_a_draw_has_as_many_of_each_rule(normalize: Command, log: Path) -> None:
    normalize("audit", log, "--sample", 3, stdin=b"r\nr\nr\n")
    rules = [answer.rule for answer in read(Path("review.jsonl"))]
    assert len({*rules}) == 3


def test_a_run_goes_by_the_answers(normalize: Command, log: Path) -> None:
    def texts(*options: object) -> list[str]:
        result = normalize("clean", "raw.jsonl", "-q", *options)
        return [json.loads(line)["text"] for line in result.out.splitlines()]

    before, usual = [json.loads(line)["text"] for line in Path("raw.jsonl").read_text().splitlines()], texts()
    assert "mengatakan hal itu di rumah" in usual[0]
    append(Path("review.jsonl"), [reviewed("wrong", "mengtakan", "mengatakan"), reviewed("right", "dirumah", "di rumah")])
    assert "mengtakan hal itu di rumah" in texts("--review", "review.jsonl")[0]
    append(Path("review.jsonl"), [reviewed("right", "mengtakan", "mengatakan")])
    assert texts("--review", "review.jsonl") == usual
    append(Path("review.jsonl"), [judged("wrong", 0.5, RULES_MADE[n // FEWEST], n) for n in range(FEWEST * len(RULES_MADE))])
    assert texts("--review", "review.jsonl") == before
    assert normalize("check", "raw.jsonl", "--review", "review.jsonl").code == 0
    assert normalize("check", "raw.jsonl").code == 1


def test_what_was_left_out_by_answers_is_not_in_the_log(normalize: Command, log: Path) -> None:
    append(Path("review.jsonl"), [reviewed("keep", "mengtakan", "mengatakan")])
    options = ("--review", "review.jsonl", "--edits", "new.jsonl")
    assert normalize("clean", "raw.jsonl", "-o", "new-out.jsonl", *options).code == 0
    assert "mengtakan" not in Path("new.jsonl").read_text()
    assert normalize("undo", "new-out.jsonl", "--edits", "new.jsonl", "-o", "back.jsonl").code == 0
    assert Path("back.jsonl").read_bytes() == Path("raw.jsonl").read_bytes()
    head = json.loads(Path("new.jsonl").read_text().splitlines()[0])
    assert head["options"]["review"].startswith("review.jsonl (")


def test_words_are_kept_and_rewritten_as_the_answers_say(normalize: Command, log: Path) -> None:
    answers = [
        reviewed("keep", "pemeritnah", "pemerintah"),
        reviewed("wrong", "mengtakan", "mengatakan", meant="berkata"),
    ]
    append(Path("review.jsonl"), answers)
    out = normalize("clean", "raw.jsonl", "-q", "--review", "review.jsonl").out.decode()
    assert "Warga berkata hal itu di rumah" in out
    assert "desa pemeritnah itu" in out
    assert "mengtakan" not in out.splitlines()[0]


def test_answers_that_are_none_end_a_run(normalize: Command, log: Path) -> None:
    Path("review.jsonl").write_text("{}\n")
    result = normalize("clean", "raw.jsonl", "-o", "new-out.jsonl", "--review", "review.jsonl")
    assert result.code == 2
    assert "review.jsonl:1: is no answer of a review" in result.err
    assert not Path("new-out.jsonl").exists()


def test_a_share_of_wrong_words_asks_for_a_confidence(normalize: Command, log: Path) -> None:
    judgements = [judged("right", 0.99), judged("wrong", 0.95, number=1), judged("right", 0.9), judged("wrong", 0.86)]
    made = {"spelling.slip": 400}  # each judged edit stands for 100 of them
    wrong = [confidence_allowing(limit, judgements, made) for limit in (0, 99, 100, 199, 200)]
    assert wrong == [0.99, 0.99, 0.9, 0.9, 0.0]
    assert confidence_allowing(0, judgements[1:2], made) == NEVER
    out = normalize("audit", log, "--sample", 2, "--max-wrong", "1/10", stdin=b"r\nw\n").out.decode()
    words = sum(len(json.loads(line)["text"].split()) for line in Path("raw.jsonl").read_text().splitlines())
    assert f"for at most 0.1 of the {words} words wrong: --min-confidence" in out
    Path("raw.jsonl").unlink()
    assert b"have to be where they were" in normalize("audit", log, "--no-ask", "--max-wrong", "1/10").out

"""Words that a user keeps are never changed; rewrites of a user's own are made, and stay."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from normalize import Normalizer
from normalize.rules import RULES
from normalize.tokens import WORD

SLIPS = "TRIBUNNEVS.COM - Ia mengtakan hal itu dirumah (Tribunevs.com/Iunita Rahmaianti)"


@pytest.mark.parametrize(
    ("kept", "cleaned"),
    [
        ("mengtakan", "TRIBUNNEWS.COM - Ia mengtakan hal itu di rumah (Tribunnews.com/Yunita Rahmayanti)"),
        ("MENGTAKAN", "TRIBUNNEWS.COM - Ia mengtakan hal itu di rumah (Tribunnews.com/Yunita Rahmayanti)"),
        ("dirumah", "TRIBUNNEWS.COM - Ia mengatakan hal itu dirumah (Tribunnews.com/Yunita Rahmayanti)"),
        ("tribunnevs.com", "TRIBUNNEVS.COM - Ia mengatakan hal itu di rumah (Tribunnews.com/Yunita Rahmayanti)"),
        ("hal itu dirumah", "TRIBUNNEWS.COM - Ia mengatakan hal itu dirumah (Tribunnews.com/Yunita Rahmayanti)"),
        ("rumah", "TRIBUNNEWS.COM - Ia mengatakan hal itu di rumah (Tribunnews.com/Yunita Rahmayanti)"),
    ],
)
def test_a_kept_word_stays_and_the_rest_is_repaired(kept: str, cleaned: str) -> None:
    assert Normalizer(keep_words=[kept]).clean(SLIPS) == cleaned


def test_a_name_in_a_byline_stays() -> None:
    assert "Iunita" in Normalizer(keep_words=["Iunita"]).clean(SLIPS)


def test_no_rule_changes_what_is_kept() -> None:
    rules = [rule for rule in RULES if not rule.tag]
    cleaner = Normalizer(keep_words={word for rule in rules for before in rule.changes for word in WORD.findall(before)})
    for rule in rules:
        for before in rule.changes:
            assert set(WORD.findall(before)) <= set(WORD.findall(cleaner.clean(before, rule.date))), rule.name


def test_what_is_dropped_is_dropped_with_the_kept_words_in_it() -> None:
    text = "Hujan turun.\nBaca juga: Banjir di Demak\nWarga mengungsi."
    assert "Banjir" not in Normalizer(drop=["boilerplate"], keep_words=["Banjir"]).clean(text)


def test_nothing_is_remarked_about_a_kept_word() -> None:
    text = "Ia hadir, Senin (24/10/2024)."
    assert [finding.before for finding in Normalizer().explain(text).findings] == ["Senin (24/10/2024)"]
    assert Normalizer(keep_words=["Senin (24/10/2024)"]).explain(text).findings == ()


def test_a_kept_word_among_rewrites_of_the_dictionary() -> None:
    text = "Kebisingan itu menganggu warga."
    assert Normalizer().clean(text) != text
    assert Normalizer(keep_words=["menganggu"]).clean(text) == text


ROWS = {"jadual": "jadwal", "bpjs": "BPJS", "Pasar Senin Jaya": "Pasar Senen Jaya", "medsos": "media sosail"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ia melihat jadual itu.", "Ia melihat jadwal itu."),
        ("Jadual itu dilihatnya.", "Jadwal itu dilihatnya."),
        ("Kartu bpjs dan BPJS.", "Kartu BPJS dan BPJS."),
        ("Ia ke Pasar Senin Jaya.", "Ia ke Pasar Senen Jaya."),
        ("Ia ke pasar senin jaya.", "Ia ke pasar senin jaya."),
        ("Lihat www.jadual.com dan @jadual.", "Lihat www.jadual.com dan @jadual."),
        ("Ramai di medsos kemarin.", "Ramai di media sosail kemarin."),
        ("malam.Jadual itu berubah.", "malam. Jadwal itu berubah."),
    ],
)
def test_rewrites_are_made_once_and_stay(before: str, after: str) -> None:
    cleaner = Normalizer(rewrites=ROWS)
    assert cleaner.clean(before) == after
    assert cleaner.clean(after) == after


def test_a_rewrite_is_sure_and_names_its_rule() -> None:
    (edit,) = Normalizer(rewrites=ROWS, min_confidence=1.0).explain("Ia melihat jadual itu.").edits
    assert (edit.rule, edit.confidence) == ("own.rewrite", 1.0)


def test_options_survive_pickling_and_change_the_version() -> None:
    cleaner = Normalizer(keep_words=["mengtakan"], rewrites=ROWS)
    again = pickle.loads(pickle.dumps(cleaner))
    assert (again.keep_words, again.rewrites) == (cleaner.keep_words, cleaner.rewrites)
    assert again.lexicon.version == cleaner.lexicon.version
    assert len({cleaner.lexicon.version, Normalizer().lexicon.version, Normalizer(rewrites=ROWS).lexicon.version}) == 3


def test_both_are_read_from_files(tmp_path: Path) -> None:
    words, rows = tmp_path / "keep.txt", tmp_path / "rows.tsv"
    words.write_text("\ufeff# kept\n\nmengtakan\r\nhal itu\n", encoding="utf-8")
    rows.write_text("# own\nfound\tmeant\twhy\njadual\tjadwal\thouse style\nbpjs\tBPJS\n", encoding="utf-8")
    cleaner = Normalizer(keep_words=words, rewrites=rows)
    assert cleaner.keep_words == ("hal itu", "mengtakan")
    assert cleaner.rewrites == {"bpjs": "BPJS", "jadual": "jadwal"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"jadual\n", "rows.tsv:1: has 1 columns, not found, meant and why"),
        (b"a\tb\nc\td\te\tf\n", "rows.tsv:2: has 4 columns"),
        (b"jadual\tjadual\n", "rows.tsv:1: 'jadual' is rewritten to itself"),
        (b"a1\tb1\na1\tc1\n", "rows.tsv:2: 'a1' is rewritten to 'b1' already"),
        (b"a1\tb1\nb1\tc1\n", "rows.tsv:1: 'b1' has 'b1' in it, which is rewritten itself"),
        (b"jadual\t...\n", "rows.tsv:1: '...' has neither letter nor digit"),
        (b"caf\xe9\tkafe\n", "rows.tsv: is not UTF-8: byte 0xe9"),
        (b"x" * 300 + b"\ty\n", "rows.tsv:1: is longer than 200 characters"),
    ],
)
def test_a_bad_row_is_told_with_its_place(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "rows.tsv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(message)):
        Normalizer(rewrites=path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep_words": "kafe"}, "takes several words"),
        ({"keep_words": ["--"]}, "neither letter nor digit"),
        ({"rewrites": [("a", "b")]}, "are a mapping"),
        ({"keep_words": ["jadual"], "rewrites": ROWS}, "'jadual' is among the words to keep and among the rewrites"),
        ({"keep_words": Path("missing.txt")}, "missing.txt: cannot be read"),
    ],
)
def test_options_that_make_no_sense(options, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Normalizer(**options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"skip": ["masthed"]}, "no rule or family of rules is named 'masthed'; did you mean 'masthead'?"),
        ({"drop": ["boilerplat"]}, "no rule has the tag 'boilerplat'; did you mean 'boilerplate'?"),
        ({"drop": ["spelling"]}, "'spelling' repairs, and is not dropped"),
    ],
)
def test_names_of_rules_are_told_with_a_suggestion(options, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Normalizer(**options)


def test_rules_are_named_by_family_pattern_and_name_everywhere() -> None:
    text = "Ia mengtakan hal itu dirumah."
    for name in ("spelling", "spelling.*", "spell*.*"):
        assert Normalizer(skip=[name]).clean(text) == text
    linked = "Hujan turun sejak pagi.\nBaca juga: Banjir di Tiga Kecamatan\nWarga mengungsi."
    for name in ("boilerplate", "crosslink", "crosslink.*"):
        assert "Baca juga" not in Normalizer(drop=[name]).clean(linked)

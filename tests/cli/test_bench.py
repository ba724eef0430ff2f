"""normalize bench: the parts of a run add up, and peers are timed on samples that fit them."""

from __future__ import annotations

import json
import time

import pytest
from click.testing import CliRunner

from normalize.bench import peers
from normalize.cli import group
from normalize.lexicon import Lexicon
from normalize.rules import STAGES

TEXTS = ["Ia mengtakan hal itu dirumah neneknya, Kamis (24/10). /2024).", "KOMPA.com - Hujan turun.,Warga mengungsi."] * 50


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(TEXTS)))
    return str(path)


def bench(*args):
    return CliRunner().invoke(group, ["bench", *args])


def test_the_parts_add_up_to_the_whole(dump):
    found = json.loads(bench("--json", "--no-peers", dump).stdout)
    assert found["texts"] == len(TEXTS)
    assert found["bytes"] == sum(map(len, TEXTS))
    assert sum(found["parts"].values()) == pytest.approx(found["cpu"], abs=0.01)
    unasked = [finder for stage in STAGES for finder in stage]
    finders = [one for one in unasked if not any(r.opt_in or r.learned or r.own or r.copies for r in one.rules)]
    assert {finder.name for finder in finders} <= found["parts"].keys()
    assert found["calls"]["date.malformed +3"] <= len(TEXTS)  # only where its trigger is: in half, which are asked again
    assert found["edits"] > len(TEXTS)


def test_words_are_counted_by_what_they_are_to_the_engine(dump):
    words = json.loads(bench("--json", "--no-peers", dump).stdout)["words"]
    assert words["distinct"] >= words["unknown"] >= words["undecided"] > 0  # "mengtakan" is mended where it stands


def test_a_table_is_shown(dump):
    shown = bench("--no-peers", "--limit", "10", dump).stdout
    assert "10 documents" in shown
    assert "MB of memory" in shown
    assert "spelling.rewrite" in shown


@pytest.mark.parametrize("arguments", [("-", "--input-format", "jsonl"), ()])
def test_standard_input_is_refused(arguments):
    result = bench(*arguments)
    assert result.exit_code == 2
    assert "not standard input" in result.stderr


def test_a_dump_without_texts_is_told(tmp_path):
    (tmp_path / "dump.jsonl").write_text('{"id": 1, "text": null}\n')
    result = bench(str(tmp_path / "dump.jsonl"))
    assert result.exit_code == 1
    assert "no text" in result.stderr


def spend(seconds):
    """Keeps a processor busy for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_peers_are_ranked_by_what_they_spend_on_a_byte(monkeypatch):
    monkeypatch.setattr(peers, "ENOUGH", 0.07)
    with peers.samples(["hujan turun " * 1000] * 30) as sizes:
        assert [sample.bytes for sample in sizes] == sorted(sample.bytes for sample in sizes)
        assert len(sizes[-1].texts) == 30
        runs = {"slow": peers.each(lambda text: spend(0.002)), "fast": peers.each(lambda text: spend(0.0002))}
        entries = {name: (run, peers.fitting(run, sizes)) for name, run in runs.items()}
        speeds = peers.race(entries, 2, lambda name: None)
    assert speeds["fast"].rate > 3 * speeds["slow"].rate
    assert all(len(speed.seconds) == 2 for speed in speeds.values())


def test_a_peer_that_is_not_installed_is_left_out(monkeypatch):
    absent = peers.Peer("absent", "nothing", "no-such-program-or-package", peers.PEERS[0].load)
    monkeypatch.setattr(peers, "PEERS", (peers.PEERS[0], absent))
    assert peers.installed() == [peers.PEERS[0]]


def test_the_floors_go_over_all_of_any_text():
    lexicon = Lexicon({}, {}, {}, frozenset(), {}, ())
    with peers.samples(["Hujan turun.", "", "\ud800 café"]) as sizes:
        decoded, scanned = (peer.load(lexicon) for peer in peers.PEERS[:2])
        decoded(sizes[-1])
        scanned(sizes[-1])
        with sizes[-1].path.open("ab") as lines:
            lines.write(b"\xff")
        with pytest.raises(UnicodeDecodeError):
            decoded(sizes[-1])
        with pytest.raises(UnicodeEncodeError):
            scanned(sizes[-1]._replace(texts=["Hujan turun.", "\ud800"]))


def test_the_scan_looks_up_every_word_behind_an_unknown_one_too():
    assert peers.known_words("Warga xqzw turun", {b"Warga", b"turun"}) == 2

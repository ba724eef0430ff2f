"""Options from normalize.toml or pyproject.toml; the command line wins."""

import json
import os

import pytest
from harness import CLEAN, DIRTY, jsonl

from normalize.cli.config import commands, configurable

ROWS = jsonl({"isi": DIRTY, "text": DIRTY})


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project, from a folder of which the command is called."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path / "data")
    (tmp_path / "data" / "a.jsonl").write_bytes(ROWS)
    return tmp_path


def cleaned(*fields):
    return jsonl({field: CLEAN if field in fields else DIRTY for field in ("isi", "text")})


def test_normalize_toml_upwards_is_read(normalize, project):
    (project / "normalize.toml").write_text('field = "isi"')
    assert normalize("clean", "a.jsonl").out == cleaned("isi")


def test_pyproject_is_read_where_it_has_a_section(normalize, project):
    (project / "pyproject.toml").write_text('[tool.normalize]\nfield = ["isi", "text"]')
    (project / "data" / "pyproject.toml").write_text("[tool.other]\nfield = 1")
    assert normalize("clean", "a.jsonl").out == cleaned("isi", "text")


def test_a_run_says_which_options_it_was_given_by_a_configuration(normalize, project):
    (project / "data" / "normalize.toml").write_text('field = "isi"\nskip = ["link"]\nlimit = 1')
    said = "3 options from normalize.toml: limit, field, skip\n"
    assert said in normalize("clean", "a.jsonl").err
    assert "2 options from normalize.toml: limit, field\n" in normalize("clean", "a.jsonl", "--skip", "date").err
    assert "2 options from normalize.toml: limit, field\n" in normalize("learn", "a.jsonl", "-o", "learned").err
    assert "normalize.toml" not in normalize("clean", "a.jsonl", "--isolated", "--field", "isi").err
    assert normalize("clean", "a.jsonl", "-q").err == ""


def test_a_configuration_farther_up_is_named_with_its_folder(normalize, project):
    (project / "normalize.toml").write_text('field = "isi"')
    assert f"1 option from {project / 'normalize.toml'}: field\n" in normalize("check", "a.jsonl").err


def test_the_command_line_wins(normalize, project):
    (project / "normalize.toml").write_text('field = ["isi"]')
    assert normalize("clean", "a.jsonl", "--field", "text").out == cleaned("text")


def test_isolated_reads_nothing(normalize, project):
    (project / "normalize.toml").write_text('feild = ["isi"]')
    assert normalize("clean", "a.jsonl", "--isolated").out == cleaned("text")


def test_a_table_is_for_one_command(normalize, project):
    (project / "normalize.toml").write_text('skip = ["characters"]\n[check]\nskip = []')
    assert normalize("clean", "a.jsonl").out == ROWS
    assert normalize("check", "a.jsonl").code == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('feild = "isi"', "unknown key 'feild'; did you mean 'field'?"),
        ("[chek]\njobs = 1", "unknown key 'chek'; did you mean 'check'?"),
        ('[check]\nedits = "x"', "unknown key 'edits'"),
        ("in-place = true", "unknown key 'in-place'"),
        ("jobs = ", "normalize.toml"),
        ('jobs = "many"', "jobs"),
    ],
)
def test_a_wrong_configuration_is_told(normalize, project, text, message):
    (project / "normalize.toml").write_text(text)
    result = normalize("clean", "a.jsonl")
    assert result.code == 2
    assert message in result.err


def test_what_dump_config_shows_configures_the_same(normalize, project):
    arguments = ["clean", "--field", 'a "b"', "--jobs", 3, "--skip", "date", "--min-confidence", 0.9, "--diff"]
    shown = normalize(*arguments, "--dump-config").out.decode()
    assert shown.startswith("# no configuration file\n")
    (project / "normalize.toml").write_text(shown)
    again = normalize("clean", "--dump-config").out.decode()
    assert again.splitlines()[1:] == shown.splitlines()[1:]


def test_dump_config_shows_what_is_not_set_and_where_the_rest_is_from(normalize, project):
    (project / "normalize.toml").write_text('skip = ["date"]')
    lines = normalize("clean", "--dump-config").out.decode().splitlines()
    assert lines[0] == f"# {project / 'normalize.toml'}"
    assert {'skip = ["date"]', "# date-field is not set", "min-confidence = 0.85"} <= {*lines}


def test_files_are_named_from_the_folder_of_the_configuration(normalize, project):
    (project / "normalize.toml").write_text('edits = "logs/edits.jsonl"')
    assert normalize("clean", "a.jsonl", "-o", "out.jsonl").code == 0
    assert (project / "logs" / "edits.jsonl").exists()
    (project / "normalize.toml").write_text('edits = "../edits.jsonl"')
    result = normalize("clean", "a.jsonl", "-o", "out.jsonl")
    assert result.code == 2
    assert "leads out of" in result.err


def test_explain_is_configured_too(normalize, project):
    (project / "normalize.toml").write_text('skip = ["characters"]')
    assert json.loads(normalize("explain", DIRTY, "--json").out)["text"] == DIRTY


@pytest.mark.parametrize("option", ["edits", "rejects", "report", "learned"])
@pytest.mark.parametrize("name", ["{outside}/victim", "../../victim", "link"])
def test_a_configuration_names_no_file_outside_of_its_folder(normalize, project, tmp_path_factory, option, name):
    outside = tmp_path_factory.mktemp("outside")
    victim = (outside if "{" in name else project.parent) / "victim"
    victim.write_text("precious")
    (project / "link").symlink_to(victim)
    (project / "normalize.toml").write_text(f"{option} = {json.dumps(name.format(outside=outside))}")
    result = normalize("clean", "a.jsonl", "-o", "out.jsonl")
    assert result.code == 2
    assert "leads out of" in result.err
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("option", ["edits", "learned", "encoding", "keep-words", "field", "id-field"])
@pytest.mark.parametrize("table", ["", "[clean]\n"])
def test_a_zero_byte_is_told_with_its_key(normalize, project, option, table):
    value = '["text", "a\\u0000b"]' if option == "field" else '"a\\u0000b"'
    (project / "normalize.toml").write_text(f"{table}{option} = {value}")
    result = normalize("clean", "a.jsonl", "-o", "out.jsonl")
    assert result.code == 2
    assert f"{option} = " in result.err
    assert "has a zero byte" in result.err


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("edits", "mine.txt"),
        ("rejects", "mine.txt"),
        ("rejects", "mine.jsonl.gz"),
        ("report", "mine.html"),
        ("report", "a.json"),
    ],
)
@pytest.mark.parametrize("content", [b"mine", b'{"mine": 1}\n', b"[1]\n", b"\x1f\x8b\x08", b'{"file": 1}\n'])
def test_no_file_that_is_none_of_ours_is_replaced(normalize, project, option, name, content):
    (project / "normalize.toml").write_text(f'{option} = "{name}"')
    named = (project / name, project / "data" / name)  # from the folder of the configuration, and from the command's
    for path in named:
        path.write_bytes(content)
    for arguments in ((), ("--isolated", f"--{option}", name)):
        result = normalize("clean", "a.jsonl", "-o", "out.jsonl", *arguments)
        assert result.code == 2
        assert "it is not replaced" in result.err
    assert [path.read_bytes() for path in named] == [content, content]


@pytest.mark.parametrize(
    "arguments", [("--rejects", "r.jsonl"), ("--rejects", "r.jsonl.zst"), ("--report", "r.html"), ("--report", "r.json")]
)
def test_what_is_ours_is_replaced(normalize, project, arguments):
    (project / "data" / "a.jsonl").write_bytes(ROWS + b"oops\n")
    for _ in range(2):
        assert normalize("clean", "a.jsonl", "-o", "out.jsonl", *arguments).code == 1


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a working directory cannot be removed")
@pytest.mark.parametrize("command", [("explain", "Ia mengtakan."), ("clean", "a.jsonl")])
def test_a_working_directory_that_is_gone_is_told(normalize, tmp_path, monkeypatch, command):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    result = normalize(*command)
    assert result.code == 2
    assert "the working directory is not there any more" in result.err


def test_dump_config_writes_nothing_that_a_terminal_obeys(normalize, project):
    (project / "normalize.toml").write_text('keep-word = ["a\\u202eb\\u001b[31m"]\n', encoding="utf-8")
    shown = normalize("clean", "--dump-config").out.decode()
    assert {"\u202e", "\x1b"} & {*shown} == set()
    assert "a\\U0000202eb" in shown


def test_an_option_of_one_value_takes_no_list_and_none_takes_a_table(normalize, project):
    for name, option in configurable(commands()["clean"]).items():
        for value in ["{a = 1}", "['x', 'y']"][: 1 if option.multiple else 2]:
            (project / "normalize.toml").write_text(f"[clean]\n{name} = {value}")
            for arguments in ((), ("--dump-config",)):
                result = normalize("clean", "a.jsonl", *arguments)
                assert result.code == 2
                assert f"{name} takes one value, and no" in result.err


@pytest.mark.parametrize("broken", ["limit = " + "9" * 5000, "skip = " + "[" * 5000, "clean = 1", "a = 1979-13-01"])
def test_what_is_no_configuration_is_told_in_a_line(normalize, project, broken):
    (project / "normalize.toml").write_text(broken)
    result = normalize("clean", "a.jsonl")
    assert (result.code, "Traceback" in result.err, "did you mean 'clean'" in result.err) == (2, False, False)
    assert "normalize.toml: " in result.err

"""What the command says about itself: its version, and once that it is not compiled."""

from __future__ import annotations

import pytest

import normalize as package
from normalize import kernel
from normalize.cli import pure_notice


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NORMALIZE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("NORMALIZE_PURE", raising=False)
    return tmp_path / "cache"


@pytest.mark.parametrize(("compiled", "shown"), [(None, "pure Python"), (object(), "compiled")])
def test_the_version_says_whether_the_kernel_is_compiled(normalize, monkeypatch, compiled, shown):
    monkeypatch.setattr(kernel, "compiled", compiled)
    assert normalize("--version").out.decode() == f"normalize {package.__version__} ({shown})\n"


def test_a_missing_kernel_is_said_once(cache, monkeypatch, capsys):
    monkeypatch.setattr(kernel, "compiled", None)
    pure_notice.say_once()
    assert capsys.readouterr().err == pure_notice.NOTICE + "\n"
    pure_notice.say_once()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("compiled", "pure"), [(object(), ""), (None, "1")])
def test_nothing_is_said_where_it_is_compiled_or_was_not_wanted(cache, monkeypatch, capsys, compiled, pure):
    monkeypatch.setattr(kernel, "compiled", compiled)
    monkeypatch.setenv("NORMALIZE_PURE", pure)
    pure_notice.say_once()
    assert capsys.readouterr().err == ""
    assert not cache.exists()


def test_where_nothing_can_be_remembered_it_is_said_all_the_same(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("NORMALIZE_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.delenv("NORMALIZE_PURE", raising=False)
    monkeypatch.setattr(kernel, "compiled", None)
    pure_notice.say_once()
    assert capsys.readouterr().err == pure_notice.NOTICE + "\n"

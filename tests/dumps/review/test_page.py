"""The review page in a browser: by keyboard alone, at a desk and on a phone, light and dark, with hostile text in it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Command, start

from normalize.dumps.review.answers import Answer, append, read

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def page(path: Path) -> dict[str, Any]:
    """The data of a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text(), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_loads_nothing_and_holds_no_markup_of_the_dump(normalize: Command, log: Path) -> None:
    assert normalize("review", log, "-o", "r.html").code == 0
    text = Path("r.html").read_text()
    assert text.count("<script") == 2  # the data, the page's own
    assert {*"\x1b\u202e"}.isdisjoint(text)
    assert "default-src 'none'" in text
    assert not re.search(r"""(src|href)\s*=\s*["']""", text.split("<script")[0])
    changes = {change["before"]: change for change in page(Path("r.html"))["changes"]}
    assert (changes["mengtakan"]["count"], changes["mengtakan"]["after"]) == (4, "mengatakan")
    places = changes["mengtakan"]["places"]
    assert places[0]["left"].endswith("Warga ")
    assert any("</script>" in place["right"] + place["outlet"] for place in places)


def test_only_what_is_new_is_asked(normalize: Command, log: Path) -> None:
    normalize("review", log, "-o", "r.html")
    change = page(Path("r.html"))["changes"][0]
    append(Path("review.jsonl"), [Answer("review", "wrong", change["rule"], change["before"], change["after"], meant="é")])
    normalize("review", log, "-o", "new.html")
    assert len(page(Path("new.html"))["changes"]) == len(page(Path("r.html"))["changes"]) - 1
    normalize("review", log, "-o", "all.html", "--all")
    assert page(Path("all.html"))["changes"][0]["answer"] == {"answer": "wrong", "meant": "é", "when": "", "fresh": False}


def test_what_deserves_a_look_comes_first(normalize: Command, tmp_path: Path) -> None:
    edits = [(0, 1, "a", "b", "often.sure", 0.999)] * 50 + [(0, 1, "c", "d", "rare.unsure", 0.6)]
    edits += [(0, 1, "e", "f", "often.sure", 0.7)] * 30
    lines: list[object] = [{"normalize": "0", "options": {}}, {"input": "x", "output": "y", "first": 0}]
    lines += [{"n": n, "field": "text", "edits": [edit]} for n, edit in enumerate(edits, 1)]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert normalize("review", tmp_path / "log.jsonl", "-o", tmp_path / "r.html").code == 0
    assert [change["before"] for change in page(tmp_path / "r.html")["changes"]] == ["e", "c", "a"]


@pytest.mark.parametrize("edit", [[0, 1, "a", "b", "r", 7.0], [5, 1, "a", "b", "r", 0.5], [-1, 0, "a", "b", "r", 0.5]])
def test_a_log_that_makes_no_sense_is_told(normalize: Command, tmp_path: Path, edit: list[object]) -> None:
    lines = [{"normalize": "0", "options": {}}, {"input": "x", "output": "y", "first": 0}, {"n": 1, "edits": [edit]}]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    for command in ("review", "audit"):
        result = normalize(command, tmp_path / "log.jsonl", *(("-o", tmp_path / "r.html") if command == "review" else ()))
        assert "Traceback" not in result.err
        assert command == "audit" or (result.code == 2 and "makes no sense" in result.err)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("this machine has no Chromium with a driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield browser
    browser.quit()


def open_page(browser: Any, url: str, width: int = 1200, scheme: str = "light") -> None:
    phone = width < 600
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": phone}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(url)


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def state(browser: Any) -> str:
    return str(browser.execute_script("return document.getElementById('state').textContent"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_it_is_read_and_answered_by_keyboard_alone(
    normalize: Command, log: Path, tmp_path: Path, browser: Any, width: int, scheme: str
) -> None:
    assert normalize("review", log, "-o", "r.html", "--who", "ani").code == 0
    changes = page(Path("r.html"))["changes"]
    downloads = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", downloads)
    open_page(browser, Path("r.html").resolve().as_uri(), width, scheme)
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    assert browser.title == "Review of edits"  # nothing of the dump was run
    assert state(browser).startswith(f"0 of {len(changes)} answered")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    press(browser, "/", *"mengatakan", "\ue007")  # Enter; a search finds contexts too
    assert state(browser).endswith("1 listed")
    press(browser, "k", "w", "m", *"berkata", "\ue007")
    browser.find_element("id", "search").clear()
    press(browser, "/", *"pemerintah", "\ue007", "r")
    browser.find_element("id", "search").clear()
    press(browser, "/", "\ue008", "\ue007", *"ijj", "\ue015", "\ue013")  # arrows up and down
    assert state(browser).startswith(f"2 of {len(changes)} answered, 2 to save")
    contrast = browser.execute_script("const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]")
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in contrast]
    assert (light[0] < light[1] - 300) if scheme == "light" else (light[1] < light[0] - 300)
    browser.refresh()  # what was answered is remembered
    assert state(browser).startswith("2 of")
    press(browser, "s")
    saved = tmp_path / "review.jsonl"
    for _ in range(100):
        if saved.exists() and saved.stat().st_size:  # made empty, then filled
            break
        time.sleep(0.1)
    answers = {answer.before: answer for answer in read(saved)}
    assert (answers["mengtakan"].answer, answers["mengtakan"].meant) == ("wrong", "berkata")
    assert {answer.who for answer in answers.values()} == {"ani"}
    assert sorted(answer.answer for answer in answers.values()) == ["right", "wrong"]
    problems = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert problems == []


def test_a_served_page_keeps_answers_as_they_are_given(log: Path, browser: Any) -> None:
    process = start("review", log, "--serve", cwd=log.parent)
    assert process.stderr
    lines = [process.stderr.readline().decode(), process.stderr.readline().decode()]
    address = lines[1].split()[0]
    assert address.startswith("http://127.0.0.1:")
    open_page(browser, address)
    press(browser, "r", "w")
    for _ in range(100):
        if "all saved" in state(browser):
            break
        time.sleep(0.1)
    answers = read(log.parent / "review.jsonl")
    assert sorted(answer.answer for answer in answers) == ["right", "wrong"]
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err

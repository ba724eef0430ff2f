"""The review is served to this machine alone, to whoever knows the token; what is no answer is refused."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from normalize.dumps.review.answers import read
from normalize.dumps.review.server import ReviewServer

GOOD = {"kind": "review", "answer": "right", "rule": "spelling.slip", "before": "x", "after": "y"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    server = ReviewServer(lambda url: f"<p>{url}</p>", tmp_path / "review.jsonl")
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


def request(server: ReviewServer, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(server.host, timeout=10)
    data = json.dumps(body).encode() if body is not None else None
    connection.request(method, path, data, {"Content-Type": "application/json", **headers})
    reply = connection.getresponse()
    found = reply.status, reply.read().decode()
    connection.close()
    return found


def test_the_page_and_its_answers(server: ReviewServer) -> None:
    status, page = request(server, "GET", f"/{server.token}/")
    assert (status, page) == (200, f"<p>/{server.token}/answers</p>")
    assert request(server, "POST", f"/{server.token}/answers", GOOD)[0] == 204
    (answer,) = read(server.answers)
    assert (answer.answer, answer.before) == ("right", "x")
    assert answer.when.endswith("Z")  # the server's clock, whatever the page says
    assert server.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("path", ["/", "/answers", "/x/", "/../"])
def test_without_the_token_nothing_is_there(server: ReviewServer, path: str) -> None:
    for method in ("GET", "POST"):
        assert request(server, method, path, GOOD)[0] == 404
    assert not server.answers.exists()


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Host": "localhost:1"}, {"Origin": "http://evil.example"}])
def test_pages_of_other_sites_are_refused(server: ReviewServer, header: dict[str, str]) -> None:
    assert request(server, "GET", f"/{server.token}/", **header)[0] == 404
    assert request(server, "POST", f"/{server.token}/answers", GOOD, **header)[0] == 404
    assert not server.answers.exists()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({**GOOD, "answer": "perhaps"}, {}, 400),
        ([GOOD], {}, 400),
        (GOOD, {"Content-Type": "text/plain"}, 400),
        (GOOD, {"Content-Length": "-1"}, 400),
        (GOOD, {"Content-Length": "9" * 20}, 413),
        ({**GOOD, "before": "x" * 200_000}, {}, 413),
    ],
)
def test_what_is_no_answer_is_refused(server: ReviewServer, body: object, headers: dict[str, str], status: int) -> None:
    assert request(server, "POST", f"/{server.token}/answers", body, **headers)[0] == status
    assert not server.answers.exists()


def test_answers_at_once_are_all_kept(server: ReviewServer) -> None:
    def send(number: int) -> None:
        request(server, "POST", f"/{server.token}/answers", {**GOOD, "count": number})

    threads = [threading.Thread(target=send, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.count for answer in read(server.answers)) == list(range(20))

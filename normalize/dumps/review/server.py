"""Serve the review page to this machine alone, and keep the answers that come back.

Only 127.0.0.1 is listened on, and only requests that know the token are answered, which is in the address that is shown. A
page of another site cannot know it, nor reach the server under another name: the host that a request names is checked.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from ..errors import DumpError
from .answers import LONGEST_LINE, Answer, append, decode, now


class _LocalServer(ThreadingHTTPServer):
    request_queue_size = 64  # connections that wait, a choice
    daemon_threads = True  # a browser's open connection keeps no ended run alive


class ReviewServer:
    """Serves a page and appends its answers to a file, until it is stopped.

    make: the page, given the address that takes answers. port: 0 for any that is free. Raises OSError where it is taken.
    """

    def __init__(self, make: Callable[[str], str], answers: Path, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(24)
        self.answers, self.lock = answers, Lock()
        self.http = _LocalServer(("127.0.0.1", port), self._handler())
        self.host = f"127.0.0.1:{self.http.server_address[1]}"
        self.address = f"http://{self.host}/{self.token}/"
        self.page = make(f"/{self.token}/answers").encode("utf-8", "backslashreplace")

    def run(self) -> None:
        """Serve until stop() or an exception, as of Ctrl-C."""
        try:
            self.http.serve_forever(poll_interval=0.1)
        finally:
            self.http.server_close()

    def stop(self) -> None:
        """End run(), from another thread."""
        self.http.shutdown()

    def take(self, raw: bytes) -> None:
        """Keep an answer. Raises DumpError where it is none."""
        answer: Answer = decode(raw, "the request")
        answer.when = now()
        with self.lock:
            append(self.answers, [answer])

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10  # seconds in which a request must come, a choice

            def do_GET(self) -> None:
                if not self._is_ours() or self.path != f"/{server.token}/":
                    self._reply(HTTPStatus.NOT_FOUND)
                else:
                    self._reply(HTTPStatus.OK, server.page, "text/html; charset=utf-8")

            def do_POST(self) -> None:
                size = self.headers.get("Content-Length", "")
                if not self._is_ours() or self.path != f"/{server.token}/answers":
                    self._reply(HTTPStatus.NOT_FOUND)
                elif self.headers.get_content_type() != "application/json" or not size.isdecimal():
                    self._reply(HTTPStatus.BAD_REQUEST, b"an answer is JSON of a known length")
                elif len(size) > 9 or int(size) > LONGEST_LINE:
                    self._reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                else:
                    self._take(self.rfile.read(int(size)))

            def _take(self, raw: bytes) -> None:
                try:
                    server.take(raw)
                except DumpError as error:
                    self._reply(HTTPStatus.BAD_REQUEST, str(error).encode("utf-8", "backslashreplace"))
                except OSError as error:
                    self._reply(HTTPStatus.INTERNAL_SERVER_ERROR, str(error.strerror).encode())
                else:
                    self._reply(HTTPStatus.NO_CONTENT)

            def _is_ours(self) -> bool:
                """Whether a request came by our own address, and not from a page of another site."""
                origin = self.headers.get("Origin")
                return self.headers.get("Host") == server.host and origin in (None, f"http://{server.host}")

            def _reply(self, status: HTTPStatus, body: bytes = b"", kind: str = "text/plain; charset=utf-8") -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Referrer-Policy", "same-origin")
                self.send_header("X-Content-Type-Options", "nosniff")
                self.send_header("X-Frame-Options", "DENY")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        return Handler

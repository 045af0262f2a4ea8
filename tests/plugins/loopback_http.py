"""A small web server on this computer, for tests of nodes that talk HTTP."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

FILE = bytes(range(256)) * 300


class WebServer(ThreadingHTTPServer):
    """Counts what is asked for, and answers by path: see `_Handler`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: WebServer

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        path = urlsplit(self.path)
        self.server.asked[path.path] += 1
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        _, kind, *rest = path.path.split("/")
        match kind:
            case "echo":
                self._json(200, {**self._told(body), "query": parse_qs(path.query)})
            case "status":
                self._json(int(rest[0]), {"problem": rest[0]})
            case "flaky":
                # Well at the third time.
                self._json(200 if self.server.asked[path.path] > 2 else 503, {"times": self.server.asked[path.path]})
            case "slow":
                self.server.released.wait(10)
            case "file":
                self._send(200, "application/octet-stream", FILE)
            case "broken":
                self._send(200, "application/octet-stream", FILE, promised=len(FILE) + 1)
            case "latin":
                self._send(200, "text/plain", "grün".encode("latin-1"))
            case "redirect":
                self._send(302, "text/plain", b"", Location=self.path if rest else "/echo")
            case "token" | "introspect":
                self._json(200, {**{name: value[0] for name, value in parse_qs(body.decode()).items()}, **_TOKEN})
            case _:
                self._send(404, "text/plain", b"nothing here")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815

    def _told(self, body: bytes) -> dict[str, object]:
        return {
            "method": self.command,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode("latin-1"),
        }

    def _json(self, status: int, value: object) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _send(self, status: int, kind: str, body: bytes, *, promised: int = 0, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(promised or len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


_TOKEN = {"access_token": "abc", "token_type": "Bearer", "expires_in": 3600, "active": True}


@contextmanager
def serving() -> Iterator[WebServer]:
    """Give a running server."""
    server = WebServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def web() -> Iterator[WebServer]:
    with serving() as server:
        yield server

"""A language model on this computer that says what a test tells it to, behind the words of an OpenAI endpoint."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

_WIDTH = 64


class ModelServer(ThreadingHTTPServer):
    """Answers from `says`, one after the other; keeps what it was asked. Its vectors count the words of a text."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.wanted_key = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def last(self, role: str) -> str:
        """Return what was said last in this role."""
        return next(one["content"] for one in reversed(self.asked[-1]["messages"]) if one["role"] == role)


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.server.keys.append(self.headers.get("Authorization", ""))
        if self.server.wanted_key and self.server.keys[-1] != f"Bearer {self.server.wanted_key}":
            self._answer(401, {"error": {"message": "no such key"}})
        elif self.path == "/v1/embeddings":
            rows = [{"index": at, "embedding": vector(text)} for at, text in enumerate(asked["input"])]
            self._answer(200, {"data": rows[::-1]})
        elif self.path == "/v1/chat/completions":
            message = {"role": "assistant", "content": self.server.says.pop(0)}
            choice = {"message": message, "finish_reason": "stop"}
            self._answer(200, {"model": "served", "choices": [choice], "usage": {"total_tokens": 7}})
        else:
            self._answer(200, {"hello": "there"})

    def _answer(self, status: int, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def vector(text: str) -> list[float]:
    found = [0.0] * _WIDTH
    for word in text.lower().split():
        found[zlib.crc32(word.strip(".?!").encode()) % _WIDTH] += 1.0
    return found


@pytest.fixture
def language_model() -> Iterator[ModelServer]:
    server = ModelServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()

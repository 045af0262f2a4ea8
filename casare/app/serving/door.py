"""The door for HTTP: one small server on a thread of its own, which hands requests over to the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from casare import __version__
from casare.foundation.errors import CasareError
from casare.sdk import Answering, WebAnswer, WebRequest

LARGEST_BODY: Final = 10_000_000
"""The largest request that is read, in bytes."""
_PATIENCE_S: Final = 600.0
_SILENCE_S: Final = 15.0
"""How long a connection may say nothing before it is closed."""


class Door:
    """Answer requests to the paths that were added. Opened when the first of them is."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        address: str = "127.0.0.1",
        port: int = 0,
        on_open: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare a door at an address; port 0 takes any that is free. `on_open` is told its address."""
        self._loop = loop
        self._on_open = on_open
        self._place = (address, port)
        self._routes: dict[str, tuple[tuple[str, ...], Answering]] = {}
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Return the address of the door, empty while it is closed."""
        if self._server is None:
            return ""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def add(self, path: str, methods: tuple[str, ...], answer: Answering) -> str:
        """Answer requests to a path and return its address. Raises CasareError when the path or the port is taken."""
        wanted = f"/{path.strip('/')}"
        if wanted in self._routes:
            raise CasareError(f"two triggers listen at {wanted}", mend="Give one of them another path.")
        self._open()
        self._routes[wanted] = (methods, answer)
        return f"{self.url}{wanted}"

    def close(self) -> None:
        """Answer nothing any more; returns when the server's thread has ended."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def answer(self, request: WebRequest) -> WebAnswer:
        """Return the answer to a request; called on the thread of its connection."""
        methods, answering = self._routes.get(f"/{request.path.strip('/')}", ((), None))
        if answering is None:
            return WebAnswer(404, b"Nothing listens here.")
        if request.method not in methods:
            return WebAnswer(405, f"Only {', '.join(methods)}.".encode())
        try:
            return asyncio.run_coroutine_threadsafe(_awaited(answering, request), self._loop).result(_PATIENCE_S)
        except (TimeoutError, asyncio.CancelledError, RuntimeError):
            return WebAnswer(503, b"casare is stopping.")

    def _open(self) -> None:
        if self._server is not None:
            return
        try:
            self._server = _Server(self._place, self)
        except OSError as error:
            raise CasareError(
                f"port {self._place[1]} cannot be used: {error.strerror}", mend="Choose another one with --port."
            ) from None
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="casare-door", daemon=True
        )
        self._thread.start()
        self._on_open(self.url)


async def _awaited(answering: Answering, request: WebRequest) -> WebAnswer:
    return await answering(request)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, place: tuple[str, int], door: Door) -> None:
        self.door = door
        super().__init__(place, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = f"casare/{__version__}"
    sys_version = ""
    timeout = _SILENCE_S

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: an address may hold a token."""

    def _serve(self) -> None:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            self._send(WebAnswer(413, f"At most {LARGEST_BODY:,} bytes.".encode()))
            return
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        body = self.rfile.read(int(length))
        self._send(self.server.door.answer(WebRequest(self.command, parts.path, query, headers, body)))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - the names the library asks for

    def _send(self, answer: WebAnswer) -> None:
        self.close_connection = True
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

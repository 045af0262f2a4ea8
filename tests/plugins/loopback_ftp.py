"""An FTP server on this computer that knows what the nodes ask for; paths are those of a temporary folder."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

USER, PASSWORD = "ann", "correct horse"


class Ftp(NamedTuple):
    """A running server: where it listens, and the folder it shows."""

    port: int
    folder: Path


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.folder = folder


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.here, self.user, self.renamed = "/", "", Path()
        self.listener: socket.socket | None = None
        self._say("220 casare test server")
        with suppress(ConnectionError):
            for line in iter(self.rfile.readline, b""):
                command, _, words = line.decode().strip().partition(" ")
                act: Callable[[str], str] | None = getattr(self, f"_{command.lower()}", None)
                try:
                    self._say(act(words) if act else "502 unknown")
                except OSError as error:
                    self._say(f"550 {error.strerror}")
                if command.upper() == "QUIT":
                    break
        if self.listener is not None:
            self.listener.close()

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _path(self, words: str) -> Path:
        whole = words if words.startswith("/") else f"{self.here}/{words}"
        return self.server.folder / whole.strip("/")

    def _user(self, words: str) -> str:
        self.user = words
        return "331 password"

    def _pass(self, words: str) -> str:
        return "230 in" if (self.user, words) == (USER, PASSWORD) else "530 Login incorrect."

    def _type(self, words: str) -> str:
        return "200 fine"

    def _pwd(self, words: str) -> str:
        return f'257 "{self.here}"'

    def _cwd(self, words: str) -> str:
        if not self._path(words).is_dir():
            return "550 no such folder"
        self.here = words if words.startswith("/") else f"{self.here.rstrip('/')}/{words}"
        return "250 there"

    def _pasv(self, words: str) -> str:
        if self.listener is not None:
            self.listener.close()
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        return f"227 Entering Passive Mode (127,0,0,1,{port // 256},{port % 256})"

    def _send(self, data: bytes) -> str:
        self._transfer(lambda channel: channel.sendall(data))
        return "226 done"

    def _transfer(self, move: Callable[[socket.socket], object]) -> None:
        assert self.listener is not None
        self._say("150 here it comes")
        channel, _ = self.listener.accept()
        with channel:
            move(channel)
        self.listener.close()
        self.listener = None

    def _nlst(self, words: str) -> str:
        names = sorted(path.name for path in self._path(words).iterdir())
        return self._send("".join(f"{name}\r\n" for name in names).encode())

    def _mlsd(self, words: str) -> str:
        lines = ["type=cdir;modify=20260101000000; .\r\n"]
        for path in self._path(words).iterdir():
            kind = "dir" if path.is_dir() else f"file;size={path.stat().st_size}"
            lines.append(f"type={kind};modify=20260101000000; {path.name}\r\n")
        return self._send("".join(lines).encode())

    def _retr(self, words: str) -> str:
        return self._send(self._path(words).read_bytes())

    def _stor(self, words: str) -> str:
        with self._path(words).open("wb") as stream:

            def receive(channel: socket.socket) -> None:
                while piece := channel.recv(65536):
                    stream.write(piece)

            self._transfer(receive)
        return "226 done"

    def _size(self, words: str) -> str:
        return f"213 {self._path(words).stat().st_size}"

    def _dele(self, words: str) -> str:
        self._path(words).unlink()
        return "250 gone"

    def _mkd(self, words: str) -> str:
        self._path(words).mkdir()
        return f'257 "{words}"'

    def _rmd(self, words: str) -> str:
        self._path(words).rmdir()
        return "250 gone"

    def _rnfr(self, words: str) -> str:
        self.renamed = self._path(words)
        self.renamed.stat()
        return "350 to what?"

    def _rnto(self, words: str) -> str:
        self.renamed.rename(self._path(words))
        return "250 renamed"

    def _quit(self, words: str) -> str:
        return "221 bye"


@pytest.fixture
def ftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ftp]:
    """Give a running server with an empty folder."""
    folder = tmp_path_factory.mktemp("ftp")
    server = _Server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Ftp(int(server.server_address[1]), folder)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Mail servers on this computer, SMTP and IMAP, that know what the nodes ask for."""

from __future__ import annotations

import base64
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

USER, PASSWORD = "ann@example.org", "correct horse"


@dataclass
class Stored:
    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer(socketserver.ThreadingTCPServer):
    """Folders with messages; `can_move` says whether it knows MOVE and UIDPLUS."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.folders: dict[str, list[Stored]] = {"INBOX": [], "Archive": []}
        self.can_move = True
        self.searches = 0
        self._next = 1

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def add(self, message: EmailMessage, folder: str = "INBOX") -> str:
        stored = Stored(self._next, message.as_bytes(policy=policy.SMTP))
        self._next += 1
        self.folders[folder].append(stored)
        return str(stored.uid)


class _Session(socketserver.StreamRequestHandler):
    server: ImapServer
    folder: list[Stored]
    read_only = False

    def handle(self) -> None:
        self._say("* OK ready")
        for line in iter(self.rfile.readline, b""):
            tag, _, rest = line.decode().strip().partition(" ")
            command, _, words = rest.partition(" ")
            if command.upper() == "UID":
                command, _, words = words.partition(" ")
                command = f"UID {command}"
            answer = getattr(self, f"_{command.lower().replace(' ', '_')}")(words)
            self._say(f"{tag} {answer} as asked")
            if command.upper() == "LOGOUT":
                return

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _capability(self, words: str) -> str:
        self._say(f"* CAPABILITY IMAP4rev1{' MOVE UIDPLUS' if self.server.can_move else ''}")
        return "OK"

    def _login(self, words: str) -> str:
        return "OK in" if words.replace('"', "") == f"{USER} {PASSWORD}" else "NO wrong"

    def _logout(self, words: str) -> str:
        self._say("* BYE")
        return "OK"

    def _select(self, words: str) -> str:
        name = words.strip('"')
        if name not in self.server.folders:
            return "NO no such folder"
        self.folder, self.read_only = self.server.folders[name], False
        self._say(f"* {len(self.folder)} EXISTS")
        return "OK [READ-WRITE]"

    def _examine(self, words: str) -> str:
        answer = self._select(words)
        self.read_only = True
        return answer.replace("READ-WRITE", "READ-ONLY")

    def _uid_search(self, words: str) -> str:
        self.server.searches += 1
        kind, _, rest = words.partition(" ")
        tests: dict[str, Any] = {
            "ALL": lambda one: True,
            "UNSEEN": lambda one: "\\Seen" not in one.flags,
            "UID": lambda one: one.uid == int(rest),
            "SUBJECT": lambda one: rest.strip('"').lower() in str(message_from_bytes(one.raw)["Subject"]).lower(),
        }
        if kind not in tests:
            return "BAD unknown"
        self._say("* SEARCH " + " ".join(str(one.uid) for one in self.folder if tests[kind](one)))
        return "OK"

    def _uid_fetch(self, words: str) -> str:
        for place, one in enumerate(self.folder, 1):
            if one.uid == int(words.split(maxsplit=1)[0]):
                flags = " ".join(sorted(one.flags))
                self._say(f"* {place} FETCH (UID {one.uid} FLAGS ({flags}) BODY[] {{{len(one.raw)}}}")
                self.wfile.write(one.raw)
                self._say(")")
        return "OK"

    def _uid_store(self, words: str) -> str:
        if self.read_only:
            return "NO read-only"
        found = re.fullmatch(r"(\d+) ([+-])FLAGS \((.+)\)", words)
        assert found is not None
        for one in self._of(found[1]):
            (one.flags.add if found[2] == "+" else one.flags.discard)(found[3])
        return "OK"

    def _uid_copy(self, words: str) -> str:
        uid, _, name = words.partition(" ")
        target = self.server.folders.get(name.strip('"'))
        if target is None:
            return "NO no such folder"
        for one in self._of(uid):
            self.server.add(message_from_bytes(one.raw, _class=EmailMessage, policy=policy.SMTP), name.strip('"'))
        return "OK"

    def _uid_move(self, words: str) -> str:
        answer = self._uid_copy(words)
        if answer == "OK":
            self.folder[:] = [one for one in self.folder if one not in self._of(words.split(maxsplit=1)[0])]
        return answer

    def _uid_expunge(self, words: str) -> str:
        gone = self._of(words)
        self.folder[:] = [one for one in self.folder if one not in gone or "\\Deleted" not in one.flags]
        return "OK"

    def _expunge(self, words: str) -> str:
        self.folder[:] = [one for one in self.folder if "\\Deleted" not in one.flags]
        return "OK"

    def _of(self, uid: str) -> list[Stored]:
        return [one for one in self.folder if one.uid == int(uid)]


class Outbox(socketserver.ThreadingTCPServer):
    """An SMTP server, and what it was given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Delivery)
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Delivery(socketserver.StreamRequestHandler):
    server: Outbox

    def handle(self) -> None:
        recipients: list[str] = []
        self._say("220 ready")
        for line in iter(self.rfile.readline, b""):
            told = line.decode().strip()
            match told.split(" ")[0].upper():
                case "EHLO":
                    self._say("250-here\r\n250 AUTH PLAIN")
                case "AUTH":
                    given = base64.b64decode(told.split(" ")[2]).decode().split("\0")[1:]
                    self._say("235 in" if given == [USER, PASSWORD] else "535 wrong")
                case "RCPT":
                    address = told.partition("<")[2].rstrip(">")
                    if address.startswith("nobody@"):
                        self._say("550 no such user")
                        continue
                    recipients.append(address)
                    self._say("250 fine")
                case "DATA":
                    self._say("354 go on")
                    self._take(recipients)
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 fine")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _take(self, recipients: list[str]) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        raw = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        self.server.messages.append(message_from_bytes(raw, _class=EmailMessage, policy=policy.default))
        self.server.recipients.append(list(recipients))
        self._say("250 taken")


@contextmanager
def _threaded(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    """Give a running IMAP server."""
    server = ImapServer()
    with _threaded(server):
        yield server


@pytest.fixture
def smtp() -> Iterator[Outbox]:
    """Give a running SMTP server."""
    server = Outbox()
    with _threaded(server):
        yield server

"""A mailbox on a server: log in, look for messages, read them, change them. imaplib does the talking."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated, Final

from casare.sdk import Context, NodeError, Param, Visibility, Widget, as_flag, as_float, as_integer, as_text

LAST_LOGIN: Final = "_mailbox"
"""The run variable that holds the login used last, for nodes that are given no server."""

ImapServer = Annotated[
    str,
    Param(
        aliases=("server", "host"),
        placeholder="imap.example.org",
        help="The server of the mailbox; empty: the one that was used before in this run.",
    ),
]
ImapPort = Annotated[int, Param(minimum=1, maximum=65535, visibility=Visibility.ADVANCED, help="993 with SSL, or 143.")]
User = Annotated[str, Param(aliases=("user", "email"), help="The name to log in with.")]
Password = Annotated[str, Param(widget=Widget.SECRET, help="The password, or {{$secret:name}} for a stored one.")]
UseSsl = Annotated[bool, Param(visibility=Visibility.ADVANCED, help="Encrypts from the start, as port 993 does.")]
Timeout = Annotated[float, Param(minimum=0.1, unit="s", visibility=Visibility.ADVANCED, help="When to give up.")]
Folder = Annotated[
    str, Param(aliases=("source_folder", "mailbox"), placeholder="INBOX", help="The folder the message is in.")
]

_LITERAL: Final = re.compile(rb"UID (\d+)")


@dataclass(frozen=True)
class Login:
    """Where a mailbox is, and how to get in. Its text holds no password."""

    server: str
    port: int
    user: str
    password: str = field(repr=False)
    use_ssl: bool = True
    timeout: float = 30.0


class Mailbox:
    """One open mailbox, in one of its folders."""

    def __init__(self, server: imaplib.IMAP4, name: str) -> None:
        self._server = server
        self._name = name

    def open(self, folder: str, *, to_change: bool) -> None:
        """Go into a folder. Raises NodeError when there is none of this name."""
        if self._server.select(quoted(folder), readonly=not to_change)[0] != "OK":
            raise NodeError(f"the mailbox has no folder {folder}", mend="Check its name; the first is INBOX.")

    def find(self, criteria: str) -> list[str]:
        """Return the ids of the messages that match, oldest first."""
        if any(mark in criteria for mark in "\r\n\0"):
            raise ValueError("search_criteria holds a line break")
        kind, data = self._server.uid("SEARCH", criteria)
        if kind != "OK":
            raise NodeError(f"the server does not understand the search {criteria}", mend="Try ALL or UNSEEN.")
        return [uid.decode() for uid in (data[0] or b"").split()]

    def read(self, uids: list[str]) -> list[tuple[str, bytes, bool]]:
        """Return (id, message, seen) of messages, in the order asked for, without marking them as read."""
        found: dict[str, tuple[str, bytes, bool]] = {}
        for uid in uids:
            kind, data = self._server.uid("FETCH", checked(uid), "(UID FLAGS BODY.PEEK[])")
            for part in data if kind == "OK" else ():
                if isinstance(part, tuple):
                    named = _LITERAL.search(part[0])
                    found[uid] = (named.group(1).decode() if named else uid, part[1], b"\\Seen" in part[0])
        return [found[uid] for uid in uids if uid in found]

    def flag(self, uid: str, flag: str, *, on: bool) -> None:
        """Put a flag on a message, or take it off. Raises NodeError when there is no such message."""
        self._there(uid)
        self._ok(self._server.uid("STORE", uid, "+FLAGS" if on else "-FLAGS", f"({flag})")[0], f"to mark {uid}")

    def move(self, uid: str, folder: str) -> None:
        """Put a message into another folder."""
        self._there(uid)
        if "MOVE" in self._server.capabilities:
            kind = self._server.uid("MOVE", uid, quoted(folder))[0]
        else:
            kind = self._server.uid("COPY", uid, quoted(folder))[0]
        if kind != "OK":
            raise NodeError(
                f"the message cannot be moved to {folder}", mend="Check that the mailbox has a folder of this name."
            )
        if "MOVE" not in self._server.capabilities:
            self.delete(uid)

    def delete(self, uid: str) -> None:
        """Delete a message for good, and no other that is marked."""
        self.flag(uid, "\\Deleted", on=True)
        if "UIDPLUS" in self._server.capabilities:
            self._ok(self._server.uid("EXPUNGE", uid)[0], "to delete")
        else:
            self._ok(self._server.expunge()[0], "to delete")

    def _there(self, uid: str) -> None:
        if not self.find(f"UID {checked(uid)}"):
            raise NodeError(f"there is no message {uid} in this folder", mend="Check email_uid and the folder.")

    def _ok(self, kind: str, what: str) -> None:
        if kind != "OK":
            raise NodeError(f"the server {self._name} refused {what}")


def login_of(
    context: Context, server: object, port: object, user: object, password: object, use_ssl: object, timeout: object
) -> Login:
    """Return the login a node is given, else the one used last in this run. Raises NodeError when there is neither."""
    host = as_text(server).strip()
    if not host:
        last = context.get_variable(LAST_LOGIN)
        if isinstance(last, Login):
            return last
        raise NodeError("no mail server is given", mend="Write imap_server, username and password into the node.")
    ssl_on = as_flag(use_ssl, "use_ssl")
    number = as_integer(port, "imap_port")
    found = Login(host, number, as_text(user), as_text(password), ssl_on, as_float(timeout, "timeout"))
    context.set_variable(LAST_LOGIN, found)
    return found


@contextmanager
def mailbox(login: Login) -> Iterator[Mailbox]:
    """Give an open mailbox; log out at the end. Raises NodeError when the server cannot be reached or says no."""
    name = f"{login.server}:{login.port}"
    server: imaplib.IMAP4 | None = None
    try:
        if login.use_ssl:
            secure = ssl.create_default_context()
            server = imaplib.IMAP4_SSL(login.server, login.port, ssl_context=secure, timeout=login.timeout)
        else:
            server = imaplib.IMAP4(login.server, login.port, timeout=login.timeout)
        try:
            server.login(login.user, login.password)
        except imaplib.IMAP4.error:
            raise NodeError(
                f"{name} refused the login of {login.user or 'nobody'}",
                mend="Check user name and password; many providers want an app password.",
            ) from None
        yield Mailbox(server, name)
    except TimeoutError:
        raise NodeError(f"{name} did not answer within {login.timeout:g} s", mend="Raise the timeout.") from None
    except imaplib.IMAP4.error as error:
        raise NodeError(f"the mail server {name} broke off: {error}", mend="Try again.") from None
    except (ConnectionError, ssl.SSLError) as error:
        raise NodeError(
            f"no connection to the mail server {name}: {error}",
            mend="Check server and port, and use_ssl: port 993 wants it on, port 143 off.",
        ) from None
    finally:
        if server is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()


def checked(uid: str) -> str:
    """Return an id that is one; raise ValueError when it is none."""
    if not uid.isdecimal():
        raise ValueError(f"email_uid must be the uid of a message, a number, but it is {uid!r}")
    return uid


def quoted(folder: str) -> str:
    """Return the name of a folder as the protocol writes it: in quotes, other letters in its own kind of base 64."""
    if any(mark in folder for mark in "\r\n\0") or not folder:
        raise ValueError(f"folder: {folder!r} cannot be the name of a folder")
    parts = re.split(r"([^\x20-\x7e]+)", folder.replace("&", "&-"))
    for at in range(1, len(parts), 2):
        packed = base64.b64encode(parts[at].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        parts[at] = f"&{packed}-"
    text = "".join(parts).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'

"""An open FTP connection: made, found again by later nodes, used, closed. ftplib does the talking."""

from __future__ import annotations

import ftplib
import ssl
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, Final, TypeVar

from casare.sdk import Context, DataType, NodeError, Param, as_text

Given = TypeVar("Given")

LAST_FTP: Final = "_ftp"
"""The run variable that holds the connection opened last, for nodes that are given none."""

FtpInput = Annotated[
    Any,
    Param(
        type=DataType.CONNECTION,
        help="The open connection, from Connect to FTP; empty: the one opened last in this run.",
    ),
]
RemotePath = Annotated[
    str, Param(aliases=("path", "remote_file"), placeholder="reports/today.csv", help="The path on the server.")
]


class FtpConnection:
    """One connection to an FTP server. Nodes on several threads may use it, one after the other."""

    def __init__(self, server: ftplib.FTP, name: str) -> None:
        self.name = name
        self._server = server
        self._lock = threading.RLock()
        # A workflow may end without closing what it opened.
        self._close = weakref.finalize(self, server.close)

    def __repr__(self) -> str:
        return f"<FTP {self.name}{'' if self._close.alive else ', closed'}>"

    def use(self, work: Callable[[ftplib.FTP], Given], what: str) -> Given:
        """Return what `work` gives. Raises NodeError with what the server says; `what` says what was tried."""
        with self._lock:
            if not self._close.alive:
                raise NodeError(f"the connection to {self.name} is closed", mend="Connect again, or close it later.")
            try:
                return work(self._server)
            except ftplib.error_perm as error:
                raise NodeError(
                    f"{self.name} refused to {what}: {error}", mend="Check the path and what the user may do."
                ) from None
            except TimeoutError:
                raise NodeError(
                    f"{self.name} did not answer in time", mend="Raise the timeout of the connection."
                ) from None
            except (ftplib.Error, EOFError, ConnectionError) as error:
                raise NodeError(f"the connection to {self.name} broke off: {error}", mend="Try again.") from None

    def close(self) -> None:
        """Say goodbye and close. Closing twice does nothing."""
        with self._lock:
            if self._close.alive:
                with suppress(ftplib.Error, EOFError, OSError):
                    self._server.quit()
                self._close()


def connected(
    host: str, port: int, user: str, password: str, *, passive: bool, tls: bool, timeout: float
) -> tuple[FtpConnection, str]:
    """Return an open connection and the greeting of the server. Raises NodeError when there is none, or no login."""
    name = f"{host}:{port}"
    server = ftplib.FTP_TLS(context=ssl.create_default_context()) if tls else ftplib.FTP()
    try:
        greeting = server.connect(host, port, timeout=timeout)
        server.login(user or "anonymous", password)
        if isinstance(server, ftplib.FTP_TLS):
            server.prot_p()
        server.set_pasv(passive)
        return FtpConnection(server, name), greeting
    except ftplib.error_perm as error:
        server.close()
        raise NodeError(
            f"{name} refused the login of {user or 'anonymous'}: {error}", mend="Check user name and password."
        ) from None
    except TimeoutError:
        server.close()
        raise NodeError(f"{name} did not answer within {timeout:g} s", mend="Check host and port.") from None
    except (ftplib.Error, EOFError, OSError) as error:
        server.close()
        raise NodeError(f"no connection to the FTP server {name}: {error}", mend="Check host and port.") from None


def ftp_of(context: Context, connection: object) -> FtpConnection:
    """Return the connection that is wired in, else the one opened last in this run; NodeError when there is neither."""
    found = context.get_variable(LAST_FTP) if connection in (None, "") else connection
    if isinstance(found, FtpConnection):
        return found
    if found is None:
        raise NodeError("no FTP connection is open", mend="Put Connect to FTP before this node.")
    raise TypeError(f"connection: expected an open FTP connection, got {type(found).__name__}")


def remote(text: object, what: str = "remote_path") -> str:
    """Return a path on the server; raise ValueError for none and for one with a line break."""
    path = as_text(text).strip()
    if not path or any(mark in path for mark in "\r\n\0"):
        raise ValueError(f"{what} must be a path on the server, but it is {path!r}")
    return path

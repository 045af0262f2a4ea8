"""FTP: connect, bring files there and back, disconnect."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.files.paths import CreateFolders, existing_file, file_to_write
from casare.nodes.web.ftp_session import LAST_FTP, FtpInput, RemotePath, connected, ftp_of, remote
from casare.sdk import (
    Bound,
    Context,
    Cost,
    DataType,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_float,
    as_integer,
    as_text,
    node,
)

_COST: Final = Cost(complexity=5, runtime_ms=900, memory_mb=2, bound=Bound.IO)


class Opened(NamedTuple):
    """An open connection."""

    connection: Annotated[Any, Out(type=DataType.CONNECTION, help="For the nodes after this one.")]
    success: bool
    server_message: Annotated[str, Out(help="How the server greeted.")]


class Uploaded(NamedTuple):
    """A file that is on the server now."""

    uploaded: bool
    bytes_sent: int
    remote_path: str
    success: bool


class Fetched(NamedTuple):
    """A file that came from the server."""

    downloaded: bool
    bytes_received: int
    file_path: Annotated[str, Out(aliases=("local_path",))]
    success: bool


class Ended(NamedTuple):
    """A connection that is no more."""

    success: bool


@node(
    "FTPConnectNode",
    title="Connect to FTP",
    category="network",
    icon="server",
    cost=Cost(complexity=4, runtime_ms=400, memory_mb=1, bound=Bound.IO),
    headline="host",
    keywords=("ftps", "server", "login", "open"),
)
def ftp_connect(
    context: Context,
    host: Annotated[str, Param(aliases=("server",), placeholder="ftp.example.org", help="The server.")],
    username: Annotated[str, Param(aliases=("user",), help="The name to log in with; empty: anonymous.")] = "",
    password: Annotated[
        str, Param(widget=Widget.SECRET, help="The password, or {{$secret:name}} for a stored one.")
    ] = "",
    *,
    port: Annotated[int, Param(minimum=1, maximum=65535, help="Usually 21.")] = 21,
    passive: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Lets the server open the port for files; firewalls like it.")
    ] = True,
    use_tls: Annotated[bool, Param(aliases=("secure",), help="Encrypts names, passwords and files (FTPS).")] = False,
    timeout: Annotated[float, Param(minimum=0.1, unit="s", help="When to give up waiting for the server.")] = 30.0,
) -> Opened:
    """Connect to an FTP server, for the nodes that follow.

    Nodes without a wire to their *connection* use the one that was opened last. It is closed when the run ends, if
    Disconnect from FTP was not reached before.
    """
    name = as_text(host).strip()
    if not name:
        raise ValueError("host is empty; write the name of the server there")
    connection, greeting = connected(
        name,
        as_integer(port, "port"),
        as_text(username).strip(),
        as_text(password),
        passive=as_flag(passive, "passive"),
        tls=as_flag(use_tls, "use_tls"),
        timeout=as_float(timeout, "timeout"),
    )
    context.set_variable(LAST_FTP, connection)
    return Opened(connection, True, greeting)


@node(
    "FTPDisconnectNode",
    title="Disconnect from FTP",
    category="network",
    icon="unplug",
    cost=Cost(complexity=2, runtime_ms=50, memory_mb=0.1, bound=Bound.IO),
    headline="",
    keywords=("close", "logout"),
)
def ftp_disconnect(context: Context, connection: FtpInput = None) -> Ended:
    """Close a connection to an FTP server."""
    held = ftp_of(context, connection)
    held.close()
    if context.get_variable(LAST_FTP) is held:
        context.set_variable(LAST_FTP, None)
    return Ended(True)


@node(
    "FTPUploadNode",
    title="Upload to FTP",
    category="network",
    icon="upload",
    cost=_COST,
    headline="{local_path} to {remote_path}",
    keywords=("ftps", "send", "file", "put"),
)
def ftp_upload(
    context: Context,
    connection: FtpInput = None,
    local_path: Annotated[str, Param(widget=Widget.FILE, aliases=("file_path",), help="The file to send.")] = "",
    remote_path: RemotePath = "",
    *,
    create_dirs: Annotated[
        bool, Param(help="Makes the folders on the way on the server when they are missing.")
    ] = False,
) -> Uploaded:
    """Send a file to an FTP server; without a remote path, under its own name."""
    path = existing_file(context, local_path, "local_path")
    there = remote(as_text(remote_path).strip() or path.name)
    held = ftp_of(context, connection)
    if as_flag(create_dirs, "create_dirs"):
        for folder in reversed(PurePosixPath(there).parents[:-1]):
            held.use(lambda server, folder=folder: _make(server, str(folder)), f"make {folder}")  # type: ignore[misc]
    with path.open("rb") as stream:
        held.use(lambda server: server.storbinary(f"STOR {there}", stream), f"store {there}")
        size = stream.tell()
    return Uploaded(True, size, there, True)


@node(
    "FTPDownloadNode",
    title="Download from FTP",
    category="network",
    icon="download",
    cost=_COST,
    headline="{remote_path} to {local_path}",
    keywords=("ftps", "fetch", "file", "get"),
)
def ftp_download(
    context: Context,
    connection: FtpInput = None,
    remote_path: RemotePath = "",
    local_path: Annotated[
        str, Param(widget=Widget.SAVE_FILE, aliases=("save_path", "file_path"), help="Where to put it.")
    ] = "",
    *,
    overwrite: Annotated[bool, Param(help="Replaces a file that is there; without it the node fails.")] = True,
    create_dirs: CreateFolders = True,
) -> Fetched:
    """Fetch a file from an FTP server; without a local path, under its own name.

    It takes its place when it is whole: a transfer that breaks off leaves what was there before.
    """
    there = remote(remote_path)
    wanted = as_text(local_path).strip() or PurePosixPath(there).name
    path = file_to_write(context, wanted, "local_path", create_dirs=create_dirs)
    if path.exists() and not as_flag(overwrite, "overwrite"):
        raise FileExistsError(f"There is a file at {path} (local_path); overwrite replaces it")
    partial = path.with_name(f".{path.name}.part")
    held = ftp_of(context, connection)
    try:
        with partial.open("wb") as stream:
            held.use(lambda server: server.retrbinary(f"RETR {there}", stream.write), f"give {there}")
            size = stream.tell()
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return Fetched(True, size, str(path), True)


def _make(server: Any, folder: str) -> None:
    here = server.pwd()
    try:
        server.cwd(folder)
    except Exception:
        server.mkd(folder)
    finally:
        server.cwd(here)

"""What lies on an FTP server: list, measure, rename, delete, make and remove folders."""

from __future__ import annotations

import ftplib
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.web.ftp_session import FtpInput, RemotePath, ftp_of, remote
from casare.sdk import Bound, Context, Cost, Out, Param, as_flag, as_text, node

_COST: Final = Cost(complexity=3, runtime_ms=150, memory_mb=0.5, bound=Bound.IO)
_RemoteFolder = Annotated[
    str, Param(aliases=("path", "directory"), placeholder="reports", help="The folder on the server.")
]


class Listing(NamedTuple):
    """What is in a folder."""

    items: Annotated[
        list[Any], Out(aliases=("files",), help="Names, or with details: name, type, size and modified of each.")
    ]
    count_: int
    success: bool


class Size(NamedTuple):
    """The size of a file."""

    size: Annotated[int, Out(help="In bytes.")]
    found: bool
    success: bool


class Renamed(NamedTuple):
    """Something with another name."""

    renamed: bool
    success: bool


class Gone(NamedTuple):
    """Something that is not there any more."""

    deleted: Annotated[bool, Out(aliases=("removed",))]
    success: bool


class Made(NamedTuple):
    """A folder that is there now."""

    created: bool
    success: bool


@node(
    "FTPListNode",
    title="List FTP folder",
    category="network",
    icon="list",
    cost=_COST,
    headline="remote_path",
    keywords=("ftps", "files", "directory"),
)
def ftp_list(
    context: Context,
    connection: FtpInput = None,
    remote_path: _RemoteFolder = "/",
    *,
    detailed: Annotated[bool, Param(help="Tells type, size and time of each, where the server can (MLSD).")] = False,
) -> Listing:
    """List what is in a folder of an FTP server, in the order of the names."""
    folder = remote(as_text(remote_path).strip() or "/")
    held = ftp_of(context, connection)
    items: list[Any]
    if as_flag(detailed, "detailed"):
        facts = held.use(lambda server: list(server.mlsd(folder)), f"list {folder}")
        found = [(name, told) for name, told in facts if told.get("type") not in ("cdir", "pdir")]
        items = [
            {
                "name": name,
                "type": told.get("type", ""),
                "size": int(told.get("size", 0)),
                "modified": told.get("modify", ""),
            }
            for name, told in sorted(found)
        ]
    else:
        names = held.use(lambda server: _names(server, folder), f"list {folder}")
        items = sorted(PurePosixPath(name).name for name in names if PurePosixPath(name).name not in ("", ".", ".."))
    return Listing(items, len(items), True)


@node(
    "FTPGetSizeNode",
    title="Size of FTP file",
    category="network",
    icon="hash",
    cost=_COST,
    headline="remote_path",
    keywords=("ftps", "bytes", "exists"),
)
def ftp_get_size(context: Context, connection: FtpInput = None, remote_path: RemotePath = "") -> Size:
    """Tell how large a file on an FTP server is. The node fails when it is not there."""
    there = remote(remote_path)

    def ask(server: ftplib.FTP) -> int:
        # Many servers tell the size only of what is sent as it is.
        server.voidcmd("TYPE I")
        return server.size(there) or 0

    return Size(ftp_of(context, connection).use(ask, f"tell the size of {there}"), True, True)


@node(
    "FTPRenameNode",
    title="Rename on FTP",
    category="network",
    icon="pencil",
    cost=_COST,
    headline="{old_path} to {new_path}",
    keywords=("ftps", "move", "file"),
)
def ftp_rename(
    context: Context,
    connection: FtpInput = None,
    old_path: Annotated[str, Param(aliases=("from_path", "source_path"), help="What it is called now.")] = "",
    new_path: Annotated[str, Param(aliases=("to_path", "dest_path"), help="What it is to be called.")] = "",
) -> Renamed:
    """Rename or move a file or folder on an FTP server."""
    old, new = remote(old_path, "old_path"), remote(new_path, "new_path")
    ftp_of(context, connection).use(lambda server: server.rename(old, new), f"rename {old}")
    return Renamed(True, True)


@node(
    "FTPDeleteNode",
    title="Delete on FTP",
    category="network",
    icon="trash-2",
    cost=_COST,
    headline="remote_path",
    keywords=("ftps", "remove", "file"),
)
def ftp_delete(context: Context, connection: FtpInput = None, remote_path: RemotePath = "") -> Gone:
    """Delete a file on an FTP server."""
    there = remote(remote_path)
    ftp_of(context, connection).use(lambda server: server.delete(there), f"delete {there}")
    return Gone(True, True)


@node(
    "FTPMakeDirNode",
    title="Make FTP folder",
    category="network",
    icon="folder",
    cost=_COST,
    headline="remote_path",
    keywords=("ftps", "directory", "create", "mkdir"),
)
def ftp_make_dir(context: Context, connection: FtpInput = None, remote_path: _RemoteFolder = "") -> Made:
    """Make a folder on an FTP server."""
    there = remote(remote_path)
    ftp_of(context, connection).use(lambda server: server.mkd(there), f"make the folder {there}")
    return Made(True, True)


@node(
    "FTPRemoveDirNode",
    title="Remove FTP folder",
    category="network",
    icon="folder-open",
    cost=_COST,
    headline="remote_path",
    keywords=("ftps", "directory", "delete", "rmdir"),
)
def ftp_remove_dir(context: Context, connection: FtpInput = None, remote_path: _RemoteFolder = "") -> Gone:
    """Remove an empty folder on an FTP server."""
    there = remote(remote_path)
    ftp_of(context, connection).use(lambda server: server.rmd(there), f"remove the folder {there}")
    return Gone(True, True)


def _names(server: ftplib.FTP, folder: str) -> list[str]:
    try:
        return server.nlst(folder)
    except ftplib.error_perm as error:
        # 550 is also what some servers say of a folder that is empty.
        if not str(error).startswith("550") or not _is_folder(server, folder):
            raise
        return []


def _is_folder(server: ftplib.FTP, folder: str) -> bool:
    here = server.pwd()
    try:
        server.cwd(folder)
    except ftplib.error_perm:
        return False
    server.cwd(here)
    return True

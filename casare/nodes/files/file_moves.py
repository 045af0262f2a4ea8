"""Copy, move and delete whole files."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Annotated, NamedTuple

from casare.nodes.files.paths import (
    AllowDangerous,
    CreateFolders,
    changeable,
    existing_file,
    file_to_write,
    wanted_path,
)
from casare.sdk import Bound, Context, Cost, Out, Param, Widget, as_flag, node

_Source = Annotated[
    str,
    Param(widget=Widget.FILE, aliases=("source", "src_path", "from_path"), help="The file that is there now."),
]
_Destination = Annotated[
    str,
    Param(
        widget=Widget.SAVE_FILE,
        aliases=("destination", "destination_path", "target_path", "to_path"),
        help="The new path; a folder that is there means the same name inside it.",
    ),
]
_Overwrite = Annotated[bool, Param(help="Replaces a file that is already there; without it the node fails.")]


class Copied(NamedTuple):
    """A file that is now in two places."""

    dest_path: str
    bytes_copied: Annotated[int, Out(help="The size of the copy in bytes.")]
    success: bool


class Moved(NamedTuple):
    """A file that is now elsewhere."""

    dest_path: str
    success: bool


class Deleted(NamedTuple):
    """A file that is gone."""

    deleted_path: str
    success: bool


@node(
    "DeleteFileNode",
    title="Delete file",
    category="files",
    icon="trash-2",
    cost=Cost(complexity=2, runtime_ms=3, memory_mb=0.5, bound=Bound.IO),
    headline="file_path",
    keywords=("remove", "erase", "unlink"),
    replaced_by=("FileSystemSuperNode", {"action": "Delete File"}),
)
def delete_file(
    context: Context,
    file_path: Annotated[str, Param(widget=Widget.FILE, aliases=("path",), help="The file to delete.")],
    *,
    ignore_missing: Annotated[
        bool, Param(help="Goes on when there is no such file; without it the node fails.")
    ] = False,
    allow_dangerous_paths: AllowDangerous = False,
) -> Deleted:
    """Delete a file for good.

    There is no bin to take it back from. A link is deleted itself, not what it points to. Folders are refused.
    """
    path = changeable(wanted_path(context, file_path, "file_path"), dangerous=allow_dangerous_paths)
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(f"{path} is a folder, not a file (file_path)")
    try:
        path.unlink()
    except FileNotFoundError:
        if not as_flag(ignore_missing, "ignore_missing"):
            raise FileNotFoundError(f"There is no file at {path} (file_path); ignore_missing goes on anyway") from None
    return Deleted(str(path), True)


@node(
    "CopyFileNode",
    title="Copy file",
    category="files",
    icon="copy",
    cost=Cost(complexity=3, runtime_ms=15, memory_mb=2, bound=Bound.IO),
    headline="{source_path} → {dest_path}",
    keywords=("duplicate", "backup", "clone"),
    replaced_by=("FileSystemSuperNode", {"action": "Copy File"}),
)
def copy_file(
    context: Context,
    source_path: _Source,
    dest_path: _Destination,
    *,
    overwrite: _Overwrite = False,
    create_dirs: CreateFolders = True,
    allow_dangerous_paths: AllowDangerous = False,
) -> Copied:
    """Copy a file, with its times and permissions."""
    source, target = _pair(context, source_path, dest_path, overwrite, create_dirs, allow_dangerous_paths)
    shutil.copy2(source, target)
    return Copied(str(target), target.stat().st_size, True)


@node(
    "MoveFileNode",
    title="Move file",
    category="files",
    icon="arrow-right",
    cost=Cost(complexity=3, runtime_ms=5, memory_mb=0.5, bound=Bound.IO),
    headline="{source_path} → {dest_path}",
    keywords=("rename", "relocate"),
    replaced_by=("FileSystemSuperNode", {"action": "Move File"}),
)
def move_file(
    context: Context,
    source_path: _Source,
    dest_path: _Destination,
    *,
    overwrite: _Overwrite = False,
    create_dirs: CreateFolders = True,
    allow_dangerous_paths: AllowDangerous = False,
) -> Moved:
    """Move or rename a file."""
    source, target = _pair(context, source_path, dest_path, overwrite, create_dirs, allow_dangerous_paths)
    changeable(source, dangerous=allow_dangerous_paths)
    try:
        source.replace(target)
    except OSError as error:
        # Another disk: a rename cannot reach it, a copy can. The source goes only after the copy is whole.
        if error.errno != errno.EXDEV:
            raise
        shutil.copy2(source, target)
        source.unlink()
    return Moved(str(target), True)


def _pair(
    context: Context, source_path: str, dest_path: str, overwrite: object, create_dirs: object, dangerous: object
) -> tuple[Path, Path]:
    source = existing_file(context, source_path, "source_path", dangerous=dangerous)
    wanted = wanted_path(context, dest_path, "dest_path")
    inside = wanted / source.name if wanted.is_dir() else wanted
    if inside.exists():
        if inside.samefile(source):
            raise ValueError(f"source_path and dest_path are the same file, {source}")
        if not as_flag(overwrite, "overwrite"):
            raise FileExistsError(f"{inside} is already there (dest_path); overwrite replaces it")
    return source, file_to_write(context, str(inside), "dest_path", create_dirs=create_dirs, dangerous=dangerous)

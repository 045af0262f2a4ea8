"""Folders: make them and list what is in them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated, NamedTuple

from casare.nodes.files.paths import AllowDangerous, changeable, existing_folder, wanted_path
from casare.sdk import Bound, Context, Cost, Out, Param, Widget, as_flag, as_text, node

_Pattern = Annotated[
    str, Param(placeholder="*.txt", help="Which names count: * stands for any text, ? for one character.")
]
_Recursive = Annotated[bool, Param(help="Looks into folders inside the folder too.")]
_Count = Annotated[int, Out("count", help="How many were found.")]
_LISTING = Cost(complexity=3, runtime_ms=10, memory_mb=2, bound=Bound.IO)


class MadeFolder(NamedTuple):
    """A folder that is there now."""

    dir_path: str
    success: bool


class FolderItems(NamedTuple):
    """What a folder holds."""

    items: Annotated[list[str], Out(help="The paths, sorted.", aliases=("files", "result"))]
    total: _Count
    success: bool


class FolderFiles(NamedTuple):
    """The files a folder holds."""

    files: Annotated[list[str], Out(help="The paths, sorted.", aliases=("items", "result"))]
    total: _Count
    success: bool


@node(
    "CreateDirectoryNode",
    title="Create folder",
    category="files",
    icon="folder",
    cost=Cost(complexity=2, runtime_ms=2, memory_mb=0.2, bound=Bound.IO),
    headline="directory_path",
    keywords=("directory", "mkdir", "make", "new"),
    replaced_by=("FileSystemSuperNode", {"action": "Create Directory"}),
)
def create_directory(
    context: Context,
    directory_path: Annotated[
        str, Param(widget=Widget.FOLDER, aliases=("dir_path", "path", "folder_path"), help="The folder to make.")
    ],
    *,
    parents: Annotated[bool, Param(help="Makes the folders on the way too.")] = True,
    exist_ok: Annotated[bool, Param(help="Goes on when the folder is already there.")] = True,
    allow_dangerous_paths: AllowDangerous = False,
) -> MadeFolder:
    """Create a folder."""
    path = wanted_path(context, directory_path, "directory_path")
    changeable(path, dangerous=allow_dangerous_paths)
    if path.exists() and not path.is_dir():
        raise FileExistsError(f"{path} is a file, so no folder can be made there (directory_path)")
    try:
        path.mkdir(parents=as_flag(parents, "parents"), exist_ok=as_flag(exist_ok, "exist_ok"))
    except FileExistsError:
        raise FileExistsError(f"{path} is already there (directory_path); exist_ok goes on anyway") from None
    except FileNotFoundError:
        raise FileNotFoundError(f"The folder {path.parent} is missing (directory_path); parents makes it") from None
    return MadeFolder(str(path), True)


@node(
    "ListFilesNode",
    title="List files",
    category="files",
    icon="list",
    cost=_LISTING,
    headline="directory_path",
    keywords=("find", "glob", "search", "directory", "folder"),
    replaced_by=("FileSystemSuperNode", {"action": "List Files"}),
)
def list_files(
    context: Context,
    directory_path: Annotated[
        str, Param(widget=Widget.FOLDER, aliases=("dir_path", "path", "folder_path"), help="The folder to look in.")
    ],
    *,
    pattern: _Pattern = "*",
    recursive: _Recursive = False,
    allow_dangerous_paths: AllowDangerous = False,
) -> FolderFiles:
    """List the files in a folder."""
    folder = existing_folder(context, directory_path, "directory_path", dangerous=allow_dangerous_paths)
    files = [str(path) for path in matching(folder, pattern, recursive=recursive) if path.is_file()]
    return FolderFiles(files, len(files), True)


@node(
    "ListDirectoryNode",
    title="List folder",
    category="files",
    icon="folder-open",
    cost=_LISTING,
    headline="dir_path",
    keywords=("directory", "ls", "dir", "content", "files", "folders"),
    replaced_by=("FileSystemSuperNode", {"action": "List Directory"}),
)
def list_directory(
    context: Context,
    dir_path: Annotated[
        str,
        Param(widget=Widget.FOLDER, aliases=("directory_path", "path", "folder_path"), help="The folder to look in."),
    ],
    *,
    pattern: _Pattern = "*",
    recursive: _Recursive = False,
    files_only: Annotated[bool, Param(help="Leaves folders out.")] = False,
    dirs_only: Annotated[bool, Param(help="Leaves files out.")] = False,
    allow_dangerous_paths: AllowDangerous = False,
) -> FolderItems:
    """List the files and folders in a folder."""
    no_folders, no_files = as_flag(files_only, "files_only"), as_flag(dirs_only, "dirs_only")
    if no_folders and no_files:
        raise ValueError("files_only and dirs_only leave nothing to list; switch one of them off")
    folder = existing_folder(context, dir_path, "dir_path", dangerous=allow_dangerous_paths)
    items = [
        str(path)
        for path in matching(folder, pattern, recursive=recursive)
        if not (no_folders and not path.is_file()) and not (no_files and not path.is_dir())
    ]
    return FolderItems(items, len(items), True)


def matching(folder: Path, pattern: object, *, recursive: object = False) -> list[Path]:
    """Return the sorted paths in `folder` that match; raise ValueError for a pattern that leaves the folder."""
    wanted = as_text(pattern).strip().replace("\\", "/") or "*"
    steps = PurePosixPath(wanted)
    if ".." in steps.parts or steps.is_absolute() or Path(wanted).is_absolute():
        raise ValueError(f"The pattern {wanted!r} leaves the folder {folder}; name only what is inside it")
    return sorted(folder.rglob(wanted) if as_flag(recursive, "recursive") else folder.glob(wanted))

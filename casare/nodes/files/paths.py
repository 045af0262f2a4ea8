"""Where a node may read and write: turn what a user wrote into a checked path, and declare the path parameters.

The run decides which folder a path is relative to and whether it may leave it (`Context.path`). This module adds what
holds for every run: no empty paths, no writing into the operating system, no reading of devices that never end.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from casare.sdk import Context, Out, Param, Visibility, Widget, as_flag, as_text

FileToRead = Annotated[
    str, Param(widget=Widget.FILE, aliases=("path", "filename"), placeholder="data/input.txt", help="The file to read.")
]
FileToWrite = Annotated[
    str,
    Param(
        widget=Widget.SAVE_FILE,
        aliases=("path", "filename", "output_path"),
        placeholder="data/output.txt",
        help="The file to write.",
    ),
]
AllowDangerous = Annotated[
    bool,
    Param(
        visibility=Visibility.ADVANCED,
        help="Lets this node write into folders of the operating system and read device files.",
    ),
]
CreateFolders = Annotated[bool, Param(help="Makes the folders on the way to the file when they are missing.")]
Attachment = Annotated[list[str], Out(help="The path in a list, ready to attach to a message.")]
Encoding = Annotated[
    str,
    Param(
        visibility=Visibility.ADVANCED,
        placeholder="utf-8",
        help="How the text is stored as bytes: utf-8, utf-8-sig, latin-1, cp1252, utf-16 ...",
    ),
]

_SYSTEM = ("/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/sbin", "/sys", "/usr", "/System")
_ENDLESS = ("/dev", "/proc", "/sys")
_WINDOWS_SYSTEM = ("SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA")


def wanted_path(context: Context, text: object, what: str) -> Path:
    """Return the path a user wrote in field `what`.

    Raises ValueError when nothing is written there, PermissionError when the run may not go there.
    """
    written = as_text(text).strip()
    if not written:
        raise ValueError(f"{what} is empty; write the path there")
    if "\0" in written:
        raise ValueError(f"{what} holds a NUL character, which no path can: {written!r}")
    return context.path(written)


def existing_file(context: Context, text: object, what: str = "file_path", *, dangerous: object = False) -> Path:
    """Return the path of a file that is there.

    Raises FileNotFoundError, IsADirectoryError for a folder, PermissionError for a device or when the run may not.
    """
    path = wanted_path(context, text, what)
    if not path.exists():
        raise FileNotFoundError(f"There is no file at {path} ({what})")
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder, not a file ({what})")
    if not _allowed(dangerous) and (not path.is_file() or _inside(path.resolve(), _ENDLESS)):
        raise PermissionError(f"{path} is a device, not an ordinary file; allow_dangerous_paths lets a node read it")
    return path


def existing_folder(context: Context, text: object, what: str, *, dangerous: object = False) -> Path:
    """Return the path of a folder that is there; raise FileNotFoundError, NotADirectoryError or PermissionError."""
    path = wanted_path(context, text, what)
    if not path.exists():
        raise FileNotFoundError(f"There is no folder at {path} ({what})")
    if not path.is_dir():
        raise NotADirectoryError(f"{path} is a file, not a folder ({what})")
    if not _allowed(dangerous) and _inside(path.resolve(), _ENDLESS):
        raise PermissionError(f"{path} belongs to the operating system; allow_dangerous_paths lets a node list it")
    return path


def changeable(path: Path, *, dangerous: object = False) -> Path:
    """Return `path` when a node may create, change or delete it; raise PermissionError inside the operating system."""
    if _allowed(dangerous):
        return path
    # The folder is resolved and not the path itself: deleting a link deletes the link, not what it points to.
    place = path.parent.resolve() / path.name
    if place == place.parent or _inside(place, _system_folders()):
        raise PermissionError(f"{path} belongs to the operating system; allow_dangerous_paths lets a node change it")
    return path


def file_to_write(
    context: Context, text: object, what: str = "file_path", *, create_dirs: object = True, dangerous: object = False
) -> Path:
    """Return the path of a file to be written, with its folder made when asked.

    Raises IsADirectoryError when a folder is there, FileNotFoundError when its folder is missing, PermissionError.
    """
    path = changeable(wanted_path(context, text, what), dangerous=dangerous)
    if path.is_symlink():
        changeable(path.resolve(), dangerous=dangerous)
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; name the file inside it ({what})")
    if as_flag(create_dirs, "create_dirs"):
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.parent.is_dir():
        raise FileNotFoundError(f"The folder {path.parent} is missing ({what}); create_dirs makes it")
    return path


def _allowed(dangerous: object) -> bool:
    return as_flag(dangerous, "allow_dangerous_paths")


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether `path` stays inside `folder` once links and ".." are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _inside(path: Path, folders: tuple[str, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _system_folders() -> tuple[str, ...]:
    if os.name != "nt":
        return _SYSTEM
    return tuple(os.environ[name] for name in _WINDOWS_SYSTEM if os.environ.get(name))

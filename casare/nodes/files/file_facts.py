"""What is known about a file without reading it: whether it is there, how large it is, when it changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from casare.nodes.files.paths import AllowDangerous, FileToRead, existing_file, wanted_path
from casare.sdk import Bound, Context, Cost, Out, Param, Widget, as_choice, node

_CHEAP = Cost(complexity=1, runtime_ms=0.5, memory_mb=0.1, bound=Bound.IO)


class Presence(NamedTuple):
    """Whether something is at a path, and what."""

    exists: Annotated[bool, Out(help="Whether what `check_type` asks for is there.", aliases=("result",))]
    is_file: bool
    is_dir: bool


class FileSize(NamedTuple):
    """The size of a file."""

    size: Annotated[int, Out(help="The size in bytes.")]
    success: bool


class FileFacts(NamedTuple):
    """What the file system tells about a file."""

    size: Annotated[int, Out(help="The size in bytes.")]
    created: Annotated[str, Out(help="When it was made, as ISO local time.")]
    modified: Annotated[str, Out(help="When it last changed, as ISO local time.")]
    extension: Annotated[str, Out(help="The ending with its dot, such as .txt.")]
    name: str
    parent: Annotated[str, Out(help="The folder it is in.")]
    success: bool


@node(
    "FileExistsNode",
    title="File exists",
    category="files",
    icon="search",
    cost=_CHEAP,
    headline="path",
    keywords=("check", "present", "missing", "test"),
    replaced_by=("FileSystemSuperNode", {"action": "File Exists"}),
)
def file_exists(
    context: Context,
    path: Annotated[
        str,
        Param(
            widget=Widget.FILE,
            aliases=("file_path", "directory_path", "dir_path"),
            help="The file or folder to look for.",
        ),
    ],
    *,
    check_type: Annotated[
        Literal["any", "file", "directory"], Param(help="Whether a file, a folder or either counts as there.")
    ] = "any",
    allow_dangerous_paths: AllowDangerous = False,
) -> Presence:
    """Check whether a file or folder is there.

    A link that leads nowhere counts as missing. The node does not fail for a missing file: wire `exists` into an If.
    """
    kind = as_choice(check_type, ("any", "file", "directory"), "check_type")
    place = wanted_path(context, path, "path")
    is_file, is_dir = place.is_file(), place.is_dir()
    exists = {"any": place.exists(), "file": is_file, "directory": is_dir}[kind]
    return Presence(exists, is_file, is_dir)


@node(
    "GetFileSizeNode",
    title="Get file size",
    category="files",
    icon="gauge",
    cost=_CHEAP,
    headline="file_path",
    keywords=("bytes", "length", "how large"),
    replaced_by=("FileSystemSuperNode", {"action": "Get File Size"}),
)
def get_file_size(
    context: Context, file_path: FileToRead, *, allow_dangerous_paths: AllowDangerous = False
) -> FileSize:
    """Get the size of a file in bytes."""
    return FileSize(existing_file(context, file_path, dangerous=allow_dangerous_paths).stat().st_size, True)


@node(
    "GetFileInfoNode",
    title="Get file info",
    category="files",
    icon="info",
    cost=_CHEAP,
    headline="file_path",
    keywords=("metadata", "modified", "created", "extension", "date", "properties"),
    replaced_by=("FileSystemSuperNode", {"action": "Get File Info"}),
)
def get_file_info(
    context: Context, file_path: FileToRead, *, allow_dangerous_paths: AllowDangerous = False
) -> FileFacts:
    """Get size, times, name, ending and folder of a file.

    Where the system does not keep the time a file was made, `created` is the time its record last changed.
    """
    path = existing_file(context, file_path, dangerous=allow_dangerous_paths)
    facts = path.stat()
    created = getattr(facts, "st_birthtime", facts.st_ctime)
    return FileFacts(
        size=facts.st_size,
        created=datetime.fromtimestamp(created).isoformat(),
        modified=datetime.fromtimestamp(facts.st_mtime).isoformat(),
        extension=path.suffix,
        name=path.name,
        parent=str(path.parent),
        success=True,
    )

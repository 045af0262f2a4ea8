"""Read, write and append: the content of one file."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from casare.nodes.files.file_text import decoded, encoded
from casare.nodes.files.paths import (
    AllowDangerous,
    Attachment,
    CreateFolders,
    Encoding,
    FileToRead,
    FileToWrite,
    existing_file,
    file_to_write,
)
from casare.sdk import Bound, Context, Cost, DataType, Out, Param, Visibility, Widget, as_flag, as_integer, node

_Content = Annotated[
    str,
    Param(
        widget=Widget.MULTILINE,
        aliases=("text", "data"),
        help="What to write. Lists and dicts are written as JSON, bytes as they are.",
    ),
]
_Errors = Annotated[
    Literal["strict", "ignore", "replace"],
    Param(
        visibility=Visibility.ADVANCED,
        help="What to do with a character that does not fit the encoding: stop, leave it out, or put a mark.",
    ),
]
_BytesWritten = Annotated[int, Out(help="How many bytes this node wrote.")]


class FileContent(NamedTuple):
    """What was read from a file."""

    content: Annotated[
        str | bytes, Out(type=DataType.TEXT, help="The text, or the bytes in binary mode.", aliases=("text", "result"))
    ]
    size: Annotated[int, Out(help="The size of the file in bytes.")]
    success: bool


class Written(NamedTuple):
    """A file that was written."""

    file_path: str
    attachment_file: Attachment
    bytes_written: _BytesWritten
    success: bool


class Appended(NamedTuple):
    """A file that was made longer."""

    file_path: str
    bytes_written: _BytesWritten
    success: bool


@node(
    "ReadFileNode",
    title="Read file",
    category="files",
    icon="file-text",
    cost=Cost(complexity=3, runtime_ms=5, memory_mb=4, bound=Bound.IO),
    headline="file_path",
    keywords=("open", "load", "text", "content", "input"),
    replaced_by=("FileSystemSuperNode", {"action": "Read File"}),
)
def read_file(
    context: Context,
    file_path: FileToRead,
    *,
    encoding: Encoding = "utf-8",
    binary_mode: Annotated[bool, Param(help="Gives the bytes as they are instead of text.")] = False,
    errors: _Errors = "strict",
    max_size: Annotated[
        int,
        Param(
            minimum=0,
            unit="bytes",
            visibility=Visibility.ADVANCED,
            help="Refuses a file larger than this; 0 reads any size.",
        ),
    ] = 0,
    allow_dangerous_paths: AllowDangerous = False,
) -> FileContent:
    """Read the content of a file as text or bytes.

    The path is relative to the folder of the workflow. Line ends are kept as they are in the file. The node fails when
    the file is missing, is a folder, is larger than `max_size`, or does not fit the encoding.
    """
    path = existing_file(context, file_path, dangerous=allow_dangerous_paths)
    limit = as_integer(max_size, "max_size")
    # One byte more than allowed is enough to know, also for a file that grows while it is read.
    with path.open("rb") as stream:
        raw = stream.read(limit + 1) if limit > 0 else stream.read()
    if 0 < limit < len(raw):
        raise ValueError(f"{path} is larger than max_size, {limit} bytes")
    if as_flag(binary_mode, "binary_mode"):
        return FileContent(raw, len(raw), True)
    return FileContent(decoded(raw, encoding, path, errors=errors), len(raw), True)


@node(
    "WriteFileNode",
    title="Write file",
    category="files",
    icon="file-plus",
    cost=Cost(complexity=3, runtime_ms=8, memory_mb=4, bound=Bound.IO),
    headline="file_path",
    keywords=("save", "store", "create", "text", "output", "overwrite"),
    replaced_by=("FileSystemSuperNode", {"action": "Write File"}),
)
def write_file(
    context: Context,
    file_path: FileToWrite,
    content: _Content,
    *,
    encoding: Encoding = "utf-8",
    binary_mode: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Writes bytes as they are; text is encoded first.")
    ] = False,
    create_dirs: CreateFolders = True,
    errors: _Errors = "strict",
    append_mode: Annotated[bool, Param(help="Adds to the end of the file instead of replacing what is in it.")] = False,
    allow_dangerous_paths: AllowDangerous = False,
) -> Written:
    """Write a file, replacing what was in it.

    The content is encoded before the file is touched: when a character does not fit the encoding, the old file stays
    whole. Line ends are written as they stand in the content.
    """
    raw = encoded(content, encoding, file_path, errors=errors)
    path = file_to_write(
        context,
        file_path,
        create_dirs=create_dirs,
        dangerous=allow_dangerous_paths,
    )
    with path.open("ab" if as_flag(append_mode, "append_mode") else "wb") as stream:
        stream.write(raw)
    return Written(str(path), [str(path)], len(raw), True)


@node(
    "AppendFileNode",
    title="Append to file",
    category="files",
    icon="list-plus",
    cost=Cost(complexity=3, runtime_ms=5, memory_mb=2, bound=Bound.IO),
    headline="file_path",
    keywords=("add", "end", "extend", "log", "line"),
    replaced_by=("FileSystemSuperNode", {"action": "Append File"}),
)
def append_file(
    context: Context,
    file_path: FileToWrite,
    content: _Content,
    *,
    encoding: Encoding = "utf-8",
    create_if_missing: Annotated[bool, Param(help="Makes the file, and its folder, when it is missing.")] = True,
    allow_dangerous_paths: AllowDangerous = False,
) -> Appended:
    """Append content to the end of a file.

    No line break is added: begin or end the content with one where lines are meant.
    """
    raw = encoded(content, encoding, file_path)
    create = as_flag(create_if_missing, "create_if_missing")
    path = file_to_write(
        context,
        file_path,
        create_dirs=create,
        dangerous=allow_dangerous_paths,
    )
    if not create and not path.exists():
        raise FileNotFoundError(f"There is no file at {path} (file_path); create_if_missing makes it")
    with path.open("ab") as stream:
        stream.write(raw)
    return Appended(str(path), len(raw), True)

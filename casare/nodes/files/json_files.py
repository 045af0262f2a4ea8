"""Data as JSON in a file."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from casare.nodes.files.file_text import decoded, encoded, marked_encoding
from casare.nodes.files.paths import Attachment, Encoding, FileToRead, FileToWrite, existing_file, file_to_write
from casare.sdk import (
    Bound,
    Context,
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_integer,
    node,
    parse_json,
    write_json,
)


class JsonContent(NamedTuple):
    """What a JSON file holds."""

    data: Annotated[Any, Out(help="A dict, a list, or a single value.", aliases=("content", "result"))]
    success: bool


class WrittenJson(NamedTuple):
    """A JSON file that was written."""

    file_path: str
    attachment_file: Attachment
    success: bool


@node(
    "ReadJSONFileNode",
    title="Read JSON file",
    category="files",
    icon="file-braces",
    cost=Cost(complexity=3, runtime_ms=10, memory_mb=10, bound=Bound.IO),
    headline="file_path",
    keywords=("load", "parse", "import", "object", "settings"),
    replaced_by=("StructuredDataSuperNode", {"action": "Read JSON"}),
)
def read_json_file(context: Context, file_path: FileToRead, *, encoding: Encoding = "utf-8") -> JsonContent:
    """Read a JSON file.

    The node fails with the line and the column when the file is not JSON.
    """
    path = existing_file(context, file_path)
    raw = path.read_bytes()
    return JsonContent(parse_json(decoded(raw, marked_encoding(raw) or encoding, path), str(path)), True)


@node(
    "WriteJSONFileNode",
    title="Write JSON file",
    category="files",
    icon="file-braces",
    cost=Cost(complexity=3, runtime_ms=10, memory_mb=10, bound=Bound.IO),
    headline="file_path",
    keywords=("save", "export", "store", "object"),
    replaced_by=("StructuredDataSuperNode", {"action": "Write JSON"}),
)
def write_json_file(
    context: Context,
    file_path: FileToWrite,
    data: Annotated[
        Any, Param(widget=Widget.JSON, aliases=("content", "json_data"), help="What to write; text like {...} is data.")
    ] = None,
    *,
    encoding: Encoding = "utf-8",
    indent: Annotated[int, Param(minimum=0, maximum=16, unit="spaces", help="0 writes everything on one line.")] = 2,
    ensure_ascii: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Writes é as \\u00e9, for readers that know only ASCII.")
    ] = False,
) -> WrittenJson:
    """Write data to a JSON file, replacing what was in it.

    Text that is itself a JSON object or array is written as that; other text is written as a JSON string. Dates are
    written as text. The data is prepared before the file is touched.
    """
    text = write_json(
        _meant(data),
        "data",
        indent=as_integer(indent, "indent"),
        ascii_only=as_flag(ensure_ascii, "ensure_ascii"),
    )
    raw = encoded(text + "\n", encoding, file_path)
    path = file_to_write(context, file_path)
    path.write_bytes(raw)
    return WrittenJson(str(path), [str(path)], True)


def _meant(data: Any) -> Any:
    if isinstance(data, str) and data.strip()[:1] in ("{", "["):
        try:
            return parse_json(data, "data")
        except ValueError:
            return data
    return data

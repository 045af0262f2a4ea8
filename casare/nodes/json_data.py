"""Nodes that turn JSON text into values and values into JSON text."""

from __future__ import annotations

from typing import Annotated, Any

from casare.nodes.coerce import as_flag, as_index, as_text
from casare.nodes.json_text import parse, write
from casare.sdk import Cost, DataType, Out, Param, Visibility, Widget, node

DEEPEST_INDENT = 16


@node(
    "JsonParseNode",
    title="Parse JSON",
    category="data",
    icon="braces",
    cost=Cost(3, 0.1, 1),
    headline="json_string",
    aliases=("ParseJSONNode",),
    keywords=("decode", "read", "object", "deserialize"),
    pure=True,
)
def json_parse(
    json_string: Annotated[
        str,
        Param(
            label="JSON",
            widget=Widget.JSON,
            placeholder='{"key": "value"}',
            aliases=("json", "text"),
            help="The JSON text to read.",
        ),
    ] = "",
) -> Annotated[Any, Out("data")]:
    """Read a JSON text into a dict, list, number, text, flag or nothing.

    A value that is a dict or list already is passed on. Errors tell the line and the column.
    """
    value: Any = json_string
    return value if isinstance(value, (dict, list)) else parse(as_text(value), "json_string")


@node(
    "DictToJsonNode",
    title="Write JSON",
    category="data",
    icon="file-json",
    cost=Cost(3, 0.1, 1),
    headline="indent",
    keywords=("encode", "stringify", "serialize", "dump", "json"),
    pure=True,
)
def dict_to_json(
    dict: Annotated[
        dict[str, Any] | None, Param(aliases=("data", "value"), help="What to write: a dict, or any other value.")
    ] = None,
    indent: Annotated[
        int | None,
        Param(
            type=DataType.INTEGER,
            minimum=0,
            maximum=DEEPEST_INDENT,
            unit="spaces",
            help="Spaces per level; empty or 0 writes one line.",
        ),
    ] = None,
    *,
    sort_keys: Annotated[bool, Param(help="Write keys in the order of the alphabet.")] = False,
    ensure_ascii: Annotated[
        bool,
        Param(label="ASCII only", visibility=Visibility.ADVANCED, help=r"Write é as \u00e9, which every reader knows."),
    ] = True,
) -> Annotated[str, Out("json_string")]:
    """Write a dict, or any other value, as JSON text.

    Dates become ISO texts, sets lists. A text that is JSON already is written anew. NaN and infinity are refused.
    """
    given: Any = dict
    value: Any = {} if given is None or given == "" else given
    spaces = as_index(indent, "indent") or 0
    if not 0 <= spaces <= DEEPEST_INDENT:
        raise ValueError(f"indent: expected 0 to {DEEPEST_INDENT} spaces, got {spaces}")
    return write(
        parse(value, "dict") if isinstance(value, str) else value,
        "dict",
        indent=spaces,
        sort_keys=as_flag(sort_keys, "sort_keys"),
        ascii_only=as_flag(ensure_ascii, "ensure_ascii"),
    )

"""Nodes that turn JSON text into values and values into JSON text."""

from __future__ import annotations

from typing import Annotated, Any

from casare.sdk import (
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_integer_or_none,
    as_text,
    node,
    parse_json,
    write_json,
)

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
) -> Annotated[Any, Out("data", aliases=("result", "value", "parsed"))]:
    """Read a JSON text into a dict, list, number, text, flag or nothing.

    A value that is a dict or list already is passed on. Errors tell the line and the column.
    """
    value: Any = json_string
    return value if isinstance(value, (dict, list)) else parse_json(as_text(value), "json_string")


@node(
    "DictToJsonNode",
    title="Write JSON",
    category="data",
    icon="file-json",
    cost=Cost(3, 0.1, 1),
    headline="dict",
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
) -> Annotated[str, Out("json_string", aliases=("result", "json"))]:
    """Write a dict, or any other value, as JSON text.

    Dates become ISO texts, sets lists. A text that is JSON already is written anew. NaN and infinity are refused.
    """
    given: Any = dict
    value: Any = {} if given is None or given == "" else given
    spaces = as_integer_or_none(indent, "indent") or 0
    if not 0 <= spaces <= DEEPEST_INDENT:
        raise ValueError(f"indent: expected 0 to {DEEPEST_INDENT} spaces, got {spaces}")
    return write_json(
        parse_json(value, "dict") if isinstance(value, str) else value,
        "dict",
        indent=spaces,
        sort_keys=as_flag(sort_keys, "sort_keys"),
        ascii_only=as_flag(ensure_ascii, "ensure_ascii"),
    )

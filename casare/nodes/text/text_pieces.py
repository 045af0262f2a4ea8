"""Nodes that take texts apart and put them together: split, join, lines, concatenate, fill in a template."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.inputs import TextInput
from casare.nodes.values.key_path import follow
from casare.sdk import (
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_choice,
    as_dict,
    as_flag,
    as_integer,
    as_list,
    as_text,
    node,
    number_in,
)

WIDEST_FIELD = 10_000
"""Characters that one field of a template may be padded to, or digits it may be given."""

_SEPARATORS = {"newline": "\n", "crlf": "\r\n", "comma": ","}


class Pieces(NamedTuple):
    """The parts of a text and their number."""

    result: Annotated[list[str], Out(aliases=("parts", "list", "items"))]
    number: Annotated[int, Out("count")]


class Lines(NamedTuple):
    """The text, its lines and their number."""

    text: str
    lines: list[str]
    number: Annotated[int, Out("count")]


@node(
    "TextSplitNode",
    title="Split text",
    category="text",
    icon="split",
    cost=Cost(2, 0.02, 0.2),
    headline="separator",
    keywords=("separate", "tokens", "explode", "divide", "csv"),
    pure=True,
)
def text_split(
    text: TextInput = "",
    separator: Annotated[
        str, Param(aliases=("delimiter",), placeholder="whitespace", help="Where to cut; empty cuts at whitespace.")
    ] = "",
    *,
    max_split: Annotated[
        int,
        Param(minimum=-1, visibility=Visibility.ADVANCED, help="Cut at most so often, from the left; -1 always."),
    ] = -1,
) -> Pieces:
    """Cut a text into a list at each separator."""
    most = as_integer(max_split, "max_split")
    parts = as_text(text).split(as_text(separator) or None, max(most, -1))
    return Pieces(parts, len(parts))


@node(
    "TextJoinNode",
    title="Join texts",
    category="text",
    icon="combine",
    cost=Cost(2, 0.02, 0.2),
    headline="separator",
    keywords=("glue", "implode", "combine", "list to text"),
    pure=True,
)
def text_join(
    items: Annotated[list[Any], Param(aliases=("list",), help="What to join. A single value counts as a list of one.")],
    *,
    separator: Annotated[str, Param(aliases=("delimiter",), help="What to put between the items.")] = "",
) -> Annotated[str, Out(aliases=("text", "joined"))]:
    """Put the items of a list together into one text."""
    try:
        parts = as_list(items, "items")
    except (TypeError, ValueError):
        parts = [items]
    return as_text(separator).join(as_text(part) for part in parts)


@node(
    "TextLinesNode",
    title="Text lines",
    category="text",
    icon="align-start-vertical",
    cost=Cost(2, 0.02, 0.2),
    headline="mode",
    keywords=("newline", "rows", "paragraph"),
    pure=True,
)
def text_lines(
    text: TextInput = "",
    lines: Annotated[list[Any] | None, Param(help="The lines to join, in mode join.")] = None,
    *,
    mode: Annotated[
        Literal["split", "join"], Param(aliases=("lines_mode",), help="Take a text apart, or put lines together.")
    ] = "split",
    line_separator: Annotated[
        Literal["newline", "crlf", "comma"],
        Param(help="What ends a line when joining; splitting knows every kind of line end."),
    ] = "newline",
    remove_empty: Annotated[bool, Param(help="Leave out lines without a character.")] = False,
) -> Lines:
    """Cut a text into its lines, or put lines together into a text."""
    separator = as_choice(line_separator, _SEPARATORS, "line_separator")
    joining = as_choice(mode, ("split", "join"), "mode") == "join"
    if joining:
        found = [as_text(line) for line in as_list(lines, "lines")]
    elif separator == "comma":
        found = as_text(text).split(",") if text else []
    else:
        found = as_text(text).splitlines()
    if as_flag(remove_empty, "remove_empty"):
        found = [line for line in found if line]
    return Lines(_SEPARATORS[separator].join(found) if joining else as_text(text), found, len(found))


@node(
    "ConcatenateNode",
    title="Concatenate",
    category="text",
    icon="link",
    cost=Cost(1, 0.01, 0.1),
    headline="{string_1} + {string_2}",
    keywords=("append", "join", "add texts", "plus"),
    pure=True,
)
def concatenate(
    string_1: Annotated[str, Param(label="First text", aliases=("string1",), help="What comes first.")] = "",
    string_2: Annotated[str, Param(label="Second text", aliases=("string2",), help="What comes after it.")] = "",
    *,
    separator: Annotated[str, Param(help="What to put between the two.")] = "",
) -> Annotated[str, Out(aliases=("text", "string"))]:
    """Put two texts together."""
    return f"{as_text(string_1)}{as_text(separator)}{as_text(string_2)}"


@node(
    "FormatStringNode",
    title="Fill in template",
    category="text",
    icon="quote",
    cost=Cost(2, 0.03, 0.1),
    headline="template",
    keywords=("format", "placeholder", "interpolate", "mail merge"),
    pure=True,
)
def format_string(
    template: Annotated[
        str, Param(widget=Widget.MULTILINE, placeholder="Name: {name}, age: {age}", help="Text with {names} in it.")
    ] = "",
    variables: Annotated[
        dict[str, Any] | None, Param(help="The value for each name. {user.name} and {items[0]} reach inside.")
    ] = None,
) -> Annotated[str, Out(aliases=("text", "formatted"))]:
    """Put values into a text with {placeholders}.

    Python's format marks work: `{price:.2f}`, `{name:>10}`. Write `{{` and `}}` for braces that are text. A value that
    is empty leaves nothing.
    """
    return _DataFormatter().vformat(as_text(template), (), as_dict(variables, "variables"))


class _DataFormatter(string.Formatter):
    """`str.format` without attributes, which would let a template reach into the program, and without huge widths."""

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        try:
            return super().vformat(format_string, args, kwargs)
        except (ValueError, TypeError) as error:
            message = str(error)
            raise ValueError(message if message.startswith("template") else f"template: {message}") from None

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        found, value = follow(kwargs, field_name)
        if not found:
            known = ", ".join(str(name) for name in kwargs) or "no values at all"
            raise ValueError(f"template: there is no value for {{{field_name}}}; variables has {known}")
        return value, field_name

    def format_field(self, value: Any, format_spec: str) -> Any:
        if any(int(digits[:9]) > WIDEST_FIELD for digits in re.findall(r"\d+", format_spec)):
            raise ValueError(f"template: {format_spec!r} asks for more than {WIDEST_FIELD:,} characters in one field")
        if not format_spec or value is None:
            return format(as_text(value), format_spec)
        try:
            return format(value, format_spec)
        except (ValueError, TypeError):
            number = number_in(value)
            if number is None or number is value:
                raise
            return format(number, format_spec)

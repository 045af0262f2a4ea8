"""Nodes that change a text: replace, trim, case, pad, reverse, substring."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple

from casare.nodes.inputs import TextInput
from casare.nodes.text import regex_guard
from casare.nodes.text.regex import DotAll, IgnoreCase, Multiline
from casare.nodes.text.regex_job import LONGEST_RESULT
from casare.sdk import (
    Cost,
    Out,
    Param,
    Visibility,
    as_choice,
    as_flag,
    as_integer,
    as_integer_or_none,
    as_text,
    node,
)

LONGEST_PAD = 1_000_000
"""Characters."""

_RUN = re.compile(r"[^\W_]+")


class Replaced(NamedTuple):
    """The new text and how often the old value was replaced."""

    result: Annotated[str, Out(aliases=("text", "replaced"))]
    replacements: Annotated[int, Out(aliases=("count",))]


class Part(NamedTuple):
    """A piece of a text and its length in characters."""

    result: Annotated[str, Out(aliases=("text", "substring"))]
    length: int


@node(
    "TextReplaceNode",
    title="Replace text",
    category="text",
    icon="replace",
    cost=Cost(2, 0.02, 0.1),
    headline="{old_value} → {new_value}",
    keywords=("substitute", "swap", "change", "regex"),
    pure=True,
)
def text_replace(
    text: TextInput = "",
    old_value: Annotated[str, Param(aliases=("old",), help="What to look for.")] = "",
    new_value: Annotated[str, Param(aliases=("new",), help="What to put in its place; empty removes it.")] = "",
    *,
    count: Annotated[
        int,
        Param(
            minimum=-1,
            aliases=("replace_count", "max_replacements"),
            visibility=Visibility.ADVANCED,
            help="Replace at most so many, counted from the left; -1 replaces all.",
        ),
    ] = -1,
    use_regex: Annotated[bool, Param(help="Read the old value as a regular expression.")] = False,
    ignore_case: IgnoreCase = False,
    multiline: Multiline = False,
    dotall: DotAll = False,
) -> Replaced:
    r"""Replace what is found in a text with something else.

    An empty old value leaves the text as it is. With a regular expression, the new value may name groups: `\1`,
    `\g<name>`.
    """
    text, old, new = as_text(text), as_text(old_value), as_text(new_value)
    most = as_integer(count, "count")
    if not old or most == 0:
        return Replaced(text, 0)
    flags = regex_guard.flags_of(ignore_case, multiline, dotall)
    if as_flag(use_regex, "use_regex"):
        return Replaced(*regex_guard.substitute(old, new, text, flags, most=max(most, 0)))
    if as_flag(ignore_case, "ignore_case"):
        literal = new.replace("\\", r"\\")
        return Replaced(*regex_guard.substitute(re.escape(old), literal, text, int(re.IGNORECASE), most=max(most, 0)))
    found = text.count(old)
    replacements = found if most < 0 else min(found, most)
    if len(text) + replacements * len(new) > LONGEST_RESULT:
        raise ValueError(f"new_value: the result would be longer than {LONGEST_RESULT:,} characters")
    return Replaced(text.replace(old, new, most), replacements)


@node(
    "TextTrimNode",
    title="Trim text",
    category="text",
    icon="scissors",
    cost=Cost(1, 0.01, 0.1),
    headline="mode",
    keywords=("strip", "whitespace", "spaces", "clean"),
    pure=True,
)
def text_trim(
    text: TextInput = "",
    *,
    mode: Annotated[
        Literal["both", "left", "right"], Param(aliases=("trim_mode", "side"), help="Which end to trim.")
    ] = "both",
    characters: Annotated[
        str,
        Param(
            aliases=("trim_characters", "chars"),
            placeholder="whitespace",
            help="Each of these characters is trimmed, in any order; empty trims spaces, tabs and line ends.",
        ),
    ] = "",
) -> Annotated[str, Out(aliases=("text", "trimmed"))]:
    """Remove spaces, or characters of your choice, from the ends of a text."""
    side = as_choice(mode, ("both", "left", "right"), "mode")
    unwanted = as_text(characters) or None
    text = as_text(text)
    if side == "left":
        return text.lstrip(unwanted)
    return text.rstrip(unwanted) if side == "right" else text.strip(unwanted)


def _words_of(run: str) -> list[str]:
    """Return the words in letters and digits without a gap: parseHTTPFile2 has parse, HTTP and File2."""
    words, start = [], 0
    for place in range(1, len(run)):
        rises = run[place].isupper() and not run[place - 1].isupper()
        ends_capitals = run[place].isupper() and run[place + 1 : place + 2].islower()
        if rises or ends_capitals:
            words.append(run[start:place])
            start = place
    return [*words, run[start:]]


def _joined_words(separator: str, first: Callable[[str], str], rest: Callable[[str], str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        words = [word for run in _RUN.findall(text) for word in _words_of(run)]
        return separator.join([first(word) for word in words[:1]] + [rest(word) for word in words[1:]])

    return change


_CASES: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "capitalize": str.capitalize,
    "swapcase": str.swapcase,
    "snake": _joined_words("_", str.lower, str.lower),
    "kebab": _joined_words("-", str.lower, str.lower),
    "camel": _joined_words("", str.lower, str.capitalize),
    "pascal": _joined_words("", str.capitalize, str.capitalize),
}


@node(
    "TextCaseNode",
    title="Change case",
    category="text",
    icon="case-sensitive",
    cost=Cost(1, 0.01, 0.1),
    headline="case",
    keywords=("upper", "lower", "title", "capital", "snake", "camel"),
    pure=True,
)
def text_case(
    text: TextInput = "",
    *,
    case: Annotated[
        Literal["upper", "lower", "title", "capitalize", "swapcase", "snake", "kebab", "camel", "pascal"],
        Param(aliases=("case_transform", "mode"), help="upper: ABC, title: Every Word, capitalize: First word only."),
    ] = "lower",
) -> Annotated[str, Out(aliases=("text",))]:
    """Turn a text into upper, lower, title or another case."""
    words = {"uppercase": "upper", "lowercase": "lower", "titlecase": "title", "capitalise": "capitalize"}
    return _CASES[as_choice(case, _CASES, "case", words)](as_text(text))


@node(
    "TextPadNode",
    title="Pad text",
    category="text",
    icon="align-horizontal-space-between",
    cost=Cost(1, 0.01, 0.1),
    headline="to {length} characters",
    keywords=("fill", "zeros", "width", "align", "justify"),
    pure=True,
)
def text_pad(
    text: TextInput = "",
    length: Annotated[
        int, Param(minimum=0, maximum=LONGEST_PAD, unit="characters", aliases=("width",), help="How long to make it.")
    ] = 0,
    *,
    mode: Annotated[
        Literal["left", "right", "center"],
        Param(aliases=("side", "pad_mode"), help="Where to put the filling: left of the text gives 00042."),
    ] = "left",
    fill_char: Annotated[str, Param(aliases=("pad_char",), help="The one character to fill with.")] = " ",
) -> Annotated[str, Out(aliases=("text", "padded"))]:
    """Fill a text up to a length with spaces, zeros or another character.

    A text that is long enough already stays as it is.
    """
    side = as_choice(mode, ("left", "right", "center"), "mode", {"both": "center", "centre": "center"})
    width, fill = as_integer(length, "length"), as_text(fill_char) or " "
    if width > LONGEST_PAD:
        raise ValueError(f"length: expected at most {LONGEST_PAD:,} characters, got {width:,}")
    if len(fill) != 1:
        raise ValueError(f"fill_char: expected one character, got {fill!r}")
    text = as_text(text)
    if side == "left":
        return text.rjust(width, fill)
    return text.ljust(width, fill) if side == "right" else text.center(width, fill)


@node(
    "TextReverseNode",
    title="Reverse text",
    category="text",
    icon="undo-2",
    cost=Cost(1, 0.01, 0.1),
    headline="text",
    keywords=("backwards", "mirror"),
    pure=True,
)
def text_reverse(text: TextInput = "") -> Annotated[str, Out(aliases=("text", "reversed"))]:
    """Put the characters of a text in the opposite order."""
    return as_text(text)[::-1]


@node(
    "TextSubstringNode",
    title="Part of text",
    category="text",
    icon="text-cursor-input",
    cost=Cost(1, 0.01, 0.1),
    headline="{start} to {end}",
    keywords=("slice", "cut", "left", "right", "mid", "substring"),
    pure=True,
)
def text_substring(
    text: TextInput = "",
    start: Annotated[int, Param(help="The first character to keep; 0 is the first, -3 the third from the end.")] = 0,
    end: Annotated[
        int | None,
        Param(help="The first character to leave out again; empty keeps all to the end."),
    ] = None,
) -> Part:
    """Cut a piece out of a text by the positions of its first and last character.

    Positions outside the text are no error: they give what is there.
    """
    part = as_text(text)[as_integer_or_none(start, "start") : as_integer_or_none(end, "end")]
    return Part(part, len(part))

"""Nodes that ask something about a text: contains, starts with, ends with, how many."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from casare.nodes.inputs import TextInput
from casare.sdk import Cost, Out, Param, as_choice, as_flag, as_text, node

CaseSensitive = Annotated[bool, Param(help="Whether A and a are different.")]


class Search(NamedTuple):
    """Whether something was found, where first (-1: nowhere), and how often."""

    contains: Annotated[bool, Out(aliases=("result", "found"))]
    position: Annotated[int, Out(aliases=("index",))]
    times: Annotated[int, Out("count", help="How often, without overlap.")]


@node(
    "TextContainsNode",
    title="Text contains",
    category="text",
    icon="search",
    cost=Cost(1, 0.01, 0.1),
    headline="search",
    keywords=("find", "includes", "position", "index of"),
    pure=True,
)
def text_contains(
    text: TextInput = "",
    search: Annotated[str, Param(aliases=("substring",), help="What to look for. Every text contains nothing.")] = "",
    *,
    case_sensitive: CaseSensitive = True,
) -> Search:
    """Tell whether a text contains another, where, and how often."""
    whole, wanted = _comparable(text, search, case_sensitive)
    position = whole.find(wanted)
    if not as_flag(case_sensitive, "case_sensitive"):
        position = _unfolded(as_text(text), position)
    return Search(position >= 0, position, whole.count(wanted))


@node(
    "TextStartsWithNode",
    title="Text starts with",
    category="text",
    icon="arrow-left",
    cost=Cost(1, 0.01, 0.1),
    headline="prefix",
    keywords=("begins", "prefix"),
    pure=True,
)
def text_starts_with(
    text: TextInput = "",
    prefix: Annotated[str, Param(aliases=("search",), help="What the text should begin with.")] = "",
    *,
    case_sensitive: CaseSensitive = True,
) -> Annotated[bool, Out(aliases=("starts_with",))]:
    """Tell whether a text begins with another."""
    whole, wanted = _comparable(text, prefix, case_sensitive)
    return whole.startswith(wanted)


@node(
    "TextEndsWithNode",
    title="Text ends with",
    category="text",
    icon="arrow-right",
    cost=Cost(1, 0.01, 0.1),
    headline="suffix",
    keywords=("suffix", "extension"),
    pure=True,
)
def text_ends_with(
    text: TextInput = "",
    suffix: Annotated[str, Param(aliases=("search",), help="What the text should end with.")] = "",
    *,
    case_sensitive: CaseSensitive = True,
) -> Annotated[bool, Out(aliases=("ends_with",))]:
    """Tell whether a text ends with another."""
    whole, wanted = _comparable(text, suffix, case_sensitive)
    return whole.endswith(wanted)


@node(
    "TextCountNode",
    title="Count in text",
    category="text",
    icon="hash",
    cost=Cost(1, 0.02, 0.1),
    headline="mode",
    keywords=("length", "words", "lines", "characters", "occurrences"),
    pure=True,
)
def text_count(
    text: TextInput = "",
    *,
    mode: Annotated[
        Literal["characters", "words", "lines", "occurrences"], Param(aliases=("count_mode",), help="What to count.")
    ] = "characters",
    exclude_whitespace: Annotated[bool, Param(help="Leave spaces, tabs and line ends out of the characters.")] = False,
    search: Annotated[
        str, Param(help="Count how often this occurs, instead of all characters.", placeholder="count everything")
    ] = "",
) -> Annotated[int, Out("count", aliases=("result", "length"))]:
    """Count the characters, words or lines of a text, or how often something occurs in it."""
    text, search = as_text(text), as_text(search)
    chosen = as_choice(mode, ("characters", "words", "lines", "occurrences"), "mode", {"chars": "characters"})
    if chosen == "words":
        return len(text.split())
    if chosen == "lines":
        return len(text.splitlines())
    if search:
        return text.count(search)
    if chosen == "occurrences":
        raise ValueError("search: expected the text whose occurrences to count, got nothing")
    if as_flag(exclude_whitespace, "exclude_whitespace"):
        return sum(not character.isspace() for character in text)
    return len(text)


def _comparable(text: object, other: object, case_sensitive: object) -> tuple[str, str]:
    if as_flag(case_sensitive, "case_sensitive"):
        return as_text(text), as_text(other)
    return as_text(text).casefold(), as_text(other).casefold()


def _unfolded(text: str, folded_position: int) -> int:
    # Folding may lengthen a text (ß becomes ss), so a position in the folded text is not one in the text.
    if folded_position <= 0:
        return folded_position
    walked = 0
    for position, character in enumerate(text):
        walked += len(character.casefold())
        if walked > folded_position:
            return position
    return len(text)

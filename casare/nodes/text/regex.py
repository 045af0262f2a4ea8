"""Nodes for regular expressions: find, take out, replace. `regex_guard` keeps them from running for ever."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from casare.nodes.inputs import TextInput
from casare.nodes.text import regex_guard
from casare.sdk import Cost, Out, Param, Visibility, Widget, as_flag, as_integer, as_text, node

Pattern = Annotated[
    str, Param(widget=Widget.CODE, placeholder=r"\d+", aliases=("regex",), help="A regular expression, as in Python.")
]
IgnoreCase = Annotated[bool, Param(visibility=Visibility.ADVANCED, help="Treat A and a as the same.")]
Multiline = Annotated[
    bool,
    Param(visibility=Visibility.ADVANCED, help="Let ^ and $ match at each line, not only at the ends of the text."),
]
DotAll = Annotated[bool, Param(label="Dot matches all", visibility=Visibility.ADVANCED, help="Let . match line ends.")]


class Matches(NamedTuple):
    """What a regular expression found: all of it, the first one with its groups, and how many."""

    match_found: Annotated[bool, Out(aliases=("found",))]
    first_match: Annotated[str, Out(aliases=("match", "result"))]
    all_matches: Annotated[list[str], Out(aliases=("matches",))]
    groups: Annotated[list[str | None], Out(help="The groups of the first match.")]
    match_count: int


class Extract(NamedTuple):
    """The match (a list of all in that mode), the groups belonging to it, and whether there is one."""

    match: Annotated[
        Any, Out(help="The first match, or the list of all.", aliases=("result", "value", "matches", "text"))
    ]
    groups: Annotated[list[Any], Out(help="The groups of the first match, or one list of groups per match.")]
    found: bool


class Substituted(NamedTuple):
    """The new text and the number of replacements."""

    result: Annotated[str, Out(aliases=("text",))]
    number: Annotated[int, Out("count", aliases=("replacements",))]


@node(
    "RegexMatchNode",
    title="Find by pattern",
    category="text",
    icon="regex",
    cost=Cost(3, 0.1, 0.2),
    headline="pattern",
    keywords=("regular expression", "match", "search", "regexp"),
    pure=True,
)
def regex_match(
    text: TextInput = "",
    pattern: Pattern = "",
    *,
    ignore_case: IgnoreCase = False,
    multiline: Multiline = False,
    dotall: DotAll = False,
) -> Matches:
    """Find everything in a text that a regular expression describes.

    An expression that takes longer than 5 s is stopped with an error.
    """
    found = regex_guard.find(as_text(pattern), as_text(text), regex_guard.flags_of(ignore_case, multiline, dotall))
    first = found[0] if found else None
    return Matches(
        match_found=bool(found),
        first_match=first.text if first else "",
        all_matches=[match.text for match in found],
        groups=first.groups if first else [],
        match_count=len(found),
    )


@node(
    "RegexReplaceNode",
    title="Replace by pattern",
    category="text",
    icon="regex",
    cost=Cost(3, 0.1, 0.2),
    headline="{pattern} → {replacement}",
    keywords=("regular expression", "substitute", "regexp", "sub"),
    pure=True,
)
def regex_replace(
    text: TextInput = "",
    pattern: Pattern = "",
    replacement: Annotated[str, Param(help=r"What to put in; \1 or \g<name> stands for a group.")] = "",
    *,
    ignore_case: IgnoreCase = False,
    multiline: Multiline = False,
    dotall: DotAll = False,
    max_count: Annotated[
        int,
        Param(minimum=0, aliases=("count",), visibility=Visibility.ADVANCED, help="Replace at most so many; 0: all."),
    ] = 0,
) -> Substituted:
    """Replace everything in a text that a regular expression describes.

    An expression that takes longer than 5 s is stopped with an error.
    """
    most = max(0, as_integer(max_count, "max_count"))
    flags = regex_guard.flags_of(ignore_case, multiline, dotall)
    return Substituted(*regex_guard.substitute(as_text(pattern), as_text(replacement), as_text(text), flags, most=most))


@node(
    "TextExtractNode",
    title="Extract by pattern",
    category="text",
    icon="scan",
    cost=Cost(3, 0.1, 0.2),
    headline="pattern",
    keywords=("regular expression", "capture", "groups", "parse", "email", "number"),
    pure=True,
)
def text_extract(
    text: TextInput = "",
    pattern: Pattern = "",
    *,
    all_matches: Annotated[bool, Param(help="Give every match, not only the first.")] = False,
    ignore_case: IgnoreCase = False,
    multiline: Multiline = False,
    dotall: DotAll = False,
) -> Extract:
    """Take the part out of a text that a regular expression describes, and the groups in it.

    An expression that takes longer than 5 s is stopped with an error.
    """
    every = as_flag(all_matches, "all_matches")
    flags = regex_guard.flags_of(ignore_case, multiline, dotall)
    found = regex_guard.find(as_text(pattern), as_text(text), flags, most=0 if every else 1)
    if every:
        return Extract([match.text for match in found], [match.groups for match in found], bool(found))
    return Extract(found[0].text, found[0].groups, True) if found else Extract("", [], False)

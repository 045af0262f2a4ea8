"""What of a graph fits a query, best first, each with the words that made it fit."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from casare.app.finding.index import Entry, Field, GraphIndex
from casare.app.finding.query import Flag, Query, Term
from casare.model import Graph

_AROUND: Final = 48
"""How many letters of a value are shown before and after what was found in it."""


class Kind(enum.StrEnum):
    """What a match is."""

    NODE = "node"
    FRAME = "frame"
    NOTE = "note"
    PORTAL = "portal"


class Match(NamedTuple):
    """One thing that fits. `where` names the text that `excerpt` is of; `spans` are the found parts (start, end)."""

    kind: Kind
    id: str
    title: str
    type_title: str
    category: str
    where: str = ""
    excerpt: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    level: str = ""
    """The id of the subgraph it is in, empty for the outermost level."""
    way: str = ""
    """What the subgraphs on the way to it are called, outermost first."""


class Found(NamedTuple):
    """The answer to a query."""

    query: Query
    matches: tuple[Match, ...] = ()

    def ids(self, kind: Kind, level: str = "") -> frozenset[str]:
        """Return the ids of the matches of one kind on one level."""
        return frozenset(match.id for match in self.matches if match.kind is kind and match.level == level)


class _Around(NamedTuple):
    """What of the graph a test may ask about beyond the entry itself."""

    problems: Mapping[str, str]
    wired: Collection[str]
    frames_of: Mapping[str, str]


_Test = Callable[[Kind, Entry, _Around], bool]


def find(query: Query, index: GraphIndex, graph: Graph, problems: Mapping[str, str]) -> Found:
    """Return what fits `query`: by title first, then by type, then by value, each in the order of the document.

    `problems` gives the severity of the problems of each node that has any. `index` must be up to date with `graph`.
    """
    return Found(query, tuple(match for _, match in ranked(query, index, graph, problems)))


def ranked(query: Query, index: GraphIndex, graph: Graph, problems: Mapping[str, str]) -> list[tuple[int, Match]]:
    """Return what fits as `find` does, with the rank of each match: 0 by title, 1 by type, 2 by anything else."""
    if not query:
        return []
    tests = [_test(term) for term in query.terms]
    around = _around(query, graph, problems)
    fits: list[tuple[int, Match]] = []
    for kind, entries in _entries(index):
        fitting = (entry for entry in entries.values() if all(test(kind, entry, around) for test in tests))
        fits.extend(_match(kind, entry, query) for entry in fitting)
    fits.sort(key=lambda pair: pair[0])
    return fits


def _entries(index: GraphIndex) -> tuple[tuple[Kind, dict[str, Entry]], ...]:
    return (
        (Kind.NODE, index.nodes),
        (Kind.FRAME, index.frames),
        (Kind.NOTE, index.notes),
        (Kind.PORTAL, index.portals),
    )


def _around(query: Query, graph: Graph, problems: Mapping[str, str]) -> _Around:
    wired: set[str] = set()
    frames_of: dict[str, str] = {}
    if any(term.key == "is" and term.text == Flag.UNCONNECTED for term in query.terms):
        for key in graph.connections:
            wired.add(key[0])
            wired.add(key[2])
    if any(term.key == "in" for term in query.terms):
        for frame in graph.frames.values():
            for node_id in frame.node_ids:
                frames_of[node_id] = f"{frames_of.get(node_id, '')}\n{frame.title.lower()}"
    return _Around(problems, wired, frames_of)


def _test(term: Term) -> _Test:
    plain = _plain_test(term)
    if not term.negated:
        return plain
    return lambda kind, entry, around: not plain(kind, entry, around)


def _plain_test(term: Term) -> _Test:
    text = term.text
    if term.key == "type":
        return lambda kind, entry, around: kind is Kind.NODE and text in entry.type_low
    if term.key == "in":
        return lambda kind, entry, around: text in around.frames_of.get(entry.value.id, "")
    if term.key == "param":
        return lambda kind, entry, around: any(_is_param(field, term) for field in entry.fields)
    if term.key == "is":
        flag = Flag(text)
        return lambda kind, entry, around: _is(flag, kind, entry, around)
    return lambda kind, entry, around: text in entry.low


def _is_param(field: Field, term: Term) -> bool:
    return bool(field.name) and term.text in field.name and term.value in field.low


def _is(flag: Flag, kind: Kind, entry: Entry, around: _Around) -> bool:
    if flag.value in set(Kind):
        return flag.value == kind.value
    if kind is not Kind.NODE:
        return False
    severity = around.problems.get(entry.value.id, "")
    return {
        Flag.PROBLEM: bool(severity),
        Flag.ERROR: severity == "error",
        Flag.WARNING: severity == "warning",
        Flag.DISABLED: entry.disabled,
        Flag.UNCONNECTED: entry.value.id not in around.wired,
        Flag.UNKNOWN: not entry.known,
    }[flag]


def _match(kind: Kind, entry: Entry, query: Query) -> tuple[int, Match]:
    """Return a match with its rank: 0 for the title, 1 for the type, 2 for anything else."""
    words = query.words
    params = [term for term in query.terms if term.key == "param" and not term.negated]
    rank, told = 0, entry.fields[0]
    if words and not all(word in told.low for word in words):
        told = max(entry.fields, key=lambda field: sum(word in field.low for word in words))
        rank = 1 if told.label in ("Type", "Id") else 2
    elif params and not words:
        told = next((field for field in entry.fields if _is_param(field, params[0])), told)
        rank = 2
    sought = [*words, *(term.value for term in params if term.value)]
    if kind is Kind.PORTAL:
        told = entry.fields[1]
    elif told is entry.fields[0] and kind is not Kind.NOTE:
        return rank, Match(kind, entry.value.id, entry.title, entry.type_title, entry.category)
    excerpt, spans = _excerpt(told, sought)
    return rank, Match(kind, entry.value.id, entry.title, entry.type_title, entry.category, told.label, excerpt, spans)


def _excerpt(field: Field, words: Collection[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return one line of a field around the first word found in it, and where the words are in that line."""
    places = [at for word in words if (at := field.low.find(word)) >= 0]
    first = min(places, default=0)
    start = max(0, first - _AROUND // 2) if first > _AROUND else 0
    line = " ".join(field.text[start : first + 2 * _AROUND].split())
    line = f"{'…' if start else ''}{line}{'…' if first + 2 * _AROUND < len(field.text) else ''}"
    low = line.lower()
    spans = sorted((at, at + len(word)) for word in words if word and (at := low.find(word)) >= 0)
    return line, tuple(spans)

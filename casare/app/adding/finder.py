"""Find a node type by a few letters, ranked by what was typed, what was used lately, and what fits the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from casare.app.adding.context import Context, described_by, fits_at, likely_next, made_for, telling_port
from casare.app.adding.habits import Habits
from casare.app.files.search import Fields, SearchIndex, words
from casare.catalog import Catalog, PaletteEntry
from casare.model import Graph

_LATELY: Final = 3.0
"""What the entry added last gains, in points of the search; words still win over habits."""
_LIKELY: Final = 5.0
_TYPED: Final = 2.0
_COUNTED: Final = 12
"""How many of the entries added last gain anything."""
SHORTHANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("+", "-", "*", "/", "%", "^", "add", "minus", "mul", "div", "round"), "MathOperationNode"),
        **dict.fromkeys(("=", "==", "!=", "<", ">", "<=", ">=", "eq", "gt", "lt"), "ComparisonNode"),
        **dict.fromkeys(("?", "condition", "branch"), "IfNode"),
        **dict.fromkeys(("foreach", "each", "iterate"), "ForLoopStartNode"),
        **dict.fromkeys(("json", "from json", "json to dict", "text to json"), "JsonParseNode"),
        **dict.fromkeys(("to json", "dict to json"), "DictToJsonNode"),
        **dict.fromkeys(
            ("to text", "to string", "to number", "to int", "int", "float", "cast", "convert"), "TransformNode"
        ),
        **dict.fromkeys(("regex", "re", "grep", "match"), "RegexMatchNode"),
        **dict.fromkeys(("rm", "del"), "DeleteFileNode"),
        **dict.fromkeys(("cp",), "CopyFileNode"),
        **dict.fromkeys(("mv", "rename"), "MoveFileNode"),
        **dict.fromkeys(("cat", "open"), "ReadFileNode"),
        **dict.fromkeys(("echo", "debug", "printf"), "LogNode"),
        **dict.fromkeys(("[]", "array"), "CreateListNode"),
        **dict.fromkeys(("{}", "object", "record"), "CreateDictNode"),
        **dict.fromkeys(("//", "#", "note"), "CommentNode"),
        **dict.fromkeys(("tomorrow", "yesterday"), "DateTimeAddNode"),
        **dict.fromkeys(("contains",), "TextContainsNode"),
        **dict.fromkeys(("sum", "total"), "ListReduceNode"),
        **dict.fromkeys(("http", "fetch", "rest"), "HttpRequestNode"),
        **dict.fromkeys(("http get",), "HttpGetNode"),
        **dict.fromkeys(("mail", "email", "smtp"), "SendEmailNode"),
        **dict.fromkeys(("sql", "db", "select"), "ExecuteQueryNode"),
        **dict.fromkeys(("pdf",), "ReadPDFTextNode"),
        **dict.fromkeys(("js",), "RunJavaScriptNode"),
        **dict.fromkeys(("cmd", "terminal"), "RunCommandNode"),
    }
)
"""What is typed by habit from shells and languages, and means one entry although no title says so."""


class NodeFinder:
    """Answer queries for one place on one canvas. Made when the popup opens, asked at each key press."""

    def __init__(
        self,
        graph: Graph,
        catalog: Catalog,
        fields: Callable[[PaletteEntry], Fields],
        habits: Habits | None = None,
        context: Context | None = None,
    ) -> None:
        context = context or Context()
        end = context.end
        entries = [entry for entry in catalog.entries() if end is None or fits_at(graph, catalog, end, entry)]
        self._gains = _gains(graph, catalog, entries, habits, context)
        self._by_kind = {entry.described_by: entry for entry in entries}
        self._index = SearchIndex(entries, fields)

    def find(self, query: str) -> Sequence[PaletteEntry]:
        """Return the entries that fit, the most likely first; without a query all of them, in the order of need."""
        meant = SHORTHANDS.get(" ".join(query.lower().split()))
        if meant is None and query.strip() and not words(query):
            return []
        found = self._index.find(query, favour=lambda entry: self._gains.get(entry.described_by, 0.0))
        first = self._by_kind.get(meant) if meant is not None else None
        if first is None:
            return found
        rest = [entry for entry in found if entry is not first] if words(query) else []
        return [first, *rest]


def _gains(
    graph: Graph, catalog: Catalog, entries: Sequence[PaletteEntry], habits: Habits | None, context: Context
) -> dict[str, float]:
    gains: dict[str, float] = {}
    recent = habits.recent[:_COUNTED] if habits is not None else ()
    for place, one in enumerate(recent):
        gains[one] = _LATELY * (1 - place / _COUNTED)
    before = context.node or (context.end.node if context.end is not None and context.end.is_output else "")
    if before in graph.nodes:
        learnt = habits.after(described_by(catalog, graph.nodes[before])) if habits is not None else {}
        for one, share in likely_next(graph, catalog, before, learnt).items():
            gains[one] = gains.get(one, 0.0) + _LIKELY * share
    port = telling_port(graph, catalog, context)
    if port is not None:
        after = context.end is None or context.end.is_output
        for entry in entries:
            if made_for(port, catalog.ports(entry.type_id, entry.preset), after=after):
                gains[entry.described_by] = gains.get(entry.described_by, 0.0) + _TYPED
    return gains

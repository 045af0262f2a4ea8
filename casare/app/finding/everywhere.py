"""A search over all levels of a document: the outermost graph and what is inside its subgraphs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casare.app.checks.subgraphs import way_of_names
from casare.app.finding.index import GraphIndex
from casare.app.finding.matching import Found, Match, ranked
from casare.app.finding.query import Query
from casare.app.subgraphs import chain_to
from casare.catalog import Catalog
from casare.model import Graph

OUTERMOST: Final = "Workflow"
"""What the way to a match on the outermost level is called."""

Problems = Mapping[str, Mapping[str, str]]
"""The severity of the problems of each node that has any, by level."""


class LevelsIndex:
    """Hold the entries of every level of one document. Belongs to one thread at a time."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._indexes: dict[str, GraphIndex] = {}

    def find(self, query: Query, graph: Graph, problems: Problems, home: str = "") -> Found:
        """Return what fits on any level that an instance leads to, that of the level `home` first.

        The others follow, the outermost first. What is inside a subgraph with several instances is found once.
        `graph` is a snapshot of the outermost level.
        """
        if not query:
            return Found(query)
        fits: list[tuple[bool, int, Match]] = []
        indexes: dict[str, GraphIndex] = {}
        for level, inner, way in _ways(graph):
            index = indexes[level] = self._indexes.get(level) or GraphIndex(self._catalog)
            index.follow(inner)
            found = ranked(query, index, inner, problems.get(level, {}))
            fits.extend((level != home, rank, match._replace(level=level, way=way)) for rank, match in found)
        # Levels that are gone take their entries along.
        self._indexes = indexes
        fits.sort(key=lambda one: one[:2])
        return Found(query, tuple(match for _, _, match in fits))


def _ways(graph: Graph) -> list[tuple[str, Graph, str]]:
    inside = [one for one in graph.subflows.values() if chain_to(graph, one.id) is not None]
    return [("", graph, OUTERMOST), *((one.id, one.graph, way_of_names(graph, one)) for one in inside)]

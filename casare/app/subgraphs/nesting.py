"""How subgraphs lie inside each other."""

from __future__ import annotations

from collections import deque
from typing import Final

from casare.app.subgraphs.instances import reachable, used_in
from casare.model import Graph

__all__ = ["MOST_LEVELS", "chain_to", "loops", "reachable", "used_in"]

MOST_LEVELS: Final = 16
"""How many subgraphs may lie inside each other. Nobody finds the way in deeper ones, and runs refuse them."""


def chain_to(graph: Graph, definition_id: str) -> tuple[str, ...] | None:
    """Return the shortest way of instances from a graph into a subgraph; None when no instance leads there."""
    waiting: deque[tuple[Graph, tuple[str, ...]]] = deque([(graph, ())])
    seen: set[str] = set()
    while waiting:
        level, way = waiting.popleft()
        for inner, instance in used_in(level).items():
            if inner == definition_id:
                return (*way, instance)
            if inner not in seen:
                seen.add(inner)
                waiting.append((graph.subflows[inner].graph, (*way, instance)))
    return None


def loops(graph: Graph) -> list[tuple[str, ...]]:
    """Return the subgraphs that lie inside themselves, each as the way of subgraphs that leads back to it."""
    uses = {one.id: used_in(one.graph) for one in graph.subflows.values()}
    found: list[tuple[str, ...]] = []
    for start in uses:
        way = _way_back(start, uses)
        if way and not any(set(way) == set(held) for held in found):
            found.append(way)
    return found


def _way_back(start: str, uses: dict[str, dict[str, str]]) -> tuple[str, ...]:
    waiting: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while waiting:
        way = waiting.popleft()
        for inner in uses.get(way[-1], ()):
            if inner == start:
                return way
            if inner not in seen:
                seen.add(inner)
                waiting.append((*way, inner))
    return ()

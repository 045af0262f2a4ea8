"""Give the nodes of a file that says no positions at all places of their own, so that they do not lie in one heap.

A few columns along the wires is all that is wanted here; arranging a graph well is `casare.app.arranging`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from math import ceil, sqrt
from typing import Final

from casare.model.values import Node, WireKey
from casare.storage.reading.problems import ProblemList

_COLUMN: Final = 320
_ROW: Final = 200
"""From one node to the next, in scene px: room for a card and the wires beside it."""
_LEAST_ROWS: Final = 6


def placed(
    nodes: dict[str, Node], wires: Iterable[WireKey], unplaced: list[str], problems: ProblemList
) -> dict[str, Node]:
    """Return the nodes with places along their wires when none has one; report those that are left at the origin."""
    if 1 < len(nodes) == len(unplaced):
        problems.add(
            "laid-out",
            "The file does not say where its nodes stand; they were laid out along their wires.",
            hint="Saving writes these places.",
        )
        spots = _spots(_columns(nodes, wires))
        return {node_id: _at(nodes[node_id], spot) for node_id, spot in spots.items()}
    for node_id in unplaced:
        problems.add(
            "invalid-position",
            f"The node {node_id!r} has no position.",
            node_id=node_id,
            hint="It stands at the origin; move it, or arrange the graph.",
        )
    return nodes


def _at(node: Node, spot: tuple[float, float]) -> Node:
    # The empty original goes, or it would be written back for the node that comes to stand at the origin.
    rest = {key: value for key, value in node.extra.items() if key != "position"}
    return node._replace(position=spot, extra=rest)


def _columns(nodes: Mapping[str, Node], wires: Iterable[WireKey]) -> dict[str, int]:
    """Return the column of each node, in the order of the file: one more than the furthest of those that lead to it.

    Kahn's order; of a cycle the node that the file names first begins.
    """
    after: dict[str, list[str]] = {node_id: [] for node_id in nodes}
    waits = dict.fromkeys(nodes, 0)
    for source, _, target, _ in wires:
        after[source].append(target)
        waits[target] += 1
    column = dict.fromkeys(nodes, 0)
    done: set[str] = set()
    ready = deque(node_id for node_id, count in waits.items() if not count)
    for first in (None, *nodes):
        if first is not None and first not in done and not ready:
            ready.append(first)
        while ready:
            node_id = ready.popleft()
            if node_id in done:
                continue
            done.add(node_id)
            for target in after[node_id]:
                if target in done:
                    continue
                column[target] = max(column[target], column[node_id] + 1)
                waits[target] -= 1
                if not waits[target]:
                    ready.append(target)
    return column


def _spots(columns: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Return a place for each node, in the order given; a column that would get very tall is folded into several."""
    members: dict[int, list[str]] = {}
    for node_id, column in columns.items():
        members.setdefault(column, []).append(node_id)
    rows = max(_LEAST_ROWS, ceil(sqrt(len(columns))))
    found: dict[str, tuple[float, float]] = {}
    x = 0
    for column in sorted(members):
        for stack in _stacks(members[column], rows):
            found.update((node_id, (x, row * _ROW)) for row, node_id in enumerate(stack))
            x += _COLUMN
    return {node_id: found[node_id] for node_id in columns}


def _stacks(members: list[str], rows: int) -> Iterator[list[str]]:
    for start in range(0, len(members), rows):
        yield members[start : start + rows]

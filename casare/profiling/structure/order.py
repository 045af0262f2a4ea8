"""The true execution order: every dependency of the workflow as a graph without cycles.

A node waits for its control wires, its data wires and the nodes its templates mention. What closes a cycle is left out:
the backward wire of a retry, and a reference to a value of the turn before. So the order always has an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casare.model import Graph
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.structure.census import Census
from casare.profiling.structure.cycles import forward_only
from casare.profiling.structure.wiring import Edges, Wiring, wire_up


class Order(NamedTuple):
    """Dependencies without cycles. Lists are by node number; a pair joined twice stands twice."""

    wiring: Wiring
    predecessors: Edges
    successors: Edges
    topological: list[int]
    """Every node once, after everything it waits for."""
    place: list[int]
    """The place of each node in that, by number."""
    plain: bool
    """Whether there was no cycle, so that nothing had to be left out."""

    @property
    def ids(self) -> list[str]:
        """Return the node ids by number."""
        return self.wiring.ids


def order_of(graph: Graph, facts: Sequence[NodeFacts], census: Census) -> Order:
    """Return the execution order of `graph`, whose nodes `facts` describes in the same order."""
    ids = list(graph.nodes)
    wiring = wire_up(graph, facts, census, ids, dict(zip(ids, range(len(ids)), strict=True)))
    _, _, control_in, control_out, data_in, reference_in, return_in, _, _ = wiring
    predecessors: Edges = [
        control + data + referred + returned if data or referred or returned else control
        for control, data, referred, returned in zip(control_in, data_in, reference_in, return_in, strict=True)
    ]
    successors = _behind(control_out, data_in, reference_in, return_in)
    topological = sorted_by_need(predecessors, successors)
    plain = len(topological) == len(predecessors)
    if not plain:
        hard = [control + data if data else control for control, data in zip(control_in, data_in, strict=True)]
        soft = [
            referred + returned if returned else referred
            for referred, returned in zip(reference_in, return_in, strict=True)
        ]
        predecessors = forward_only(hard, soft, control_in)
        successors = turned_round(predecessors)
        topological = sorted_by_need(predecessors, successors)
    return Order(wiring, predecessors, successors, topological, places_in(topological), plain)


def _behind(control_out: Edges, *others: Edges) -> Edges:
    """Return control wires and further edges, given by their far ends, as successors."""
    found = control_out.copy()
    own = bytearray(len(found))
    for edges in others:
        for number, sources in enumerate(edges):
            for source in sources:
                if own[source]:
                    found[source].append(number)
                else:
                    found[source] = [*found[source], number]
                    own[source] = 1
    return found


def turned_round(edges: Edges) -> Edges:
    """Return the same edges seen from the other end."""
    turned: Edges = [[] for _ in edges]
    for number, others in enumerate(edges):
        for other in others:
            turned[other].append(number)
    return turned


def places_in(topological: Sequence[int]) -> list[int]:
    """Return the place of each node in an order, by number."""
    place = [0] * len(topological)
    for position, number in enumerate(topological):
        place[number] = position
    return place


def sorted_by_need(predecessors: Edges, successors: Edges) -> list[int]:
    """Return the nodes in topological order, without those in or behind a cycle (Kahn 1962)."""
    missing = list(map(len, predecessors))
    found = [number for number, count in enumerate(missing) if not count]
    append = found.append
    # The list grows while it is walked: it is its own queue.
    for number in found:
        for successor in successors[number]:
            left = missing[successor]
            if left == 1:
                append(successor)
            else:
                missing[successor] = left - 1
    return found

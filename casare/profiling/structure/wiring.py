"""The raw dependencies of a graph as integer lists: control wires, data wires, references, and the return of loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from casare.model import Graph
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.kinds import Pass
from casare.profiling.structure.census import Census
from casare.sdk import Role

DATA, STEERING = Pass.DATA, Pass.STEERING

Edges = list[list[int]]
"""For each node the nodes at the other end. Many nodes share one empty list: none of these is ever changed."""

_NOWHERE: Final[list[int]] = []


class Wiring(NamedTuple):
    """Who depends on whom, before cycles are broken. Nodes are numbered in the order of the document."""

    ids: list[str]
    number: dict[str, int]
    """The number of each node id."""
    control_in: Edges
    control_out: Edges
    data_in: Edges
    """Sources of data wires, once for each wire."""
    reference_in: Edges
    """Nodes whose outputs a template mentions."""
    return_in: Edges
    """Ends of a loop that a node on the loop's *completed* port has to wait for."""
    ports: dict[tuple[int, int], list[str]]
    """The control ports between two nodes, where it matters which they are."""
    open_loops: bool
    """Whether the body of some loop ends wherever its wires do, for want of an end that is paired with its start."""


def wire_up(graph: Graph, facts: Sequence[NodeFacts], census: Census, ids: list[str], index: dict[str, int]) -> Wiring:
    """Return the dependencies of `graph`, whose nodes `facts` describes in the same order."""
    count = len(ids)
    control_in: Edges = [_NOWHERE] * count
    control_out: Edges = [_NOWHERE] * count
    data_in: Edges = [_NOWHERE] * count
    ports: dict[tuple[int, int], list[str]] = {}
    uses = [held.kind.passes for held in facts]
    for source_id, port, target_id, _, _ in graph.connections.values():
        source = index[source_id]
        target = index[target_id]
        if source == target:
            continue
        use = uses[source].get(port)
        if use is None:
            use = facts[source].kind.learn(port)
        if use is DATA:
            _add(data_in, target, source)
            continue
        if use is STEERING:
            # A plain wire between the same two nodes counts too: then the port of this one does not decide alone.
            if (source, target) not in ports:
                ports[source, target] = ["exec_out"] if source in control_in[target] else []
            ports[source, target].append(port)
        elif ports and (source, target) in ports:
            ports[source, target].append(port)
        # Most nodes have a single wire at either side, and the shared empty list spares those that have none.
        before, after = control_in[target], control_out[source]
        if before:
            before.append(source)
        else:
            control_in[target] = [source]
        if after:
            after.append(target)
        else:
            control_out[source] = [target]
    reference_in = _reference_edges(facts, census, index)
    return_in, open_loops = return_edges(facts, census, index, control_out, ports)
    return Wiring(ids, index, control_in, control_out, data_in, reference_in, return_in, ports, open_loops)


def _add(edges: Edges, at: int, other: int) -> None:
    held = edges[at]
    if held:
        held.append(other)
    else:
        edges[at] = [other]


def _reference_edges(facts: Sequence[NodeFacts], census: Census, index: dict[str, int]) -> Edges:
    found: Edges = [_NOWHERE] * len(facts)
    for target in census.referring:
        sources: list[int] = []
        for root, _ in facts[target].references:
            source = index.get(root, target)
            if source != target and source not in sources:
                sources.append(source)
        if sources:
            found[target] = sources
    return found


def return_edges(
    facts: Sequence[NodeFacts],
    census: Census,
    index: dict[str, int],
    control_out: Edges,
    ports: dict[tuple[int, int], list[str]],
) -> tuple[Edges, bool]:
    """Return what makes what follows a loop wait for the loop's body, which no wire says, and `Wiring.open_loops`."""
    found: Edges = [_NOWHERE] * len(facts)
    ends: dict[int, list[int]] = {}
    for number in census.of_role(Role.LOOP_END):
        start = index.get(str(facts[number].node.config.get("paired_start_id")))
        if start is not None:
            ends.setdefault(start, []).append(number)
    claimed: set[int] = set()
    open_loops = False
    for start in census.of_role(Role.LOOP_START, Role.PARALLEL_EACH):
        completed = [target for target in control_out[start] if "completed" in ports[start, target]]
        body = [target for target in control_out[start] if ports[start, target] != ["completed"]]
        if completed:
            open_loops = open_loops or start not in ends
            last = ends.get(start) or _dead_ends(body, control_out, claimed, {start, *completed})
            for target in completed:
                found[target] = found[target] + [end for end in last if end != target]
    return found, open_loops


def _dead_ends(first: list[int], control_out: Edges, claimed: set[int], fence: set[int]) -> list[int]:
    """Return where the paths from `first` end. A node claimed by an earlier loop is not walked again."""
    found: list[int] = []
    waiting = list(first)
    while waiting:
        number = waiting.pop()
        if number in claimed or number in fence:
            continue
        claimed.add(number)
        if control_out[number]:
            waiting.extend(control_out[number])
        else:
            found.append(number)
    return sorted(found)

"""Which nodes are instances of which subgraph of the document."""

from __future__ import annotations

from typing import Final

from casare.model import AddSubflows, Graph, Node, Subflow

INSTANCE: Final = "SubflowNode"
"""The type of a node that stands for a subgraph; `subflow_id` in its configuration says which."""
ID_KEY: Final = "subflow_id"
NAME_KEY: Final = "subflow_name"


def definition_of(graph: Graph, node: Node) -> Subflow | None:
    """Return the subgraph that a node is an instance of; None for other nodes and for a missing subgraph."""
    if node.type != INSTANCE:
        return None
    wanted = node.config.get(ID_KEY)
    return graph.subflows.get(wanted) if isinstance(wanted, str) else None


def instances_in(graph: Graph, definition_id: str) -> list[str]:
    """Return the nodes of one level that are instances of a subgraph."""
    return [
        node.id for node in graph.nodes.values() if node.type == INSTANCE and node.config.get(ID_KEY) == definition_id
    ]


def used_in(graph: Graph) -> dict[str, str]:
    """Return the subgraphs that one level uses, each with its first instance."""
    found: dict[str, str] = {}
    if graph.subflows:
        for node in graph.nodes.values():
            subflow = definition_of(graph, node)
            if subflow is not None:
                found.setdefault(subflow.id, node.id)
    return found


def reachable(graph: Graph) -> set[str]:
    """Return the subgraphs that a graph uses, be it inside others."""
    found: set[str] = set()
    waiting = [graph]
    while waiting:
        fresh = used_in(waiting.pop()).keys() - found
        found |= fresh
        waiting += [graph.subflows[one].graph for one in fresh]
    return found


def with_subgraphs(part: Graph, graph: Graph) -> Graph:
    """Add to a part of a graph the subgraphs that its instances mean, and those inside them; return the part."""
    part.subflows = graph.subflows
    wanted = reachable(part)
    part.subflows = {}
    for one in graph.subflows.values():
        if one.id in wanted:
            part.subflows[one.id] = Subflow.made(one.value(), part.subflows)
    return part


def brought_along(graph: Graph, part: Graph) -> AddSubflows | None:
    """Return the change that adds the subgraphs which a pasted part brings along; None when all are there.

    One that is there already is shared, whatever has become of it since the part was copied.
    """
    missing = tuple(one.value() for one in part.subflows.values() if one.id not in graph.subflows)
    return AddSubflows(missing) if missing else None

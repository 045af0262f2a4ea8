"""A part of a workflow that can be run by itself: up to a node, or the nodes a person chose."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from casare.expressions import references
from casare.model import Graph


def up_to(graph: Graph, node_ids: Iterable[str]) -> Graph:
    """Return the nodes that lead to these, by wires and by references, and these themselves.

    Raises KeyError for an id that is not in the graph.
    """
    wanted: set[str] = set()
    waiting = list(node_ids)
    parts: dict[str, list[str]] = {}
    for node in graph.nodes.values():
        for key in ("paired_start_id", "paired_try_id"):
            if isinstance(owner := node.config.get(key), str):
                parts.setdefault(owner, []).append(node.id)
    while waiting:
        node_id = waiting.pop()
        if node_id in wanted:
            continue
        wanted.add(node_id)
        node = graph.nodes[node_id]
        waiting += [wire.source_node for wire in graph.incoming(node_id).values()]
        waiting += [one.root for one in references(dict(node.config)) if one.root in graph.nodes]
        # A loop without its end, or a Try without its Catch, would be another workflow.
        waiting += parts.get(node_id, [])
    return only(graph, wanted)


def only(graph: Graph, node_ids: Collection[str]) -> Graph:
    """Return these nodes with the wires between them; what else they need is pinned by whoever runs them."""
    wanted = frozenset(node_ids)
    part = Graph(
        [node for node in graph.nodes.values() if node.id in wanted],
        [wire for wire in graph.connections.values() if wire.source_node in wanted and wire.target_node in wanted],
        metadata=graph.metadata,
        variables=graph.variables,
        settings=graph.settings,
        extra=graph.extra,
    )
    if definitions := getattr(graph, "subflows", None):
        # Instances among the nodes mean them.
        setattr(part, "subflows", definitions)  # noqa: B010 - only some graphs have the attribute
    return part

"""Parts of a workflow made ready to run by themselves: up to a node, or chosen nodes fed by what the last run gave."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple

from casare.app.running.places import within
from casare.catalog import Catalog, is_control_name
from casare.expressions import references
from casare.foundation.errors import UsageError
from casare.model import Graph, Node
from casare.sdk import PortKind, Role

HELD: Final = "casare.HeldOutput"
"""Stands for a node outside of the chosen ones: it never runs, its outputs are those of an earlier run."""


class Part(NamedTuple):
    """A graph to run, and outputs that are given instead of being made."""

    graph: Graph
    pinned: Mapping[str, Mapping[str, Any]] = {}


Narrow = Callable[[Graph], Part]
"""Takes the part to run out of the frozen graph in its flat form, on the thread of the run."""


def whole(graph: Graph) -> Part:
    """Return everything."""
    return Part(graph)


def to_here(node_ids: Collection[str]) -> Narrow:
    """Return what takes out these nodes and all that leads to them."""

    def narrow(graph: Graph) -> Part:
        from casare.engine.planning.partial import up_to

        return Part(up_to(graph, _there(graph, node_ids)))

    return narrow


def chosen(node_ids: Collection[str], catalog: Catalog, given: Mapping[str, Mapping[str, Any]]) -> Narrow:
    """Return what takes out just these nodes; what they read of others is `given`, outputs by node."""
    return lambda graph: _chosen(graph, frozenset(_there(graph, node_ids)), catalog, given)


def from_trigger(trigger_id: str, catalog: Catalog) -> Narrow:
    """Return what takes out what a trigger begins: it and all that follows, and what these read of elsewhere.

    Where other beginnings lead into the same nodes, these are left out, as in a run of the whole nothing waits for a
    branch that is not taken. Raises UsageError when there is no such node.
    """
    return lambda graph: _begun_by(graph, trigger_id, catalog)


def triggers_in(graph: Graph, catalog: Catalog) -> list[str]:
    """Return the ids of the triggers of a workflow that are not switched off."""
    return [
        node.id
        for node in graph.nodes.values()
        if (found := catalog.find(node.type)) is not None
        and found.role is Role.TRIGGER
        and not node.config.get("_disabled")
    ]


def can_be_pinned(node: Node, catalog: Catalog) -> bool:
    """Tell whether outputs can stand in for running a node: not where running it decides what runs next."""
    found = catalog.find(node.type)
    return found is None or found.role in (Role.WORK, Role.TRIGGER)


def _begun_by(graph: Graph, trigger_id: str, catalog: Catalog) -> Part:
    from casare.engine.planning.partial import only

    if trigger_id not in graph.nodes:
        raise UsageError(f"there is no trigger {trigger_id}", mend="Look at the workflow: it may have been deleted.")
    controlled = {
        node_id
        for (source, port, target, _) in graph.connections
        if not _carries_data(graph, source, port, catalog)
        for node_id in (source, target)
    }
    partners: dict[str, list[str]] = {}
    for node in graph.nodes.values():
        for key in ("paired_start_id", "paired_try_id"):
            if isinstance(owner := node.config.get(key), str):
                partners.setdefault(owner, []).append(node.id)
    wanted: dict[str, None] = {}
    waiting = [trigger_id]
    while waiting:
        node_id = waiting.pop()
        if node_id in wanted:
            continue
        wanted[node_id] = None
        waiting += [
            wire.target_node
            for wire in graph.outgoing(node_id).values()
            if not _carries_data(graph, node_id, wire.source_port, catalog) or wire.target_node not in controlled
        ]
        # A Catch is entered through the Try it names, and a loop without its end would be another workflow.
        waiting += partners.get(node_id, [])
        needed = [wire.source_node for wire in graph.incoming(node_id).values()]
        needed += [one.root for one in references(dict(graph.nodes[node_id].config)) if one.root in graph.nodes]
        waiting += [one for one in needed if one not in controlled]
    return Part(only(graph, wanted))


def _there(graph: Graph, node_ids: Collection[str]) -> list[str]:
    """Return what of these can run by itself: instances stand for what is inside of them. Raises UsageError."""
    found = within(graph, node_ids)
    if not found:
        raise UsageError(
            "what is selected does not run by itself",
            mend="Select an ordinary node: ports of a subgraph, and what lies in one with variables of its own, "
            "run only as a part of the whole.",
        )
    return found


def _chosen(graph: Graph, wanted: frozenset[str], catalog: Catalog, given: Mapping[str, Mapping[str, Any]]) -> Part:
    wires, feeders = [], dict[str, None]()
    for node_id in graph.nodes:
        if node_id not in wanted:
            continue
        for key, wire in graph.incoming(node_id).items():
            if key[0] in wanted:
                wires.append(wire)
            elif _carries_data(graph, key[0], key[1], catalog):
                wires.append(wire)
                feeders[key[0]] = None
        for one in references(dict(graph.nodes[node_id].config)):
            if one.root in graph.nodes and one.root not in wanted:
                feeders[one.root] = None
    nodes = [
        node if node.id in wanted else Node(node.id, HELD, {}, node.position)
        for node in graph.nodes.values()
        if node.id in wanted or node.id in feeders
    ]
    part = Graph(
        nodes, wires, metadata=graph.metadata, variables=graph.variables, settings=graph.settings, extra=graph.extra
    )
    return Part(part, {node_id: given.get(node_id, {}) for node_id in feeders})


def _carries_data(graph: Graph, node_id: str, port: str, catalog: Catalog) -> bool:
    node = graph.nodes[node_id]
    # With the ports that its settings make: the cases of a Switch, the branches of a Fork.
    told = catalog.ports(node.type, node.config).output(port)
    return told.kind is not PortKind.CONTROL if told is not None else not is_control_name(port)

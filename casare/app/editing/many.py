"""Edits of many nodes at once: one value for all, wires from each to the next, no wires at all."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

from casare.app.editing.parameters import set_parameter
from casare.app.editing.wiring import End, connect, ports_of, verdict
from casare.catalog import Catalog
from casare.model import Change, Connect, Connection, Disconnect, Graph, ReplaceNodes, SetConfig
from casare.sdk import Port, PortKind


def set_in_all(graph: Graph, catalog: Catalog, node_ids: Collection[str], name: str, value: Any) -> Change | None:
    """Set the parameter `name` of all these nodes, whatever their types; those that have none stay as they are.

    A parameter is meant by its old names too, and each node keeps the key it has used so far. None when all are set so.
    """
    changed = []
    for node_id in dict.fromkeys(node_ids):
        node = graph.nodes[node_id]
        param = next(
            (one for one in catalog.params(node.type, node.config) if name == one.name or name in one.aliases), None
        )
        if param is None:
            continue
        key = next((one for one in (param.name, *param.aliases) if one in node.config), param.name)
        change = set_parameter(graph, node_id, key, value)
        if isinstance(change, SetConfig):
            changed.append(node._replace(config=change.config))
    return ReplaceNodes(tuple(changed), "Edit") if changed else None


def lazy_wire(graph: Graph, catalog: Catalog, source: str, target: str) -> Connection | None:
    """Return the wire that most likely is meant between two nodes, or None when none fits.

    The first control ports, when the source leads nowhere yet; else data ports, unwired inputs only: the same name
    first, then the same type, then what fits.
    """
    if source == target:
        return None
    outputs, inputs = ports_of(graph, catalog, source).outputs, ports_of(graph, catalog, target).inputs
    leading = {key[1] for key in graph.outgoing(source)}
    fed = {key[3] for key in graph.incoming(target)}
    pairs = [(one, other) for one in outputs for other in inputs if one.kind is other.kind]
    free = [
        (one, other)
        for one, other in pairs
        if (one.name not in leading if one.kind is PortKind.CONTROL else other.name not in fed)
    ]
    # A stable sort: of equals, the first ports win.
    for one, other in sorted(free, key=lambda pair: _fit(*pair)):
        found = verdict(graph, catalog, End(source, one.name, True), End(target, other.name, False))
        if found.wire is not None:
            return found.wire
    return None


def lazy_connect(graph: Graph, catalog: Catalog, source: str, target: str) -> Change | None:
    """Wire two nodes by the ports that most likely are meant; None when none fit."""
    wire = lazy_wire(graph, catalog, source, target)
    if wire is None:
        return None
    return connect(graph, catalog, End(*wire[:2], True), End(*wire[2:4], False))


def auto_connect(graph: Graph, catalog: Catalog, node_ids: Collection[str]) -> Change | None:
    """Wire each node to the next one to the right (of those at one place, below); pairs that are wired stay so."""
    wanted = set(node_ids)
    chosen = [one for one in graph.nodes if one in wanted]
    chosen.sort(key=lambda one: graph.nodes[one].position)
    wires = [
        wire
        for one, other in pairwise(chosen)
        if not any(key[2] == other for key in graph.outgoing(one))
        and not any(key[2] == one for key in graph.outgoing(other))
        and (wire := lazy_wire(graph, catalog, one, other)) is not None
    ]
    return Connect(tuple(wires)) if wires else None


def disconnect(graph: Graph, node_ids: Collection[str]) -> Change | None:
    """Remove the wires among nodes; where there are none among them, all that they have."""
    chosen = set(node_ids) & graph.nodes.keys()
    wires = graph.wires_of(one for one in graph.nodes if one in chosen)
    among = [wire.key for wire in wires if wire.source_node in chosen and wire.target_node in chosen]
    keys = among or [wire.key for wire in wires]
    return Disconnect(tuple(keys)) if keys else None


def _fit(one: Port, other: Port) -> int:
    if one.kind is PortKind.CONTROL:
        return 0
    return 1 if one.name == other.name else 2 if one.type is other.type else 3

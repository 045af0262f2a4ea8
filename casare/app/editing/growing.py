"""Add a node at the loose end of a wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casare.app.editing.placing import Placed, add_node
from casare.app.editing.wiring import End, port_of
from casare.catalog import Catalog, refusal
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph
from casare.model.values import Point
from casare.sdk import PortKind


def fitting_port(graph: Graph, catalog: Catalog, end: End, type_id: str, config: Mapping[str, Any]) -> str | None:
    """Return the first port of a node of this type that a wire from `end` may run to, or None when none fits."""
    start = port_of(graph, catalog, end)
    if start is None:
        return None
    ports = catalog.ports(type_id, config)
    for port in ports.inputs if end.is_output else ports.outputs:
        if refusal(*((start, port) if end.is_output else (port, start))) is None:
            return port.name
    return None


def add_wired(
    graph: Graph, catalog: Catalog, end: End, type_id: str, position: Point, config: Mapping[str, Any] | None = None
) -> Placed:
    """Return the change that adds a node and wires it to `end`; it is only added where no port of it fits.

    An input at `end` gives up the wire it has.
    """
    placed = add_node(graph, type_id, position, config)
    port = fitting_port(graph, catalog, end, type_id, config or {})
    if port is None:
        return placed
    if end.is_output:
        wire = Connection(end.node, end.port, placed.node_id, port)
        return Placed(Batch((placed.change, Connect((wire,))), placed.change.label), placed.node_id)
    wire = Connection(placed.node_id, port, end.node, end.port)
    gone = _replaced(graph, catalog, end)
    return Placed(Batch((placed.change, *gone, Connect((wire,))), placed.change.label), placed.node_id)


def _replaced(graph: Graph, catalog: Catalog, end: End) -> tuple[Change, ...]:
    port = port_of(graph, catalog, end)
    if port is None or port.kind is PortKind.CONTROL:
        return ()
    keys = tuple(key for key in graph.incoming(end.node) if key[3] in (end.port, port.name))
    return (Disconnect(keys),) if keys else ()

"""Add a node behind another one, wired as it most likely is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casare.app.editing.placing import Placed, add_node
from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog, refusal
from casare.model import Batch, Connect, Connection, Graph
from casare.model.values import Point
from casare.sdk import DataType, Port, PortKind


def add_after(
    graph: Graph, catalog: Catalog, before: str, type_id: str, position: Point, config: Mapping[str, Any] | None = None
) -> Placed:
    """Return the change that adds a node and wires it to what is in front of it.

    The turn is passed by the first control output that leads nowhere yet, or by the first one of all; a value goes
    along where an input is made for it: the same name, or the very type.
    """
    placed = add_node(graph, type_id, position, config)
    here, there = ports_of(graph, catalog, before), catalog.ports(type_id, config or {})
    leading = {key[1] for key in graph.outgoing(before)}
    pairs = [_control(here.outputs, there.inputs, leading), _value(here.outputs, there.inputs)]
    wires = tuple(Connection(before, one.name, placed.node_id, other.name) for one, other in filter(None, pairs))
    if not wires:
        return placed
    return Placed(Batch((placed.change, Connect(wires)), placed.change.label), placed.node_id)


def _control(outputs: tuple[Port, ...], inputs: tuple[Port, ...], leading: set[str]) -> tuple[Port, Port] | None:
    into = next((port for port in inputs if port.kind is PortKind.CONTROL), None)
    exits = [port for port in outputs if port.kind is PortKind.CONTROL]
    if into is None or not exits:
        return None
    return next((port for port in exits if port.name not in leading), exits[0]), into


def _value(outputs: tuple[Port, ...], inputs: tuple[Port, ...]) -> tuple[Port, Port] | None:
    pairs = [
        (one, other)
        for one in outputs
        for other in inputs
        if one.kind is other.kind is PortKind.DATA and refusal(one, other) is None
    ]
    same_name = next((pair for pair in pairs if pair[0].name == pair[1].name), None)
    same_type = next(
        (pair for pair in pairs if pair[0].type is pair[1].type and pair[0].type is not DataType.ANY), None
    )
    return same_name or same_type

"""Where wires leave and reach cards, as far as an order of wires needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from casare.app.arranging.measures import CONTROL_ROW
from casare.app.arranging.strands import FINE
from casare.catalog import Catalog, NodePorts
from casare.model import Connection, Graph
from casare.sdk import Port, PortKind

_MOST_RANKS = 4 * FINE


class Ends(NamedTuple):
    """The two ends of a wire, in steps and in ranks below the top of the card at either end."""

    wire: Connection
    source_row: int
    source_rank: int
    target_row: int
    target_rank: int
    control: bool


def ends_of(graph: Graph, catalog: Catalog, wires: Iterator[Connection]) -> Iterator[Ends]:
    """Yield the ends of each wire. Control ports count as level with each other: cards with level tops look tidy."""
    ports: dict[str, NodePorts] = {}
    sides: dict[int, tuple[dict[str, tuple[int, bool]], dict[str, tuple[int, bool]]]] = {}

    def side(node_id: str, output: bool) -> dict[str, tuple[int, bool]]:
        found = ports.get(node_id)
        if found is None:
            node = graph.nodes[node_id]
            found = ports[node_id] = catalog.ports(
                node.type,
                node.config,
                [key[3] for key in graph.incoming(node_id)],
                [key[1] for key in graph.outgoing(node_id)],
            )
        if id(found) not in sides:
            sides[id(found)] = (_numbered(found.inputs), _numbered(found.outputs))
        return sides[id(found)][output]

    for wire in wires:
        outputs, inputs = side(wire.source_node, True), side(wire.target_node, False)
        source, control = outputs.get(wire.source_port) or _by_old_name(ports[wire.source_node], wire, outputs, True)
        target, _ = inputs.get(wire.target_port) or _by_old_name(ports[wire.target_node], wire, inputs, False)
        source_row, target_row = (CONTROL_ROW, CONTROL_ROW) if control else (CONTROL_ROW + source, CONTROL_ROW + target)
        top = CONTROL_ROW * FINE
        yield Ends(
            wire, source_row, top + min(source, _MOST_RANKS), target_row, top + min(target, _MOST_RANKS), control
        )


def _numbered(ports: tuple[Port, ...]) -> dict[str, tuple[int, bool]]:
    return {port.name: (number, port.kind is PortKind.CONTROL) for number, port in enumerate(ports)}


def _by_old_name(
    ports: NodePorts, wire: Connection, side: dict[str, tuple[int, bool]], output: bool
) -> tuple[int, bool]:
    port = ports.output(wire.source_port) if output else ports.input(wire.target_port)
    return side[port.name] if port is not None else (0, False)

"""Wire two ports that do not fit, by a node between them that turns the one type into the other."""

from __future__ import annotations

from casare.app.editing.placing import Placed, add_node
from casare.app.editing.wiring import End, port_of
from casare.catalog import Catalog
from casare.catalog.compatibility import Conversion, conversion
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph, WireKey
from casare.model.values import Point

_HALF_CARD = (100.0, 40.0)


def converter_for(graph: Graph, catalog: Catalog, one: End, other: End) -> Conversion | None:
    """Return what to put between two ends that refuse each other, or None when nothing helps."""
    if one.is_output == other.is_output or one.node == other.node:
        return None
    source, target = (one, other) if one.is_output else (other, one)
    out, into = port_of(graph, catalog, source), port_of(graph, catalog, target)
    return conversion(out, into) if out is not None and into is not None else None


def connect_through(
    graph: Graph, catalog: Catalog, one: End, other: End, middle: Point, *, moving: WireKey | None = None
) -> Placed | None:
    """Return the change that adds a converter around `middle` (scene px) and wires both ends to it; None without one.

    What fed the input gives way; with `moving`, that wire is taken out in the same step.
    """
    found = converter_for(graph, catalog, one, other)
    if found is None:
        return None
    source, target = (one, other) if one.is_output else (other, one)
    place = (middle[0] - _HALF_CARD[0], middle[1] - _HALF_CARD[1])
    placed = add_node(graph, found.type_id, place, found.config)
    into = port_of(graph, catalog, target)
    names = {target.port, into.name if into is not None else target.port}
    gone = {key for key in graph.incoming(target.node) if key[3] in names} | ({moving} if moving else set())
    changes: list[Change] = [Disconnect(tuple(gone))] if gone else []
    changes.append(placed.change)
    changes.append(
        Connect(
            (
                Connection(source.node, source.port, placed.node_id, found.input),
                Connection(placed.node_id, found.output, target.node, target.port),
            )
        )
    )
    return Placed(Batch(tuple(changes), "Connect by a converter"), placed.node_id)

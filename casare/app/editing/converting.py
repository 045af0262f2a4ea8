"""Wire two ports that do not fit, by a node between them that turns the one type into the other."""

from __future__ import annotations

from casare.app.editing.inserting import CARD_SIZE, Sizes, with_room
from casare.app.editing.placing import Placed, add_node, whole
from casare.app.editing.wiring import End, port_of
from casare.catalog import Catalog
from casare.catalog.compatibility import Conversion, conversion
from casare.foundation.rect import Rect
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph, WireKey
from casare.model.values import Point

_APART = 80
"""What is left free between the source and the converter, scene px."""


def converter_for(graph: Graph, catalog: Catalog, one: End, other: End) -> Conversion | None:
    """Return what to put between two ends that refuse each other, or None when nothing helps."""
    if one.is_output == other.is_output or one.node == other.node:
        return None
    source, target = (one, other) if one.is_output else (other, one)
    out, into = port_of(graph, catalog, source), port_of(graph, catalog, target)
    return conversion(out, into) if out is not None and into is not None else None


def connect_through(
    graph: Graph, catalog: Catalog, one: End, other: End, sizes: Sizes, *, moving: WireKey | None = None
) -> Placed | None:
    """Return the change that adds a converter between two ends and wires both to it; None when nothing helps.

    It stands half-way where there is room, else behind the source, and what follows makes room. What fed the input
    gives way; with `moving`, that wire is taken out in the same step.
    """
    found = converter_for(graph, catalog, one, other)
    if found is None:
        return None
    source, target = (one, other) if one.is_output else (other, one)
    place = _between(graph, source.node, target.node, sizes)
    placed = add_node(graph, found.type_id, place, found.config)
    into = port_of(graph, catalog, target)
    names = {target.port, into.name if into is not None else target.port}
    gone = {key for key in graph.incoming(target.node) if key[3] in names} | ({moving} if moving else set())
    wires = (
        Connection(source.node, source.port, placed.node_id, found.input),
        Connection(placed.node_id, found.output, target.node, target.port),
    )
    changes: list[Change] = [Disconnect(tuple(gone))] if gone else []
    changes += [placed.change, Connect(wires)]
    key = (source.node, source.port, target.node, target.port)
    changes += with_room(graph, placed.node_id, key, Rect(*place, *CARD_SIZE), sizes)
    return Placed(Batch(tuple(changes), "Connect by a converter"), placed.node_id)


def _between(graph: Graph, source: str, target: str, sizes: Sizes) -> Point:
    (sx, sy), (tx, ty) = graph.nodes[source].position, graph.nodes[target].position
    right = sx + sizes.get(source, CARD_SIZE)[0]
    if tx - right >= CARD_SIZE[0] + 2 * _APART:
        return whole(((right + tx - CARD_SIZE[0]) / 2, (sy + ty) / 2))
    return whole((right + _APART, ty if tx >= right else sy))

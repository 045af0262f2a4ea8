"""Put a node into a wire: which of its ports fit, and what has to make room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from casare.app.editing.framing import FRAME_MARGIN
from casare.app.editing.placing import Placed, add_node, whole
from casare.app.editing.walking import downstream
from casare.app.editing.wiring import End, port_of, ports_of
from casare.catalog import Catalog, NodePorts, refusal
from casare.foundation.rect import Rect
from casare.model import (
    Batch,
    Change,
    Connect,
    Connection,
    Disconnect,
    Frame,
    Graph,
    MoveNodes,
    ReplaceFrames,
    WireKey,
)
from casare.model.values import Point
from casare.sdk import Port, PortKind

CARD_SIZE = (200.0, 80.0)
"""What a card is taken to measure when nobody says, scene px."""
_GRID = 20
_GAP = 80
"""What is left free to the right of a node that was put in, scene px."""
_CLOSE = 20
"""How near cards may come before something makes room, scene px."""

Sizes = Mapping[str, tuple[float, float]]
"""Width and height of the cards, scene px."""


class Fit(NamedTuple):
    """The ports by which a node goes into a wire: the input that takes it, the output that passes it on."""

    input: str
    output: str


def fitting_wire(
    graph: Graph, catalog: Catalog, type_id: str, config: Mapping[str, Any], wire_key: WireKey
) -> Fit | None:
    """Return the ports by which a new node of a type would go into a wire, or None when it has none that fit.

    On a control wire: the first of either side. On a data wire: ports of the very type before those that merely fit.
    """
    return _fit(graph, catalog, catalog.ports(type_id, config), wire_key)


def insert(
    graph: Graph, catalog: Catalog, node_id: str, wire_key: WireKey, sizes: Sizes, *, position: Point | None = None
) -> Change | None:
    """Put a node of the graph into a wire, at `position` when that is given; None when it does not fit.

    Ports that are wired already do not count. What follows the wire moves to the right only where the node would cover
    it; the node joins a frame that holds both ends.
    """
    if wire_key not in graph.connections or node_id in (wire_key[0], wire_key[2]):
        return None
    fit = _fit(graph, catalog, _unwired(graph, catalog, node_id), wire_key)
    if fit is None:
        return None
    place = whole(position) if position is not None else graph.nodes[node_id].position
    changes: list[Change] = [MoveNodes({node_id: place})] if place != graph.nodes[node_id].position else []
    size = sizes.get(node_id, CARD_SIZE)
    changes += _rewired(graph, node_id, wire_key, fit)
    changes += with_room(graph, node_id, wire_key, Rect(*place, *size), sizes)
    return Batch(tuple(changes), "Insert node")


def splice(
    graph: Graph,
    catalog: Catalog,
    type_id: str,
    position: Point,
    wire_key: WireKey,
    sizes: Sizes,
    *,
    config: Mapping[str, Any] | None = None,
    size: tuple[float, float] = CARD_SIZE,
) -> Placed | None:
    """Return the change that adds a node of a type and puts it into a wire, in one step; None when it does not fit.

    `size` is that of its card, in scene px.
    """
    if wire_key not in graph.connections:
        return None
    fit = fitting_wire(graph, catalog, type_id, config or {}, wire_key)
    if fit is None:
        return None
    added = add_node(graph, type_id, position, config)
    box = Rect(*whole(position), *size)
    changes = [
        added.change,
        *_rewired(graph, added.node_id, wire_key, fit),
        *with_room(graph, added.node_id, wire_key, box, sizes),
    ]
    return Placed(Batch(tuple(changes), "Insert node"), added.node_id)


def _fit(graph: Graph, catalog: Catalog, ports: NodePorts, wire_key: WireKey) -> Fit | None:
    source = port_of(graph, catalog, End(wire_key[0], wire_key[1], True))
    target = port_of(graph, catalog, End(wire_key[2], wire_key[3], False))
    if source is None or target is None:
        return None
    # Each of a pair by itself: which input takes the value says nothing about which output passes it on.
    inputs = [port for port in ports.inputs if refusal(source, port) is None]
    outputs = [port for port in ports.outputs if refusal(port, target) is None]
    if source.kind is PortKind.DATA:
        inputs.sort(key=lambda port: (port.type is not source.type, not port.required))
        outputs.sort(key=lambda port: port.type is not target.type)
    return Fit(inputs[0].name, outputs[0].name) if inputs and outputs else None


def _unwired(graph: Graph, catalog: Catalog, node_id: str) -> NodePorts:
    ports = ports_of(graph, catalog, node_id)
    fed = {port.name for key in graph.incoming(node_id) if (port := ports.input(key[3]))}
    leading = {port.name for key in graph.outgoing(node_id) if (port := ports.output(key[1]))}

    def free(side: Sequence[Port], used: Collection[str]) -> tuple[Port, ...]:
        return tuple(port for port in side if port.name not in used)

    return NodePorts(free(ports.inputs, fed), free(ports.outputs, leading))


def _rewired(graph: Graph, node_id: str, wire_key: WireKey, fit: Fit) -> list[Change]:
    source, source_port, target, target_port = wire_key
    first = Connection(source, source_port, node_id, fit.input, graph.connections[wire_key].extra)
    return [Disconnect((wire_key,)), Connect((first, Connection(node_id, fit.output, target, target_port)))]


def with_room(graph: Graph, node_id: str, wire_key: WireKey, box: Rect, sizes: Sizes) -> list[Change]:
    """Return what makes room for a card at `box` on the way from one end of a wire to the other.

    What follows the wire moves to the right if the new card would cover any of it, and frames follow.
    """
    following = downstream(graph, [wire_key[2]]) - {node_id, wire_key[0]}
    cards = {one: Rect(*graph.nodes[one].position, *sizes.get(one, CARD_SIZE)) for one in following}
    # What stands further left came here by a wire that runs back, and does not follow on the canvas.
    cards = {one: card for one, card in cards.items() if card.x >= box.x}
    covered = [card.x for card in cards.values() if _clear_of(box).touches(card)]
    changes: list[Change] = []
    places: dict[str, Point] = {}
    if covered:
        way = ceil((box.right + _GAP - min(covered)) / _GRID) * _GRID
        places = {one: whole((card.x + way, card.y)) for one, card in cards.items()}
        changes.append(MoveNodes(places))
    frames = tuple(_frames_after(graph, node_id, wire_key, box, places))
    if frames:
        changes.append(ReplaceFrames(frames))
    return changes


def _clear_of(box: Rect) -> Rect:
    # Cards that touch with their margins do not count as too near.
    return box.grown(_CLOSE - 1)


def _frames_after(graph: Graph, node_id: str, wire_key: WireKey, box: Rect, places: Mapping[str, Point]) -> list[Frame]:
    changed = []
    for frame in graph.frames.values():
        inside = set(frame.node_ids) & graph.nodes.keys()
        new = frame
        if inside and inside <= places.keys():
            some = next(iter(inside))
            way = places[some][0] - graph.nodes[some].position[0]
            new = new._replace(position=whole((frame.position[0] + way, frame.position[1])))
        elif {wire_key[0], wire_key[2]} <= inside:
            if node_id not in inside:
                new = new._replace(node_ids=(*frame.node_ids, node_id))
            new = _grown(new, box, [place for one, place in places.items() if one in inside], graph, places)
        if new != frame:
            changed.append(new)
    return changed


def _grown(frame: Frame, box: Rect, moved: Sequence[Point], graph: Graph, places: Mapping[str, Point]) -> Frame:
    """Return the frame wide enough for the new card, and as much wider as what is in it moved to the right."""
    way = next((place[0] - graph.nodes[one].position[0] for one, place in places.items()), 0) if moved else 0
    kept = Rect(*frame.position, frame.size[0] + way, frame.size[1])
    if kept.encloses(box):
        around: Rect | None = kept
    else:
        around = Rect.around((kept, box.grown(FRAME_MARGIN)))
    assert around is not None
    return frame._replace(position=whole((around.x, around.y)), size=whole((around.width, around.height)))

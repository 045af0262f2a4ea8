"""What lies under a point of the canvas."""

from __future__ import annotations

import enum
from typing import NamedTuple

from casare.foundation.rect import Rect
from casare.model import Graph, WireKey
from casare.sdk import Port
from casare.ui.geometry.card import Card
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.metrics import CORNER_REACH, FRAME_TITLE_HEIGHT, PORT_REACH, WIRE_REACH


class HitKind(enum.StrEnum):
    """What kind of thing was hit."""

    CANVAS = "canvas"
    NODE = "node"
    PORT = "port"
    WIRE = "wire"
    FRAME = "frame"
    FRAME_CORNER = "frame_corner"
    NOTE = "note"
    NOTE_CORNER = "note_corner"


class Hit(NamedTuple):
    """What was hit: `id` of a node, frame or note; `port` and its side; `wire`."""

    kind: HitKind
    id: str = ""
    port: Port | None = None
    is_output: bool = False
    wire: WireKey | None = None


NOTHING = Hit(HitKind.CANVAS)


def hit(geometry: GraphGeometry, graph: Graph, x: float, y: float, scale: float = 1.0) -> Hit:
    """Return what lies at a point (scene px), topmost first: ports, cards, notes, wires, frames.

    `scale` is the zoom: the reach of ports and wires is meant in pixels of the screen, and never gets smaller than it
    is at 100 %.
    """
    slack = PORT_REACH / min(scale, 1.0)
    near = geometry.nodes_in(Rect(x, y, 0, 0).grown(slack))
    for node_id in reversed(near):
        found = port_near(geometry.cards[node_id], x, y, slack)
        if found is not None:
            return Hit(HitKind.PORT, node_id, found[0], found[1])
    for node_id in reversed(near):
        if geometry.cards[node_id].rect.contains(x, y):
            return Hit(HitKind.NODE, node_id)
    note = _note_at(graph, x, y)
    if note is not None:
        return note
    wire = wire_at(geometry, x, y, WIRE_REACH / min(scale, 1.0))
    return Hit(HitKind.WIRE, wire=wire) if wire is not None else _frame_at(graph, x, y)


def _note_at(graph: Graph, x: float, y: float) -> Hit | None:
    for note in reversed(graph.notes.values()):
        box = Rect(*note.position, *note.size)
        if box.contains(x, y):
            return Hit(HitKind.NOTE_CORNER if _in_corner(box, x, y) else HitKind.NOTE, note.id)
    return None


def _frame_at(graph: Graph, x: float, y: float) -> Hit:
    # Inside a frame the canvas is pressed, not the frame: only its title bar and its corner take hold of it.
    for frame in reversed(graph.frames.values()):
        box = Rect(*frame.position, *frame.size)
        if box.contains(x, y) and _in_corner(box, x, y):
            return Hit(HitKind.FRAME_CORNER, frame.id)
        if box.contains(x, y) and y - box.y <= FRAME_TITLE_HEIGHT:
            return Hit(HitKind.FRAME, frame.id)
    return NOTHING


def _in_corner(box: Rect, x: float, y: float) -> bool:
    return box.right - x <= CORNER_REACH and box.bottom - y <= CORNER_REACH


def port_near(card: Card, x: float, y: float, slack: float) -> tuple[Port, bool] | None:
    """Return the port of a card nearest to a point and whether it is an output; None when none is within `slack` px.

    Inside the card the reach is cut to a third, so that the rows stay free for selecting and dragging the node.
    """
    best: tuple[float, Port, bool] | None = None
    for is_output, spots in ((False, card.shape.inputs), (True, card.shape.outputs)):
        for spot in spots.values():
            dx, dy = x - card.x - spot.x, y - card.y - spot.y
            inwards = dx if not is_output else -dx
            if abs(dy) > slack or abs(dx) > slack or inwards > max(slack / 2, 6):
                continue
            square = dx * dx + dy * dy
            if best is None or square < best[0]:
                best = (square, spot.port, is_output)
    return (best[1], best[2]) if best else None


def wire_at(geometry: GraphGeometry, x: float, y: float, slack: float) -> WireKey | None:
    """Return the wire nearest to a point, or None when none is within `slack` px."""
    best, best_distance = None, slack
    for key in geometry.wires_near(Rect(x, y, 0, 0).grown(slack)):
        distance = geometry.course_of(key).distance(x, y)
        if distance <= best_distance:
            best, best_distance = key, distance
    return best

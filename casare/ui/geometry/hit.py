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
    found = _on_cards(geometry, x, y, slack)
    if found is not None:
        return found
    note = _note_at(graph, x, y)
    if note is not None:
        return note
    wire = wire_at(geometry, x, y, WIRE_REACH / min(scale, 1.0))
    return Hit(HitKind.WIRE, wire=wire) if wire is not None else _frame_at(graph, x, y)


def _on_cards(geometry: GraphGeometry, x: float, y: float, slack: float) -> Hit | None:
    """Return the nearest port that no card hides, else the card on top."""
    best: _Near | None = None
    owner = ""
    for node_id in reversed(geometry.nodes_in(Rect(x, y, 0, 0).grown(slack))):
        card = geometry.cards[node_id]
        near = _nearest_port(card, x, y, slack)
        if near is not None and (best is None or near.square < best.square):
            best, owner = near, node_id
        if card.rect.contains(x, y):
            # What lies below this card cannot be seen here.
            return Hit(HitKind.PORT, owner, best.port, best.is_output) if best else Hit(HitKind.NODE, node_id)
    return Hit(HitKind.PORT, owner, best.port, best.is_output) if best else None


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


class _Near(NamedTuple):
    square: float
    port: Port
    is_output: bool


def port_near(card: Card, x: float, y: float, slack: float) -> tuple[Port, bool] | None:
    """Return the port of a card nearest to a point and whether it is an output; None when none is within `slack` px.

    Inside the card the reach is cut to half, so that the rows stay free for selecting and dragging the node.
    """
    near = _nearest_port(card, x, y, slack)
    return (near.port, near.is_output) if near else None


def _nearest_port(card: Card, x: float, y: float, slack: float) -> _Near | None:
    best: _Near | None = None
    for is_output, spots in ((False, card.shape.inputs), (True, card.shape.outputs)):
        for spot in spots.values():
            dx, dy = x - card.x - spot.x, y - card.y - spot.y
            inwards = dx if not is_output else -dx
            if abs(dy) > slack or abs(dx) > slack or inwards > max(slack / 2, 6):
                continue
            square = dx * dx + dy * dy
            if best is None or square < best.square:
                best = _Near(square, spot.port, is_output)
    return best


def wire_at(geometry: GraphGeometry, x: float, y: float, slack: float) -> WireKey | None:
    """Return the wire nearest to a point, or None when none is within `slack` px."""
    best: tuple[float, WireKey] | None = None
    for key in geometry.wires_near(Rect(x, y, 0, 0).grown(slack)):
        if not geometry.reach_of(key).grown(slack).contains(x, y):
            continue
        found = (geometry.course_of(key).distance(x, y), key)
        # By key where two are equally near, so that the same press always means the same wire.
        if found[0] <= slack and (best is None or found < best):
            best = found
    return best[1] if best else None

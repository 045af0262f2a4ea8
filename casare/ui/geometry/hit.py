"""What lies under a point of the canvas."""

from __future__ import annotations

import enum
from math import hypot
from typing import NamedTuple

from casare.foundation.rect import Rect
from casare.model import Graph, WireKey
from casare.sdk import Port
from casare.ui.geometry.card import Card
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.metrics import (
    CORNER_REACH,
    FRAME_TITLE_HEIGHT,
    PORT_REACH,
    PORTS_FROM,
    WAYPOINT_RADIUS,
    WIRE_REACH,
)
from casare.ui.geometry.portals import portal_tags


class HitKind(enum.StrEnum):
    """What kind of thing was hit."""

    CANVAS = "canvas"
    NODE = "node"
    PORT = "port"
    WIRE = "wire"
    WAYPOINT = "waypoint"
    PORTAL = "portal"
    FRAME = "frame"
    FRAME_CORNER = "frame_corner"
    NOTE = "note"
    NOTE_CORNER = "note_corner"


class Hit(NamedTuple):
    """What was hit: `id` of a node, frame or note; `port` and its side; `wire`, and which of its waypoints.

    Of a portal, `is_output` tells that the tag at the source was hit.
    """

    kind: HitKind
    id: str = ""
    port: Port | None = None
    is_output: bool = False
    wire: WireKey | None = None
    waypoint: int = -1


NOTHING = Hit(HitKind.CANVAS)


def hit(geometry: GraphGeometry, graph: Graph, x: float, y: float, scale: float = 1.0) -> Hit:
    """Return what lies at a point (scene px), topmost first: ports, cards, notes, wires, frames.

    `scale` is the zoom: the reach of ports and wires is meant in pixels of the screen, and never gets smaller than it
    is at 100 %. From so far that no ports are shown there are none to hit: whoever presses a card there means the card.
    """
    slack = PORT_REACH / min(scale, 1.0) if scale >= PORTS_FROM else 0.0
    found = _on_cards(geometry, x, y, slack) or _on_boxes(geometry, x, y, slack) or _note_at(geometry, graph, x, y)
    if found is not None:
        return found
    marked = _mark_at(geometry, graph, x, y, WIRE_REACH / min(scale, 1.0))
    if marked is not None:
        return marked
    wire = wire_at(geometry, x, y, WIRE_REACH / min(scale, 1.0))
    return Hit(HitKind.WIRE, wire=wire) if wire is not None else _frame_at(geometry, graph, x, y)


def _on_cards(geometry: GraphGeometry, x: float, y: float, slack: float) -> Hit | None:
    """Return the nearest port that no card hides, else the card on top."""
    best: _Near | None = None
    owner = ""
    for node_id in reversed(geometry.nodes_in(Rect(x, y, 0, 0).grown(slack))):
        card = geometry.cards[node_id]
        near = _nearest_port(card, x, y, slack) if slack else None
        if near is not None and (best is None or near.square < best.square):
            best, owner = near, node_id
        if card.rect.contains(x, y):
            # What lies below this card cannot be seen here.
            return Hit(HitKind.PORT, owner, best.port, best.is_output) if best else Hit(HitKind.NODE, node_id)
    return Hit(HitKind.PORT, owner, best.port, best.is_output) if best else None


def _on_boxes(geometry: GraphGeometry, x: float, y: float, slack: float) -> Hit | None:
    """Return what of a folded frame lies at a point: one of its ports, or the box itself, which is held anywhere."""
    for box in geometry.folding.boxes.values():
        if not box.rect.grown(slack).contains(x, y):
            continue
        places = [(abs(x - at[0]) + abs(y - at[1]), one) for one in box.ports for at in (box.port_at(one),)]
        near = min(places, key=lambda pair: pair[0], default=None)
        if slack and near is not None and near[0] <= slack:
            return Hit(HitKind.PORT, near[1].node_id, near[1].port, near[1].is_output)
        if box.rect.contains(x, y):
            return Hit(HitKind.FRAME, box.frame_id)
    return None


def _mark_at(geometry: GraphGeometry, graph: Graph, x: float, y: float, slack: float) -> Hit | None:
    """Return the tag of a portal or the dot of a reroute at a point."""
    for key in geometry.wires_near(Rect(x, y, 0, 0).grown(slack)):
        if not graph.connections[key].extra:
            continue
        tags = portal_tags(geometry, graph, key)
        if tags is not None:
            if tags.source.contains(x, y) or tags.target.contains(x, y):
                # Between two nodes that stand close the tags overlap: the one of the nearer port is meant.
                (sx, sy), (tx, ty) = tags.start, tags.end
                return Hit(HitKind.PORTAL, is_output=hypot(sx - x, sy - y) < hypot(tx - x, ty - y), wire=key)
            continue
        for index, (px, py) in enumerate(geometry.waypoints(key)):
            if hypot(px - x, py - y) <= slack + WAYPOINT_RADIUS:
                return Hit(HitKind.WAYPOINT, wire=key, waypoint=index)
    return None


def _note_at(geometry: GraphGeometry, graph: Graph, x: float, y: float) -> Hit | None:
    for note in reversed(graph.notes.values()):
        if note.id in geometry.folding.notes:
            continue
        box = Rect(*note.position, *note.size)
        if box.contains(x, y):
            return Hit(HitKind.NOTE_CORNER if _in_corner(box, x, y) else HitKind.NOTE, note.id)
    return None


def _frame_at(geometry: GraphGeometry, graph: Graph, x: float, y: float) -> Hit:
    # Inside a frame the canvas is pressed, not the frame: only its title bar and its corner take hold of it.
    for frame in reversed(graph.frames.values()):
        if frame.id in geometry.folding.frames or frame.collapsed:
            continue
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
        if not geometry.reach_of(key).grown(slack).contains(x, y) or geometry.is_portal(key):
            continue
        found = (geometry.course_of(key).distance(x, y), key)
        # By key where two are equally near, so that the same press always means the same wire.
        if found[0] <= slack and (best is None or found < best):
            best = found
    return best[1] if best else None

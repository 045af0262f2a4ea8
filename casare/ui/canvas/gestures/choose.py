"""Which gesture a press begins, by what was pressed and which keys were held."""

from __future__ import annotations

from collections.abc import Callable

from casare.app.editing import End
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.sdk import PortKind
from casare.ui.canvas.gestures.base import Gesture, Hands, Pointer
from casare.ui.canvas.gestures.drag_items import DragItems
from casare.ui.canvas.gestures.drag_waypoint import DragWaypoint
from casare.ui.canvas.gestures.draw_wire import DrawWire
from casare.ui.canvas.gestures.lazy_wire import LazyWire
from casare.ui.canvas.gestures.pan import Pan
from casare.ui.canvas.gestures.resize_box import ResizeBox
from casare.ui.canvas.gestures.rubber_band import RubberBand
from casare.ui.canvas.gestures.stroke import Knife, Reroute
from casare.ui.geometry.hit import Hit, HitKind

Begin = Callable[[Pointer], Gesture]
"""Begins the gesture at the place of the press, once the pointer has moved far enough to mean a drag."""


def gesture_for(hands: Hands, under: Hit, press: Pointer) -> Begin:
    """Return how to begin the drag that a left press at `press` may become."""
    if (press.alt and press.shift) or press.knife:
        return lambda pointer: Knife(hands, press)
    if under.kind is HitKind.PORT:
        return _wire(hands, under, press)
    if under.wire is not None:
        return _waypoint(hands, under, under.wire, press)
    if under.kind in (HitKind.NODE, HitKind.FRAME, HitKind.NOTE):
        box = _box(hands, under)
        return lambda pointer: DragItems(hands, press, box)
    if under.kind in (HitKind.FRAME_CORNER, HitKind.NOTE_CORNER):
        graph = hands.document.graph
        held = graph.frames[under.id] if under.kind is HitKind.FRAME_CORNER else graph.notes[under.id]
        return lambda pointer: ResizeBox(hands, press, held)
    return lambda pointer: Pan(hands, press) if press.alt else RubberBand(hands, press)


def _waypoint(hands: Hands, under: Hit, key: WireKey, press: Pointer) -> Begin:
    """Take hold of a dot on a wire; Alt makes one. A wire itself is not dragged: a band is drawn from there."""
    if under.kind is HitKind.WAYPOINT:
        return lambda pointer: DragWaypoint(hands, pointer, key, under.waypoint)
    if under.kind is HitKind.WIRE and press.alt:
        piece = hands.stage.geometry.course_of(key).nearest_piece(press.x, press.y)
        return lambda pointer: DragWaypoint(hands, pointer, key, piece, fresh=True)
    return lambda pointer: RubberBand(hands, press)


def right_gesture_for(hands: Hands, under: Hit, press: Pointer) -> Begin:
    """Return how to begin the drag that a right press may become: cut, reroute, wire lazily, or move the view."""
    if press.ctrl:
        return lambda pointer: Knife(hands, press)
    if press.shift:
        return lambda pointer: Reroute(hands, press)
    if press.alt and under.kind in (HitKind.NODE, HitKind.PORT):
        return lambda pointer: LazyWire(hands, pointer, under.id)
    return lambda pointer: Pan(hands, press)


def _wire(hands: Hands, under: Hit, press: Pointer) -> Begin:
    assert under.port is not None
    here = End(under.id, under.port.name, under.is_output)
    grabbed = _grabbed(hands, here, under, press)
    if grabbed is None:
        return lambda pointer: DrawWire(hands, pointer, here)
    other = End(grabbed[0], grabbed[1], True) if not under.is_output else End(grabbed[2], grabbed[3], False)
    return lambda pointer: DrawWire(hands, pointer, other, moving=grabbed)


def _grabbed(hands: Hands, here: End, under: Hit, press: Pointer) -> WireKey | None:
    """Return the wire whose end this press takes hold of.

    A data input holds one wire, so pulling at it pulls that wire off, as Blender and ComfyUI do; Ctrl draws a new one
    instead. Where several wires may end, Shift says that the last of them is meant.
    """
    if press.ctrl or (under.is_output and not press.shift):
        return None
    single = under.port is not None and under.port.kind is PortKind.DATA
    if not (single or press.shift):
        return None
    graph = hands.document.graph
    wires = graph.outgoing(here.node) if here.is_output else graph.incoming(here.node)
    shape = hands.stage.geometry.cards[here.node].shape
    port_of = 1 if here.is_output else 3
    found = [key for key in wires if (spot := shape.spot(key[port_of], here.is_output)) and spot.port == under.port]
    return found[-1] if found else None


def _box(hands: Hands, under: Hit) -> Rect:
    graph = hands.document.graph
    if under.kind is HitKind.FRAME:
        return hands.stage.geometry.frame_rect(graph.frames[under.id])
    if under.kind is HitKind.NOTE:
        return Rect(*graph.notes[under.id].position, *graph.notes[under.id].size)
    return hands.stage.geometry.cards[under.id].rect

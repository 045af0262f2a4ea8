"""Which gesture a press begins, by what was pressed and which keys were held."""

from __future__ import annotations

from collections.abc import Callable

from casare.app.editing import End
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.sdk import PortKind
from casare.ui.canvas.gestures.base import Gesture, Hands, Pointer
from casare.ui.canvas.gestures.drag_items import DragItems
from casare.ui.canvas.gestures.draw_wire import DrawWire
from casare.ui.canvas.gestures.pan import Pan
from casare.ui.canvas.gestures.resize_box import ResizeBox
from casare.ui.canvas.gestures.rubber_band import RubberBand
from casare.ui.geometry.hit import Hit, HitKind

Begin = Callable[[Pointer], Gesture]
"""Begins the gesture at the place of the press, once the pointer has moved far enough to mean a drag."""


def gesture_for(hands: Hands, under: Hit, press: Pointer) -> Begin:
    """Return how to begin the drag that a left press at `press` may become."""
    graph = hands.document.graph
    if under.kind is HitKind.PORT:
        return _wire(hands, under, press)
    if under.kind in (HitKind.NODE, HitKind.FRAME, HitKind.NOTE):
        box = _box(hands, under)
        return lambda pointer: DragItems(hands, press, box)
    if under.kind in (HitKind.FRAME_CORNER, HitKind.NOTE_CORNER):
        held = graph.frames[under.id] if under.kind is HitKind.FRAME_CORNER else graph.notes[under.id]
        return lambda pointer: ResizeBox(hands, press, held)
    if under.kind is HitKind.CANVAS and press.alt:
        return lambda pointer: Pan(hands, press)
    return lambda pointer: RubberBand(hands, press)


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
        return Rect(*graph.frames[under.id].position, *graph.frames[under.id].size)
    if under.kind is HitKind.NOTE:
        return Rect(*graph.notes[under.id].position, *graph.notes[under.id].size)
    return hands.stage.geometry.cards[under.id].rect

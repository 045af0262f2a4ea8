"""What a press or a drag would do now, with the keys that are held: the words of the status bar."""

from __future__ import annotations

from casare.ui.canvas.gestures import Pointer
from casare.ui.geometry.hit import Hit, HitKind

_BOXES = (HitKind.NODE, HitKind.FRAME, HitKind.NOTE)


def hint_for(under: Hit, pointer: Pointer) -> str:
    """Return the hint for what the pointer is over; empty when nothing is held and nothing is special there."""
    if pointer.knife or (pointer.alt and pointer.shift):
        return "Drag across wires to cut them"
    if pointer.alt:
        return _with_alt(under)
    if pointer.ctrl:
        return _with_ctrl(under)
    if pointer.shift:
        return _with_shift(under)
    return _HELD_NOTHING.get(under.kind, "")


def _with_alt(under: Hit) -> str:
    if under.kind is HitKind.WIRE:
        return "Click or drag: put a point on the wire"
    if under.kind is HitKind.WAYPOINT:
        return "Click: take the point off the wire"
    if under.kind is HitKind.CANVAS:
        return "Drag: move the view"
    if under.kind in _BOXES:
        lazy = " · right drag to another node: wire what fits" if under.kind is HitKind.NODE else ""
        return f"Drag: drop a copy{lazy}"
    return ""


def _with_ctrl(under: Hit) -> str:
    if under.kind is HitKind.PORT:
        return "Drag: a new wire, also from an input that has one"
    if under.kind in _BOXES:
        return "Click: add to or take out of the selection · drag: move freely"
    return "Drag: turn the selection round · right drag: cut wires"


def _with_shift(under: Hit) -> str:
    if under.kind is HitKind.PORT:
        return "Drag: take hold of the wire that ends here"
    if under.kind in _BOXES:
        return "Click: add to the selection · drag: keep to one axis"
    return "Drag: add to the selection · right drag across wires: give each a point"


_HELD_NOTHING = {
    HitKind.PORT: "Drag: wire it · Shift: take hold of its wire · Ctrl: one more wire",
    HitKind.WAYPOINT: "Drag: move the point · Alt+click: take it away",
    HitKind.PORTAL: "Double-click: go to the other end",
    HitKind.WIRE: "Alt+click: put a point on it · Del: cut · right click: how it is shown",
}

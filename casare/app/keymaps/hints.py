"""What a held modifier will do, in a few words, by what lies under the pointer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SHIFT, CTRL, ALT = "Shift", "Ctrl", "Alt"

_HINTS: Final[Mapping[str, Mapping[tuple[str, ...], str]]] = {
    "canvas": {
        (): "Drag selects · double-click adds a node · middle drag pans",
        (SHIFT,): "Drag adds to the selection · wheel pans sideways",
        (CTRL,): "Wheel zooms · drag adds to the selection",
    },
    "node": {
        (): "Drag moves · double-click renames",
        (SHIFT,): "Click adds to the selection or takes out of it",
        (CTRL,): "Click adds to the selection or takes out of it",
        (ALT,): "Drag moves without snapping to others",
    },
    "port": {(): "Drag wires it", (SHIFT,): "Drag takes the end of the wire that is here"},
    "wire": {(): "Click selects · Del deletes", (SHIFT,): "Click adds to the selection"},
    "frame": {(): "Drag moves the frame and what is in it · double-click renames"},
    "note": {(): "Drag moves · double-click edits"},
}


def hint(context: str, held: tuple[str, ...]) -> str:
    """Return what the modifiers in `held` (in the order Shift, Ctrl, Alt) mean over a thing; empty when nothing.

    `context` is canvas, node, port, wire, frame or note.
    """
    return _HINTS.get(context, {}).get(held, "")


def contexts() -> tuple[str, ...]:
    """Return everything that hints are known for."""
    return tuple(_HINTS)

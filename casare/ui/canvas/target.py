"""What a context menu or a quick-add is about."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF

from casare.app.editing import End
from casare.model import WireKey


class CanvasTarget(NamedTuple):
    """A place on the canvas that a person asked something about.

    `kind` is canvas, node, wire, frame or note; `id` names a node, frame or note. `loose_end` is the end of a wire that
    was dropped on nothing.
    """

    kind: str
    id: str
    wire: WireKey | None
    scene_pos: QPointF
    global_pos: QPoint
    loose_end: End | None = None

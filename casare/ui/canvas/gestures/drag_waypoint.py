"""Move a point that a wire goes by."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.app.editing import add_waypoint, move_waypoint
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.canvas.stage import Bent
from casare.ui.geometry.metrics import GRID
from casare.ui.geometry.wire import Point, box_around, course_through


class DragWaypoint:
    """Takes hold of a dot on a wire; with `fresh`, of one that comes into being where the wire was taken."""

    cursor: Qt.CursorShape | None = Qt.CursorShape.SizeAllCursor
    hint = "Ctrl: move freely · Esc cancels"

    def __init__(self, hands: Hands, pointer: Pointer, key: WireKey, index: int, *, fresh: bool = False) -> None:
        self._hands = hands
        self._key = key
        self._index = index
        self._fresh = fresh
        held = list(hands.stage.geometry.waypoints(key))
        self._others = held if fresh else held[:index] + held[index + 1 :]
        self._area: Rect | None = None
        self.move(pointer)
        hands.canvas_scene.redraw_wire(key)

    def move(self, pointer: Pointer) -> None:
        """Show the wire as it would run."""
        stage = self._hands.stage
        cards, key = stage.geometry.cards, self._key
        start, end = cards[key[0]].port_at(key[1], True), cards[key[2]].port_at(key[3], False)
        place = self._place(pointer)
        stage.bent = Bent(key, place, course_through(start, end, self._points(place)))
        before, self._area = self._area, box_around(stage.bent.course)
        self._hands.canvas_scene.redraw(Rect.around(one for one in (before, self._area) if one))

    def finish(self, pointer: Pointer) -> None:
        """Leave the point where it is."""
        place = self._place(pointer)
        self.cancel()
        document = self._hands.document
        if self._fresh:
            document.do(add_waypoint(document.graph, {self._key: (self._index, place)}))
        else:
            document.do(move_waypoint(document.graph, self._key, self._index, place))

    def cancel(self) -> None:
        """Let the wire run as the document says."""
        self._hands.stage.bent = None
        self._hands.canvas_scene.redraw_all()

    def _points(self, place: Point) -> tuple[Point, ...]:
        return (*self._others[: self._index], place, *self._others[self._index :])

    def _place(self, pointer: Pointer) -> Point:
        if pointer.ctrl or not self._hands.snaps:
            return (pointer.x, pointer.y)
        half = GRID / 2
        return (round(pointer.x / half) * half, round(pointer.y / half) * half)

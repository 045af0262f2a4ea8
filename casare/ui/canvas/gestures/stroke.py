"""Draw a line across wires: to cut them, or to put a point on each that it then goes by."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.app.editing import add_waypoint
from casare.foundation.rect import Rect
from casare.model import Disconnect, WireKey
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.canvas.stage import Stroke
from casare.ui.geometry.crossing import crossing
from casare.ui.geometry.wire import Point

_STEP = 3.0
"""How far (scene px) the pointer moves before the line gets another point."""


class Across:
    """Follows the pointer and notes which wires it crosses, and where. Only the newest piece is looked at each time."""

    cursor: Qt.CursorShape | None = Qt.CursorShape.CrossCursor
    hint = ""
    cuts = False

    def __init__(self, hands: Hands, pointer: Pointer) -> None:
        self._hands = hands
        self._points: list[Point] = [(pointer.x, pointer.y)]
        self._crossed: dict[WireKey, Point] = {}
        self._show()

    def move(self, pointer: Pointer) -> None:
        """Draw on, and note the wires that the new piece crosses."""
        last, now = self._points[-1], (pointer.x, pointer.y)
        if abs(now[0] - last[0]) + abs(now[1] - last[1]) < _STEP:
            return
        self._points.append(now)
        geometry = self._hands.stage.geometry
        for key in geometry.wires_near(Rect.spanning(*last, *now).grown(1)):
            if key not in self._crossed and not geometry.is_portal(key):
                place = crossing(last, now, geometry.course_of(key).flattened())
                if place is not None:
                    self._crossed[key] = place
                    self._hands.canvas_scene.redraw_wire(key)
        self._show()

    def finish(self, pointer: Pointer) -> None:
        """Do with the crossed wires what the gesture is for."""
        self.move(pointer)
        crossed = dict(self._crossed)
        self.cancel()
        if crossed:
            self._act(crossed)

    def cancel(self) -> None:
        """Take the line away."""
        self._hands.stage.stroke = None
        self._hands.canvas_scene.redraw_all()

    def _act(self, crossed: dict[WireKey, Point]) -> None:
        raise TypeError(f"{type(self).__name__} does nothing with wires")

    def _show(self) -> None:
        marks = () if self.cuts else tuple(self._crossed.values())
        self._hands.stage.stroke = Stroke(tuple(self._points), frozenset(self._crossed), self.cuts, marks)
        newest = self._points[-2:]
        self._hands.canvas_scene.redraw(Rect.around(Rect(x, y, 0, 0) for x, y in newest))


class Knife(Across):
    """Cuts every wire that the line crosses, in one step."""

    hint = "Draw across wires to cut them · Esc cancels"
    cuts = True

    def _act(self, crossed: dict[WireKey, Point]) -> None:
        document = self._hands.document
        document.do(Disconnect(tuple(key for key in crossed if key in document.graph.connections)))


class Reroute(Across):
    """Puts a point on every wire that the line crosses; wires from one port get theirs at one place."""

    hint = "Draw across wires to give each a point it goes by · Esc cancels"

    def _act(self, crossed: dict[WireKey, Point]) -> None:
        geometry, document = self._hands.stage.geometry, self._hands.document
        shared: dict[tuple[str, str], list[Point]] = {}
        for key, place in crossed.items():
            shared.setdefault((key[0], key[1]), []).append(place)
        points = {}
        for key, place in crossed.items():
            together = shared[key[0], key[1]]
            middle = (sum(x for x, _ in together) / len(together), sum(y for _, y in together) / len(together))
            points[key] = (geometry.course_of(key).nearest_piece(*place), middle)
        document.do(add_waypoint(document.graph, points))

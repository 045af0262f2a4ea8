"""Draw from node to node and let the ports be found."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.app.editing import lazy_connect, lazy_wire
from casare.foundation.rect import Rect
from casare.model import Connection
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.canvas.stage import PendingWire
from casare.ui.geometry.hit import HitKind, hit
from casare.ui.geometry.wire import course


class LazyWire:
    """Wires the node where the drag began to the node where it ends, by the ports that most likely are meant."""

    cursor: Qt.CursorShape | None = Qt.CursorShape.CrossCursor
    hint = "Let go on another node to wire the ports that fit best · Esc cancels"

    def __init__(self, hands: Hands, pointer: Pointer, start: str) -> None:
        self._hands = hands
        self._start = start
        self._over = ""
        self._wire: Connection | None = None
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        """Show the wire that would be made, or why there is none."""
        stage, document = self._hands.stage, self._hands.document
        old = self._area()
        under = hit(stage.geometry, document.graph, pointer.x, pointer.y, self._hands.zoom)
        over = under.id if under.kind in (HitKind.NODE, HitKind.PORT) and under.id != self._start else ""
        if over != self._over:
            # Ports are looked for once for each node, not at every move.
            self._over = over
            self._wire = lazy_wire(document.graph, document.catalog, self._start, over) if over else None
        cards = stage.geometry.cards
        if self._wire is not None:
            key = self._wire.key
            way = course(cards[key[0]].port_at(key[1], True), cards[key[2]].port_at(key[3], False))
            stage.pending = PendingWire(way, stage.source_port(key), snapped=True)
        else:
            reason = "These two have no ports left that fit." if over else ""
            x, y = cards[self._start].rect.center
            stage.pending = PendingWire(course((x, y), (pointer.x, pointer.y)), None, reason)
        self._hands.canvas_scene.redraw(Rect.around(area for area in (old, self._area()) if area))

    def finish(self, pointer: Pointer) -> None:
        """Make the wire."""
        self.move(pointer)
        over, document = self._over, self._hands.document
        self.cancel()
        if over:
            document.do(lazy_connect(document.graph, document.catalog, self._start, over))

    def cancel(self) -> None:
        """Forget the wire."""
        self._hands.stage.pending = None
        self._hands.canvas_scene.redraw_all()

    def _area(self) -> Rect | None:
        pending = self._hands.stage.pending
        box = Rect.around(Rect(x, y, 0, 0) for x, y in pending.course.points) if pending is not None else None
        return box.grown(340 / self._hands.zoom) if box is not None else None

"""Draw a wire from a port, or take the end of one to another port."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import Qt

from casare.app.editing import End, connect, verdict
from casare.foundation.rect import Rect
from casare.model import Disconnect, WireKey
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.canvas.stage import LitPort, PendingWire
from casare.ui.geometry.hit import HitKind, hit
from casare.ui.geometry.wire import course

_SNAP_REACH = 26.0
"""How near (px of the screen) the pointer must come to a port for the wire to jump there."""


class DrawWire:
    """Follows the pointer with a wire. Ports where it may end light up, the others fade and say why not.

    Let go over a card's body it takes the first port that fits; over nothing it asks for a new node. When an existing
    wire is in the hand (`moving`), letting go over nothing takes the wire away.
    """

    cursor: Qt.CursorShape | None = Qt.CursorShape.CrossCursor
    hint = "Drop on a lit port or on a node · drop on the canvas for a new node · Esc cancels"

    def __init__(self, hands: Hands, pointer: Pointer, start: End, moving: WireKey | None = None) -> None:
        self._hands = hands
        self._start = start
        self._moving = moving
        self._target: LitPort | None = None
        stage = hands.stage
        stage.hidden_wire = moving
        spot = stage.geometry.cards[start.node].shape.spot(start.port, start.is_output)
        self._port = spot.port if spot else None
        self._from = stage.geometry.cards[start.node].port_at(start.port, start.is_output)
        if moving is not None:
            self.hint = "Drop on another port to move the wire · drop on the canvas to remove it · Esc cancels"
        self._light()
        self.move(pointer)
        hands.canvas_scene.redraw_all()

    def move(self, pointer: Pointer) -> None:
        """Draw the wire to the pointer, or to the port it jumps to."""
        stage = self._hands.stage
        old = self._area()
        self._target = self._port_for(pointer)
        reason = "" if self._target else self._reason(pointer)
        end = (self._target.x, self._target.y) if self._target else (pointer.x, pointer.y)
        way = course(self._from, end) if self._start.is_output else course(end, self._from)
        stage.pending = PendingWire(way, self._port, reason, self._target is not None, not self._start.is_output)
        self._hands.canvas_scene.redraw(Rect.around(area for area in (old, self._area()) if area))

    def finish(self, pointer: Pointer) -> None:
        """Make the wire, move it, take it away, or ask for a node to end it at."""
        self.move(pointer)
        target, document = self._target, self._hands.document
        nothing_there = hit(
            self._hands.stage.geometry, document.graph, pointer.x, pointer.y, self._hands.zoom
        ).kind in (
            HitKind.CANVAS,
            HitKind.WIRE,
            HitKind.FRAME,
        )
        self.cancel()
        if target is not None:
            document.do(connect(document.graph, document.catalog, self._start, target.end, moving=self._moving))
        elif nothing_there and self._moving is not None:
            document.do(Disconnect((self._moving,)))
        elif nothing_there and not pointer.shift:
            self._hands.quick_add(pointer, self._start)

    def cancel(self) -> None:
        """Forget the wire."""
        stage = self._hands.stage
        stage.pending = None
        stage.hidden_wire = None
        stage.lit = ()
        self._hands.canvas_scene.redraw_all()

    def _light(self) -> None:
        """Judge every port in view once, so that following the pointer costs nothing."""
        stage, document = self._hands.stage, self._hands.document
        lit = []
        for node_id in stage.geometry.nodes_in(self._view_area()):
            card = stage.geometry.cards[node_id]
            spots = card.shape.inputs if self._start.is_output else card.shape.outputs
            for spot in spots.values():
                end = End(node_id, spot.port.name, not self._start.is_output)
                judged = verdict(document.graph, document.catalog, self._start, end, ignoring=self._moving)
                lit.append(LitPort(end, spot.port, card.x + spot.x, card.y + spot.y, judged.allowed))
        stage.lit = tuple(lit)

    def _view_area(self) -> Rect:
        view = self._hands.canvas_scene.views()[0]
        seen = view.mapToScene(view.viewport().rect()).boundingRect()
        return Rect(seen.x(), seen.y(), seen.width(), seen.height())

    def _port_for(self, pointer: Pointer) -> LitPort | None:
        stage = self._hands.stage
        reach = _SNAP_REACH / self._hands.zoom

        def distance(one: LitPort) -> float:
            return hypot(one.x - pointer.x, one.y - pointer.y)

        near = sorted((one for one in stage.lit if distance(one) <= reach), key=distance)
        # A port that is pointed at squarely is meant, also when it refuses; else the nearest that fits.
        if near and not near[0].allowed and distance(near[0]) <= reach / 3:
            return None
        fitting = [one for one in near if one.allowed]
        if fitting:
            return fitting[0]
        for node_id in reversed(stage.geometry.nodes_in(Rect(pointer.x, pointer.y, 0, 0))):
            return next((one for one in stage.lit if one.allowed and one.end.node == node_id), None)
        return None

    def _reason(self, pointer: Pointer) -> str:
        stage, document = self._hands.stage, self._hands.document
        under = hit(stage.geometry, document.graph, pointer.x, pointer.y, self._hands.zoom)
        if under.kind is HitKind.PORT and under.port is not None:
            end = End(under.id, under.port.name, under.is_output)
            if end == self._start:
                return ""
            return verdict(document.graph, document.catalog, self._start, end, ignoring=self._moving).reason
        if under.kind is HitKind.NODE and under.id != self._start.node:
            side = "input" if self._start.is_output else "output"
            return f"This node has no {side} that fits."
        return ""

    def _area(self) -> Rect | None:
        pending = self._hands.stage.pending
        if pending is None:
            return None
        box = Rect.around(Rect(x, y, 0, 0) for x, y in pending.course.points)
        # Room for the words beside the pointer.
        return box.grown(340 / self._hands.zoom) if box and pending.reason else box

"""Draw a wire from a port, or take the end of one to another port."""

from __future__ import annotations

from itertools import chain
from math import hypot

from PySide6.QtCore import Qt

from casare.app.editing import End, Verdict, connect, connect_through, converter_for, verdict
from casare.foundation.rect import Rect
from casare.model import Disconnect, WireKey
from casare.sdk import DataType, PortKind
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.canvas.layers.base import DETAIL
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
        self._offered: LitPort | None = None
        self._judged_nodes: dict[str, list[LitPort]] = {}
        self._judged_boxes: list[LitPort] | None = None
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
        self._offered = None if self._target else self._offer_at(pointer)
        offer = self._offer_in_words(self._offered) if self._offered else ""
        reason = "" if self._target or offer else self._reason(pointer)
        held = self._target or self._offered
        end = (held.x, held.y) if held else (pointer.x, pointer.y)
        way = course(self._from, end) if self._start.is_output else course(end, self._from)
        backwards = not self._start.is_output
        stage.pending = PendingWire(way, self._port, reason, self._target is not None, backwards, offer)
        self._hands.canvas_scene.redraw(Rect.around(area for area in (old, self._area()) if area))

    def finish(self, pointer: Pointer) -> None:
        """Make the wire, move it, take it away, or ask for a node to end it at."""
        self.move(pointer)
        target, offered, document = self._target, self._offered, self._hands.document
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
        elif offered is not None:
            sizes = self._hands.stage.geometry.sizes()
            made = connect_through(
                document.graph, document.catalog, self._start, offered.end, sizes, moving=self._moving
            )
            if made is not None:
                document.do(made.change)
                document.selection.set([made.node_id])
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
        """Judge the ports in view once, where they can be seen at all; from afar only those near the pointer are."""
        stage = self._hands.stage
        if self._hands.zoom >= DETAIL:
            stage.lit = (*chain.from_iterable(map(self._ports_of, self._in_view())), *self._box_ports())

    def _in_view(self) -> list[str]:
        return self._hands.stage.geometry.nodes_in(self._view_area())

    def _ports_of(self, node_id: str) -> list[LitPort]:
        """Return the ports of a card at which a wire could end, judged when first asked."""
        known = self._judged_nodes.get(node_id)
        if known is None:
            document = self._hands.document
            card = self._hands.stage.geometry.cards[node_id]
            known = self._judged_nodes[node_id] = []
            for spot in (card.shape.inputs if self._start.is_output else card.shape.outputs).values():
                end = End(node_id, spot.port.name, not self._start.is_output)
                allowed = self._judged(end).allowed
                helped = not allowed and bool(converter_for(document.graph, document.catalog, self._start, end))
                known.append(LitPort(end, spot.port, card.x + spot.x, card.y + spot.y, allowed, helped))
        return known

    def _box_ports(self) -> list[LitPort]:
        """Return the ports of folded frames at which the wire could end."""
        if self._judged_boxes is None:
            self._judged_boxes = [
                LitPort(end, one.port, *box.port_at(one), self._judged(end).allowed)
                for box in self._hands.stage.geometry.folding.boxes.values()
                for one in box.ports
                if one.is_output is not self._start.is_output
                for end in (End(one.node_id, one.port.name, one.is_output),)
            ]
        return self._judged_boxes

    def _within(self, pointer: Pointer, reach: float) -> list[LitPort]:
        """Return the ports within `reach` scene px of the pointer, the nearest first."""
        around = Rect(pointer.x, pointer.y, 0, 0).grown(reach)
        ports = [*chain.from_iterable(map(self._ports_of, self._hands.stage.geometry.nodes_in(around)))]
        ports += self._box_ports()
        near = [(hypot(one.x - pointer.x, one.y - pointer.y), one) for one in ports]
        return [one for _, one in sorted((pair for pair in near if pair[0] <= reach), key=lambda pair: pair[0])]

    def _view_area(self) -> Rect:
        view = self._hands.canvas_scene.views()[0]
        seen = view.mapToScene(view.viewport().rect()).boundingRect()
        return Rect(seen.x(), seen.y(), seen.width(), seen.height())

    def _port_for(self, pointer: Pointer) -> LitPort | None:
        stage = self._hands.stage
        reach = _SNAP_REACH / self._hands.zoom
        near = self._within(pointer, reach)
        # A port that is pointed at squarely is meant, also when it refuses; else the nearest that fits.
        squarely = near and hypot(near[0].x - pointer.x, near[0].y - pointer.y) <= reach / 3
        if squarely and not near[0].allowed:
            return None
        fitting = [one for one in near if one.allowed]
        if fitting:
            return fitting[0]
        for node_id in reversed(stage.geometry.nodes_in(Rect(pointer.x, pointer.y, 0, 0))):
            fitting = [one for one in (*self._ports_of(node_id), *self._out_of_sight(node_id)) if one.allowed]
            return min(fitting, key=self._rank, default=None)
        return None

    def _out_of_sight(self, node_id: str) -> list[LitPort]:
        """Return the ports that fit but do not show, because the card hides what is not used."""
        card = self._hands.stage.geometry.cards[node_id]
        is_output = not self._start.is_output
        side, shown = (
            (card.shape.ports.outputs, card.shape.outputs)
            if is_output
            else (card.shape.ports.inputs, card.shape.inputs)
        )
        ends = [(End(node_id, port.name, is_output), port) for port in side if port.name not in shown]
        return [
            LitPort(end, port, *card.port_at(port.name, is_output), allowed=True)
            for end, port in ends
            if self._judged(end).allowed
        ]

    def _rank(self, one: LitPort) -> tuple[bool, bool, bool, bool]:
        """Return how little a port of the card under the pointer is meant: names and types tell, then what is free."""
        mine = self._port
        wired = (one.port.name, one.end.is_output) in self._hands.stage.wired(one.end.node)
        same_type = mine is not None and mine.type is one.port.type and one.port.type is not DataType.ANY
        same_name = mine is not None and mine.kind is PortKind.DATA and mine.name == one.port.name
        return (wired and one.port.kind is PortKind.DATA, not same_name, not same_type, not one.port.required)

    def _offer_at(self, pointer: Pointer) -> LitPort | None:
        """Return the refusing port right under the pointer that a converter would make fit."""
        near = self._within(pointer, _SNAP_REACH / 2 / self._hands.zoom)
        return near[0] if near and near[0].convertible else None

    def _offer_in_words(self, one: LitPort) -> str:
        document = self._hands.document
        found = converter_for(document.graph, document.catalog, self._start, one.end)
        spec = document.catalog.find(found.type_id) if found is not None else None
        refused = self._judged(one.end).reason.split(";")[0].rstrip(".")
        return f"{refused}. Let go to put “{spec.title}” between them." if spec is not None else ""

    def _judged(self, end: End) -> Verdict:
        document = self._hands.document
        return verdict(document.graph, document.catalog, self._start, end, ignoring=self._moving)

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
        return box.grown(340 / self._hands.zoom) if box and (pending.reason or pending.offer) else box

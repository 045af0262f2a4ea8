"""How things are shown on one canvas, as commands ask for it: collapsed, faint, as portals, by fewer ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from casare.app import editing
from casare.app.editing import Display, End
from casare.model import ReplaceFrames, WireKey
from casare.ui.canvas.stage import PendingWire
from casare.ui.geometry.wire import course

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView


class CanvasShowing(QObject):
    """The edits of one canvas that change how things look and never what a workflow does."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = canvas.document

    def toggle_collapsed(self) -> None:
        """Collapse the selected nodes to headers and frames to boxes, or open them all."""
        selection = self._document.selection
        self._document.do(editing.toggle_collapsed(self._document.graph, selection.nodes, selection.frames))

    def toggle_unused(self) -> None:
        """Hide the unused ports of the selected nodes, or show all."""
        self._document.do(editing.toggle_unused(self._document.graph, self._document.selection.nodes))

    def hold_loose_wire(self, end: End, place: QPointF) -> None:
        """Keep a wire in sight that was dropped on nothing, while a person looks for the node to end it at."""
        stage = self._canvas.stage
        card = stage.geometry.cards.get(end.node)
        if card is not None:
            start, loose = card.port_at(end.port, end.is_output), (place.x(), place.y())
            way = course(start, loose) if end.is_output else course(loose, start)
            spot = card.shape.spot(end.port, end.is_output)
            stage.pending = PendingWire(way, spot.port if spot is not None else None, backwards=not end.is_output)
            self._canvas.canvas_scene.redraw_all()

    def forget_loose_wire(self) -> None:
        """Take the wire away that was kept in sight."""
        self._canvas.stage.pending = None
        self._canvas.canvas_scene.redraw_all()

    def unfold(self, frame_id: str) -> None:
        """Open a frame that is folded to a box."""
        frame = self._document.graph.frames[frame_id]
        self._document.do(ReplaceFrames((frame._replace(collapsed=False),), "Expand frame"))

    def set_display(self, how: Display) -> None:
        """Draw the wires that are meant fully, faintly, or only under the pointer."""
        self._document.do(editing.set_display(self._document.graph, self.wires(), how))

    def bend_wires(self) -> None:
        """Put a point into the middle of each wire that is meant, to be dragged from there."""
        geometry, points = self._canvas.stage.geometry, {}
        for key in self.wires():
            course = geometry.course_of(key)
            middle = course.middle()
            points[key] = (course.nearest_piece(*middle), middle)
        self._document.do(editing.add_waypoint(self._document.graph, points))

    def straighten_wires(self) -> None:
        """Take the points out of the wires that are meant."""
        self._document.do(editing.straighten(self._document.graph, self.wires()))

    def make_portal(self) -> None:
        """Let the name be typed under which the wires that are meant are shown as tags; an empty name ends it."""
        keys = self.wires()
        if keys:
            self._canvas.typing.name_portal(keys)

    def follow(self) -> None:
        """Go to the other end of the selected wire: to its target, or back to its source when that is selected."""
        keys = self.wires()
        if keys:
            key = keys[0]
            there = key[2] if key[2] not in self._document.selection.nodes else key[0]
            self._document.reveal([there])

    def follow_portal(self, key: WireKey, *, from_source: bool) -> None:
        """Show the node at the other tag of a portal."""
        self._document.reveal([key[2] if from_source else key[0]])

    def wires(self) -> list[WireKey]:
        """Return the wires that are meant: the selected ones, else those of the selected nodes."""
        selection, graph = self._document.selection, self._document.graph
        if selection.wires:
            return [key for key in graph.connections if key in selection.wires]
        return [wire.key for wire in graph.wires_of(one for one in graph.nodes if one in selection.nodes)]

"""Frames below everything, notes above the frames."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from casare.foundation.rect import Rect
from casare.model import Frame
from casare.ui.canvas.layers.base import Layer
from casare.ui.canvas.paint.decor import TOTAL_HEIGHT, Total, draw_frame, draw_note
from casare.ui.canvas.paint.folded import draw_folded
from casare.ui.canvas.stage import Stage

_SPILL = TOTAL_HEIGHT + 3


class DecorLayer(Layer):
    """Paints frames, largest first so that a frame inside another lies on top, then notes."""

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the frames and notes that touch `area`."""
        stage = self.stage
        graph, selection, lift, hidden = (
            stage.document.graph,
            stage.document.selection,
            stage.lift,
            stage.geometry.folding,
        )
        gone = frozenset() if lift.copying else lift.frames
        frames = [one for one in graph.frames.values() if one.id not in gone and one.id not in hidden.frames]
        for frame in sorted(frames, key=lambda one: -one.size[0] * one.size[1]):
            if stage.geometry.frame_rect(frame).grown(_SPILL).touches(area):
                draw_any_frame(painter, stage, frame, chosen=frame.id in selection.frames)
        for note in graph.notes.values():
            if note.id in hidden.notes or (note.id in lift.notes and not lift.copying):
                continue
            if Rect(*note.position, *note.size).touches(area):
                draw_note(painter, note, note.id in selection.notes, stage.look)


def draw_any_frame(painter: QPainter, stage: Stage, frame: Frame, *, chosen: bool) -> None:
    """Draw a frame, open or folded to a box with ports."""
    total = Total(stage.frame_total(frame), stale=stage.costs is not None and stage.costs.stale)
    box = stage.geometry.folding.boxes.get(frame.id)
    if box is None:
        draw_frame(painter, frame, chosen, stage.look, total)
    else:
        names = {one.node_id: stage.face(one.node_id).title for one in box.ports}
        draw_folded(painter, frame, box, names, stage.look, total, chosen=chosen)

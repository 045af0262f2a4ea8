"""Frames below everything, notes above the frames."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from casare.foundation.rect import Rect
from casare.ui.canvas.layers.base import Layer
from casare.ui.canvas.paint.decor import draw_frame, draw_note


class DecorLayer(Layer):
    """Paints frames, largest first so that a frame inside another lies on top, then notes."""

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the frames and notes that touch `area`."""
        stage = self.stage
        graph, selection, lift = stage.document.graph, stage.document.selection, stage.lift
        frames = [one for one in graph.frames.values() if one.id not in lift.frames]
        for frame in sorted(frames, key=lambda one: -one.size[0] * one.size[1]):
            if Rect(*frame.position, *frame.size).touches(area):
                draw_frame(painter, frame, frame.id in selection.frames, stage.look)
        for note in graph.notes.values():
            if note.id not in lift.notes and Rect(*note.position, *note.size).touches(area):
                draw_note(painter, note, note.id in selection.notes, stage.look)

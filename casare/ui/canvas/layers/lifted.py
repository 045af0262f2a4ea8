"""What is in the hand: dragged cards with their wires, frames and notes, drawn where they would come to rest."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers.base import DETAIL, Layer
from casare.ui.canvas.layers.cards import paint_card_at
from casare.ui.canvas.layers.decor import draw_any_frame
from casare.ui.canvas.paint.card import draw_box
from casare.ui.canvas.paint.decor import draw_note
from casare.ui.canvas.paint.wire import wire_path
from casare.ui.canvas.stage import Stage


class LiftedLayer(Layer):
    """Paints the drag. The document is untouched until the button is released, so cancelling has nothing to undo."""

    def __init__(self, stage: Stage, z: float, cache: CardCache) -> None:
        super().__init__(stage, z)
        self._cache = cache

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint lifted things that touch `area`, and the wires from them to what stays."""
        lift = self.stage.lift
        if not lift:
            return
        self._paint_decor(painter)
        self._paint_wires(painter, area)
        self._paint_cards(painter, area, scale)

    def _paint_decor(self, painter: QPainter) -> None:
        stage, lift = self.stage, self.stage.lift
        graph = stage.document.graph
        painter.save()
        painter.translate(QPointF(*lift.shift))
        for frame_id in lift.frames:
            if frame_id not in stage.geometry.folding.frames:
                draw_any_frame(painter, stage, graph.frames[frame_id], chosen=True)
        for note_id in lift.notes:
            draw_note(painter, graph.notes[note_id], True, stage.look)
        painter.restore()

    def _paint_wires(self, painter: QPainter, area: Rect) -> None:
        stage, lift = self.stage, self.stage.lift
        if lift.copying:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A wire is in view when it touches the view where it is drawn: inner wires move along, outer ones stretch.
        shifted = area.moved(-lift.shift[0], -lift.shift[1])
        keys: set[WireKey] = stage.geometry.wires_near(shifted) | stage.geometry.wires_near(area)
        for key in keys:
            inside = (key[0] in lift.nodes) + (key[2] in lift.nodes)
            # What was shaken off keeps only the wires among itself.
            if inside == 2 or (inside and not lift.loose):
                if stage.geometry.is_portal(key):
                    continue
                painter.setPen(stage.look.wire_pen(stage.source_port(key)))
                painter.drawPath(wire_path(stage.geometry.course_of(key, lift.nodes, lift.shift)))

    def _paint_cards(self, painter: QPainter, area: Rect, scale: float) -> None:
        stage, lift = self.stage, self.stage.lift
        dx, dy = lift.shift
        pictures = scale >= DETAIL and self._cache.usable(painter)
        for node_id in stage.geometry.nodes_in(area.moved(-dx, -dy)):
            if node_id not in lift.nodes:
                continue
            card = stage.geometry.cards[node_id]
            moved = card._replace(x=card.x + dx, y=card.y + dy)
            if pictures:
                self._cache.draw(painter, stage, moved, may_render=True)
            elif scale >= DETAIL:
                paint_card_at(painter, stage, moved)
            else:
                box = QRectF(moved.x, moved.y, card.shape.width, card.shape.height)
                draw_box(painter, box, stage.face(node_id), stage.marks(node_id), stage.look)

"""All cards that are in view and not in the hand."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from casare.foundation.rect import Rect
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers.base import DETAIL, OUTLINE, Layer
from casare.ui.canvas.paint.card import MARGIN, draw_box, draw_card
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.card import Card

_BUDGET_S = 0.007
"""How long one frame may spend on drawing cards anew; the rest show their last picture and follow in the next frame."""


class CardLayer(Layer):
    """Paints the cards: in full from a picture that is kept, as boxes from afar, as one batch from very far."""

    def __init__(self, stage: Stage, z: float, cache: CardCache) -> None:
        super().__init__(stage, z)
        self._cache = cache
        self.drawing_to_keep = False
        """Set while a file is written: then every card is drawn from its shapes, in full or as a box."""

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the cards that touch `area`."""
        stage = self.stage
        lifted = stage.lift.nodes
        ids = [one for one in stage.geometry.nodes_in(area.grown(MARGIN)) if one not in lifted]
        if scale < OUTLINE:
            self._paint_batch(painter, ids)
        elif scale < DETAIL:
            for node_id in ids:
                card = stage.geometry.cards[node_id]
                box = QRectF(card.x, card.y, card.shape.width, card.shape.height)
                draw_box(painter, box, stage.face(node_id), stage.marks(node_id), stage.look)
        else:
            self._paint_detailed(painter, ids)

    def _paint_detailed(self, painter: QPainter, ids: list[str]) -> None:
        stage = self.stage
        if self.drawing_to_keep or not self._cache.usable(painter):
            for node_id in ids:
                paint_card_at(painter, stage, stage.geometry.cards[node_id])
            return
        start = perf_counter()
        late = False
        for node_id in ids:
            card = stage.geometry.cards[node_id]
            in_time = perf_counter() - start < _BUDGET_S
            late |= not self._cache.draw(painter, stage, card, may_render=in_time)
        around = Rect.around(stage.geometry.cards[one].rect for one in ids) if late else None
        if around is not None:
            self.update(QRectF(*around))

    def _paint_batch(self, painter: QPainter, ids: list[str]) -> None:
        stage = self.stage
        groups: dict[str, list[QRectF]] = {}
        chosen: list[QRectF] = []
        for node_id in ids:
            card = stage.geometry.cards[node_id]
            box = QRectF(card.x, card.y, card.shape.width, card.shape.height)
            groups.setdefault(stage.face(node_id).category, []).append(box)
            if node_id in stage.document.selection.nodes:
                chosen.append(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for category, boxes in groups.items():
            painter.setBrush(stage.look.category(category))
            painter.drawRects(boxes)
        if chosen:
            pen = QPen(stage.look.ring, 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRects(chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_card_at(painter: QPainter, stage: Stage, card: Card) -> None:
    """Draw a card in full at its place, straight to the painter (used for export and where no picture is kept)."""
    painter.save()
    painter.translate(QPointF(card.x, card.y))
    draw_card(
        painter, card.shape, stage.face(card.node_id), stage.marks(card.node_id), stage.look, stage.wired(card.node_id)
    )
    painter.restore()

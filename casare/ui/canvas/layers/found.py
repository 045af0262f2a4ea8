"""What a search has found, over a veil that takes the rest back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from casare.foundation.rect import Rect
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers.base import DETAIL
from casare.ui.canvas.paint.card import draw_box
from casare.ui.canvas.paint.decor import draw_note
from casare.ui.canvas.stage import FoundMarks, Stage
from casare.ui.geometry.card import Card

_VEIL = 0.62
_ROUND = 10.0


def paint_found(painter: QPainter, stage: Stage, cache: CardCache, area: Rect, scale: float) -> None:
    """Lay the veil over `area` (scene px) and paint the found things on top of it, with rings around them.

    The cost is that of what is found and in view: the veil is one rectangle, and cards come from their pictures.
    """
    found = stage.found
    if found is None:
        return
    veil = QColor(stage.look.canvas)
    veil.setAlphaF(_VEIL)
    painter.fillRect(QRectF(*area), veil)
    graph = stage.document.graph
    boxes: list[tuple[str, QRectF]] = []
    for frame_id in found.frames:
        frame = graph.frames.get(frame_id)
        if frame is not None and Rect(*frame.position, *frame.size).touches(area):
            boxes.append((frame_id, QRectF(*frame.position, *frame.size)))
    for note_id in found.notes:
        note = graph.notes.get(note_id)
        if note is not None and Rect(*note.position, *note.size).touches(area):
            draw_note(painter, note, note_id in stage.document.selection.notes, stage.look)
            boxes.append((note_id, QRectF(*note.position, *note.size)))
    for card in _cards(stage, found, area):
        box = QRectF(card.x, card.y, card.shape.width, card.shape.height)
        _paint_card(painter, stage, cache, card, box, scale)
        boxes.append((card.node_id, box))
    _paint_rings(painter, stage, found, boxes)


def _cards(stage: Stage, found: FoundMarks, area: Rect) -> list[Card]:
    cards = stage.geometry.cards
    if len(found.nodes) < 256:
        near = [cards[one] for one in found.nodes if one in cards]
        return [card for card in near if card.rect.touches(area)]
    return [cards[one] for one in stage.geometry.nodes_in(area) if one in found.nodes]


def _paint_card(painter: QPainter, stage: Stage, cache: CardCache, card: Card, box: QRectF, scale: float) -> None:
    if scale >= DETAIL and cache.usable(painter):
        cache.draw(painter, stage, card, may_render=False)
    elif scale * card.shape.width < 12:
        painter.fillRect(box, stage.look.found)
    else:
        draw_box(painter, box, stage.face(card.node_id), stage.marks(card.node_id), stage.look)


def _paint_rings(painter: QPainter, stage: Stage, found: FoundMarks, boxes: list[tuple[str, QRectF]]) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(stage.look.found, 2)
    pen.setCosmetic(True)
    for key, box in boxes:
        pen.setWidthF(3.5 if key == found.current else 1.5)
        painter.setPen(pen)
        grow = 3 if key == found.current else 1.5
        painter.drawRoundedRect(box.adjusted(-grow, -grow, grow, grow), _ROUND, _ROUND)
    painter.restore()

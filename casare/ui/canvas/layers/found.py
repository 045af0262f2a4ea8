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
_DOTS = 0.1
"""Below this zoom what is found is shown as dots: a card is less than 20 px wide then."""
_FEW = 256


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
    cards = _cards(stage, found, area)
    if scale < _DOTS:
        _paint_dots(painter, stage, [card.rect for card in cards])
        boxes += [(card.node_id, _box(card)) for card in cards if card.node_id == found.current]
    else:
        for card in cards:
            _paint_card(painter, stage, cache, card, scale)
        boxes += [(card.node_id, _box(card)) for card in cards]
    _paint_rings(painter, stage, found, boxes, rounded=scale >= DETAIL)


def _box(card: Card) -> QRectF:
    return QRectF(card.x, card.y, card.shape.width, card.shape.height)


def _cards(stage: Stage, found: FoundMarks, area: Rect) -> list[Card]:
    cards = stage.geometry.cards
    if len(found.nodes) < _FEW or area.encloses(stage.geometry.bounds() or area):
        near = [cards[one] for one in found.nodes if one in cards]
        return [card for card in near if card.rect.touches(area)]
    return [cards[one] for one in stage.geometry.nodes_in(area) if one in found.nodes]


def _paint_dots(painter: QPainter, stage: Stage, rects: list[Rect]) -> None:
    """Paint cards that are hardly larger than a dot, all in one call."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(stage.look.found)
    painter.drawRects([QRectF(*rect) for rect in rects])
    painter.restore()


def _paint_card(painter: QPainter, stage: Stage, cache: CardCache, card: Card, scale: float) -> None:
    if scale >= DETAIL and cache.usable(painter):
        cache.draw(painter, stage, card, may_render=False)
    else:
        draw_box(painter, _box(card), stage.face(card.node_id), stage.marks(card.node_id), stage.look)


def _paint_rings(
    painter: QPainter, stage: Stage, found: FoundMarks, boxes: list[tuple[str, QRectF]], *, rounded: bool
) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(stage.look.found, 1.5)
    pen.setCosmetic(True)
    painter.setPen(pen)
    rings = [box.adjusted(-1.5, -1.5, 1.5, 1.5) for _, box in boxes]
    if rounded:
        for ring in rings:
            painter.drawRoundedRect(ring, _ROUND, _ROUND)
    elif rings:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRects(rings)
    pen.setWidthF(3.5)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for key, box in boxes:
        if key == found.current:
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), _ROUND, _ROUND)
    painter.restore()

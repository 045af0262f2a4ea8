"""What a search has found, over a veil that takes the rest back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from casare.app.documents.faces import UNKNOWN_CATEGORY
from casare.foundation.rect import Rect
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers.base import DETAIL
from casare.ui.canvas.paint.card import draw_box
from casare.ui.canvas.paint.decor import draw_note
from casare.ui.canvas.stage import FoundMarks, Stage
from casare.ui.geometry.card import Card
from casare.ui.geometry.metrics import HEADER_HEIGHT

_VEIL = 0.62
_ROUND = 10.0
_DOTS = 0.1
"""Below this zoom what is found is shown as dots: a card is less than 20 px wide then."""
_FEW = 256
_RING = 2.0
"""How wide the ring around a found box is, px of the screen."""


def paint_found(painter: QPainter, stage: Stage, cache: CardCache, parts: Sequence[Rect], scale: float) -> None:
    """Lay the veil over `parts` (scene px) and paint the found things on top of it, with rings around them.

    The cost is that of what is found and in view. Cards come from their pictures; from afar, thousands of them and
    their rings are a few calls of filled rectangles.
    """
    found = stage.found
    if found is None:
        return
    veil = QColor(stage.look.canvas)
    veil.setAlphaF(_VEIL)
    for part in parts:
        painter.fillRect(QRectF(*part), veil)
    boxes = _paint_decor(painter, stage, found, parts)
    cards = _cards(stage, found, parts)
    if scale < _DOTS and stage.heat is None:
        _paint_dots(painter, stage, cards)
    elif scale < _DOTS or (scale < DETAIL and len(cards) > _FEW):
        _paint_boxes(painter, stage, cards, scale)
    else:
        for card in cards:
            _paint_card(painter, stage, cache, card, scale)
        boxes += [_box(card) for card in cards]
    _paint_rings(painter, stage, boxes, rounded=scale >= DETAIL)
    _paint_current(painter, stage, found)


def _paint_decor(painter: QPainter, stage: Stage, found: FoundMarks, parts: Sequence[Rect]) -> list[QRectF]:
    """Paint the notes that are found; return their boxes and those of the frames."""
    graph = stage.document.graph
    boxes: list[QRectF] = []
    for frame_id in found.frames:
        frame = graph.frames.get(frame_id)
        box = stage.geometry.frame_rect(frame) if frame is not None else None
        if box is not None and any(box.touches(part) for part in parts):
            boxes.append(QRectF(*box))
    for note_id in found.notes:
        note = graph.notes.get(note_id)
        if note is not None and any(Rect(*note.position, *note.size).touches(part) for part in parts):
            draw_note(painter, note, note_id in stage.document.selection.notes, stage.look)
            boxes.append(QRectF(*note.position, *note.size))
    return boxes


def _box(card: Card) -> QRectF:
    return QRectF(card.x, card.y, card.shape.width, card.shape.height)


def _cards(stage: Stage, found: FoundMarks, parts: Sequence[Rect]) -> list[Card]:
    geometry = stage.geometry
    cards = geometry.cards
    bounds = geometry.bounds()
    if len(found.nodes) < _FEW or (bounds is not None and any(part.encloses(bounds) for part in parts)):
        near = [cards[one] for one in found.nodes if one in cards]
        return [card for card in near if any(card.rect.touches(part) for part in parts)]
    inside = dict.fromkeys(one for part in parts for one in geometry.nodes_in(part) if one in found.nodes)
    return [cards[one] for one in inside]


def _paint_dots(painter: QPainter, stage: Stage, cards: Sequence[Card]) -> None:
    """Paint cards that are hardly larger than a dot, all in one call."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(stage.look.found)
    painter.drawRects([_box(card) for card in cards])
    painter.restore()


def _paint_boxes(painter: QPainter, stage: Stage, cards: Sequence[Card], scale: float) -> None:
    """Paint many cards as boxes with rings: filled rectangles only, since stroking thousands costs ten times that."""
    look, ring = stage.look, _RING / scale
    layers = [
        (look.found, [_box(card).adjusted(-ring, -ring, ring, ring) for card in cards]),
        (look.body, [_box(card) for card in cards]),
        *_coloured(stage, cards, least=scale < _DOTS),
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, rects in layers:
        painter.setBrush(colour)
        painter.drawRects(rects)
    painter.restore()


def _coloured(stage: Stage, cards: Sequence[Card], *, least: bool) -> list[tuple[QColor, list[QRectF]]]:
    """Return the headers of cards, or with `least` the whole cards, by their colour: heat while that is shown."""
    look, nodes, heat = stage.look, stage.document.graph.nodes, stage.heat
    groups: dict[str | int, list[QRectF]] = {}
    for card in cards:
        step = stage.heat_step(card.node_id) if heat is not None else -1
        height = card.shape.height if least else min(HEADER_HEIGHT, card.shape.height)
        kind = nodes[card.node_id].type if step < 0 else step
        groups.setdefault(kind, []).append(QRectF(card.x, card.y, card.shape.width, height))

    def colour(kind: str | int) -> QColor:
        if isinstance(kind, int):
            return look.heat_ground(kind, heat is not None and heat.stale)
        spec = stage.document.catalog.find(kind)
        return look.category(spec.category if spec is not None else UNKNOWN_CATEGORY)

    return [(colour(kind), boxes) for kind, boxes in groups.items()]


def _paint_card(painter: QPainter, stage: Stage, cache: CardCache, card: Card, scale: float) -> None:
    if scale >= DETAIL and cache.usable(painter):
        cache.draw(painter, stage, card, may_render=False)
    else:
        draw_box(painter, _box(card), stage.face(card.node_id), stage.marks(card.node_id), stage.look)


def _paint_rings(painter: QPainter, stage: Stage, boxes: Sequence[QRectF], *, rounded: bool) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(stage.look.found, 1.5))
    rings = [box.adjusted(-1.5, -1.5, 1.5, 1.5) for box in boxes]
    if rounded:
        for ring in rings:
            painter.drawRoundedRect(ring, _ROUND, _ROUND)
    elif rings:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRects(rings)
    painter.restore()


def _paint_current(painter: QPainter, stage: Stage, found: FoundMarks) -> None:
    """Paint the heavier ring around the match that was gone to."""
    graph, key = stage.document.graph, found.current
    card, frame, note = stage.geometry.cards.get(key), graph.frames.get(key), graph.notes.get(key)
    if card is not None and key in found.nodes:
        box = _box(card)
    elif frame is not None and key in found.frames:
        box = QRectF(*stage.geometry.frame_rect(frame))
    elif note is not None and key in found.notes:
        box = QRectF(*note.position, *note.size)
    else:
        return
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(stage.look.found, 3.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), _ROUND, _ROUND)
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen

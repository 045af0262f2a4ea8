"""All cards that are in view and not in the hand."""

from __future__ import annotations

from time import thread_time

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from casare.foundation.rect import Rect
from casare.ui.canvas.card_cache import CardCache, Drawn
from casare.ui.canvas.layers.base import DETAIL, Layer
from casare.ui.canvas.layers.found import paint_found
from casare.ui.canvas.paint.card import MARGIN, draw_box, draw_card
from casare.ui.canvas.sheet import Sheets
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.card import Card

_BUDGET_S = 0.0045
"""How long one frame may spend on drawing cards anew, in processor time; the rest show their last picture and follow in
the next frame."""
_ZOOMING_S = 0.0025
"""The same while the zoom moves, when the next frame wants all of them anew."""

_RINGS_FROM = 0.08
"""Below this zoom a selected card is filled."""
_MANY_MARKED = 200


class CardLayer(Layer):
    """Paints the cards: in full from pictures that are kept, as boxes from afar, and many of those as one picture."""

    def __init__(self, stage: Stage, z: float, cache: CardCache, sheets: Sheets) -> None:
        super().__init__(stage, z)
        self._cache = cache
        self._sheets = sheets
        self._boxes: dict[str, QRectF] = {}
        """The boxes of what was marked, while nothing moves."""
        self._boxes_of = -1
        self._scale = 0.0
        """The zoom of the last frame."""
        self.drawing_to_keep = False
        """Set while a file is written: then every card is drawn from its shapes, in full or as a box."""

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the cards that touch `area`, and what a search has found over them."""
        self._paint_all(painter, area, scale)
        if not self.drawing_to_keep:
            paint_found(painter, self.stage, self._cache, self.parts(area), scale)

    def _paint_all(self, painter: QPainter, area: Rect, scale: float) -> None:
        stage = self.stage
        if stage.from_afar:
            ratio = painter.device().devicePixelRatioF()
            self._sheets.draw(painter, area, scale * ratio)
            self._paint_chosen(painter, area, scale)
            return
        found = [one for part in self.parts(area) for one in stage.geometry.nodes_in(part.grown(MARGIN))]
        lifted = stage.lift.gone
        ids = [one for one in dict.fromkeys(found) if one not in lifted]
        if scale < DETAIL:
            for node_id in ids:
                card = stage.geometry.cards[node_id]
                box = QRectF(card.x, card.y, card.shape.width, card.shape.height)
                draw_box(painter, box, stage.face(node_id), stage.marks(node_id), stage.look)
        else:
            self._paint_detailed(painter, ids, scale)

    def _paint_detailed(self, painter: QPainter, ids: list[str], scale: float) -> None:
        stage = self.stage
        if self.drawing_to_keep or not self._cache.usable(painter):
            for node_id in ids:
                paint_card_at(painter, stage, stage.geometry.cards[node_id])
            return
        budget = _BUDGET_S if scale == self._scale else _ZOOMING_S
        self._scale = scale
        start = thread_time()
        for node_id in ids:
            card = stage.geometry.cards[node_id]
            in_time = thread_time() - start < budget
            if self._cache.draw(painter, stage, card, may_render=in_time) is Drawn.SHARP:
                continue
            self.update(QRectF(*card.rect.grown(MARGIN)))

    def _paint_chosen(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Mark what is selected or critical over the pictures, which know nothing of it."""
        stage = self.stage
        # A card so small would be filled, and nothing be left of its heat; its wires say that it lies on the path.
        path = stage.critical_nodes if stage.heat is None or scale >= _RINGS_FROM else frozenset()
        marked = ((path, stage.look.critical), (stage.document.selection.nodes, stage.look.ring))
        for node_ids, colour in marked:
            draw_rings(painter, self._marked_boxes(node_ids, area), colour, scale)

    def _marked_boxes(self, node_ids: frozenset[str], area: Rect) -> list[QRectF]:
        """Return the boxes of those nodes that touch `area`."""
        geometry, gone = self.stage.geometry, self.stage.lift.gone
        cards = geometry.cards
        if len(node_ids) < _MANY_MARKED:
            inside = [cards[one] for one in node_ids if one in cards and one not in gone]
            return [QRectF(*one.rect) for one in inside if one.rect.touches(area)]
        if self._sheets.revision != self._boxes_of:
            self._boxes_of = self._sheets.revision
            self._boxes.clear()
        boxes = self._boxes
        bounds = geometry.bounds()
        if bounds is not None and area.encloses(bounds) and not geometry.folding.owner:
            seen = node_ids.intersection(cards) - gone
        else:
            seen = node_ids.intersection(geometry.nodes_touching(area)) - gone
        for one in seen - boxes.keys():
            boxes[one] = QRectF(*cards[one].rect)
        return [boxes[one] for one in seen]


def draw_rings(painter: QPainter, boxes: list[QRectF], colour: QColor, scale: float) -> None:
    """Mark boxes (scene px) that are seen from afar at the zoom `scale`."""
    if not boxes:
        return
    filled = scale < _RINGS_FROM
    pen = QPen(colour, 2)
    pen.setCosmetic(True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    # A ring of two pixels would leave nothing of a card so small, and takes ten times as long.
    painter.setPen(Qt.PenStyle.NoPen if filled else pen)
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawRects(boxes)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_card_at(painter: QPainter, stage: Stage, card: Card) -> None:
    """Draw a card in full at its place, straight to the painter (used for export and where no picture is kept)."""
    painter.save()
    painter.translate(QPointF(card.x, card.y))
    draw_card(
        painter, card.shape, stage.face(card.node_id), stage.marks(card.node_id), stage.look, stage.wired(card.node_id)
    )
    painter.restore()

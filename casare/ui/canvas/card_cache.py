"""Pictures of cards, so that a frame that changes nothing costs one blit per card.

A picture belongs to what the card shows, not to a node: equal cards share one. It is drawn for one zoom; while the zoom
moves, the last one is stretched until there is time to draw it anew.
"""

from __future__ import annotations

import enum
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from casare.app.documents.faces import Face
from casare.ui.canvas.paint.card import MARGIN, Marks, draw_card, draw_stand_in
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.card import Card, CardShape

_LIMIT_BYTES = 96 * 1024 * 1024

Key = tuple[int, Face, Marks, frozenset[tuple[str, bool]]]


class Drawn(enum.Enum):
    """How well a card could be drawn in the time there was. All but SHARP want to be drawn again soon."""

    SHARP = enum.auto()
    STRETCHED = enum.auto()
    BOX = enum.auto()


class _Picture(NamedTuple):
    pixmap: QPixmap
    scale: float
    shape: CardShape
    """Held so that its address, which is part of the key, stays its own."""


class CardCache:
    """Draws cards from kept pictures; the least recently used go first when they fill more than about 96 MB."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[Key, _Picture] = OrderedDict()
        self._bytes = 0

    def clear(self) -> None:
        """Drop all pictures, as after a change of theme or of screen."""
        self._pictures.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._pictures)

    def usable(self, painter: QPainter) -> bool:
        """Tell whether pictures may stand in for drawing: on a screen, not in a vector file."""
        return painter.paintEngine().type() in (QPaintEngine.Type.Raster, QPaintEngine.Type.OpenGL2)

    def draw(self, painter: QPainter, stage: Stage, card: Card, *, may_render: bool) -> Drawn:
        """Draw a card at its place: sharply when a picture fits or may be made, else with what there is."""
        transform = painter.worldTransform()
        ratio = painter.device().devicePixelRatioF()
        scale = transform.m11() * ratio
        node_id = card.node_id
        key: Key = (id(card.shape), stage.face(node_id), stage.marks(node_id), stage.wired(node_id))
        known = self._pictures.get(key)
        if known is None and not may_render:
            draw_stand_in(painter, card, key[1], key[2], stage.look)
            return Drawn.BOX
        if known is None or (known.scale != scale and may_render):
            known = self._render(key, card, scale, ratio, stage)
        else:
            self._pictures.move_to_end(key)
        if known.scale == scale:
            # On whole pixels of the screen, so that text stays as sharp as it was drawn.
            corner = transform.map(QPointF(card.x - MARGIN, card.y - MARGIN))
            painter.setWorldMatrixEnabled(False)
            at = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
            painter.drawPixmap(at, known.pixmap)
            painter.setWorldMatrixEnabled(True)
            return Drawn.SHARP
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        target = QRectF(card.x, card.y, card.shape.width, card.shape.height).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        painter.drawPixmap(target, known.pixmap, QRectF(0, 0, known.pixmap.width(), known.pixmap.height()))
        return Drawn.STRETCHED

    def _render(self, key: Key, card: Card, scale: float, ratio: float, stage: Stage) -> _Picture:
        width, height = card.shape.width + 2 * MARGIN, card.shape.height + 2 * MARGIN
        pixmap = QPixmap(max(1, round(width * scale)), max(1, round(height * scale)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        painter.translate(MARGIN, MARGIN)
        draw_card(painter, card.shape, key[1], key[2], stage.look, key[3])
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        picture = _Picture(pixmap, scale, card.shape)
        self._drop(key)
        self._pictures[key] = picture
        self._bytes += pixmap.width() * pixmap.height() * 4
        while self._bytes > _LIMIT_BYTES and len(self._pictures) > 1:
            self._drop(next(iter(self._pictures)))
        return picture

    def _drop(self, key: Key) -> None:
        old = self._pictures.pop(key, None)
        if old is not None:
            self._bytes -= old.pixmap.width() * old.pixmap.height() * 4

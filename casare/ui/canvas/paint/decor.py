"""Frames, notes, and the dots of the grid."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTextDocument, QTextOption

from casare.model import Frame, Note
from casare.ui.canvas.look import RING_WIDTH, CanvasLook
from casare.ui.canvas.paint.text import draw_text
from casare.ui.geometry.metrics import CARD_RADIUS, FRAME_TITLE_HEIGHT, GRID
from casare.ui.theme.qt_colour import qcolor

_DOT = 1.6
"""Side of a dot, px of the screen."""
TOTAL_HEIGHT = 15
"""How far what a frame costs reaches beyond it (scene px)."""
_DOTS_APART = 14.0
"""Dots closer than this on the screen (px) are thinned out."""


def draw_grid(painter: QPainter, exposed: QRectF, scale: float, look: CanvasLook) -> None:
    """Draw the grid's dots in `exposed` (scene px); far away only every fifth, and so on.

    A row of dots is a picture that is drawn once for each row: four thousand single points cost eighty times as much.
    """
    step = float(GRID)
    while step * scale < _DOTS_APART:
        step *= 5
    left, top = floor(exposed.left() / step), floor(exposed.top() / step)
    right, bottom = ceil(exposed.right() / step), ceil(exposed.bottom() / step)
    transform = painter.worldTransform()
    ratio = painter.device().devicePixelRatioF()
    row = _row_of_dots(step * scale, right - left + 1, look.grid_dot.rgba(), ratio)
    painter.setWorldMatrixEnabled(False)
    for y in range(top, bottom + 1):
        at = transform.map(QPointF(left * step, y * step))
        painter.drawPixmap(QPointF(round(at.x() * ratio) / ratio, round(at.y() * ratio) / ratio), row)
    painter.setWorldMatrixEnabled(True)


@lru_cache(maxsize=64)
def _row_of_dots(apart: float, count: int, colour: int, ratio: float) -> QPixmap:
    """Return `count` dots in a row, `apart` px of the screen from each other."""
    size = max(1, round(_DOT * ratio))
    row = QPixmap(round(apart * ratio * (count - 1)) + size, size)
    row.fill(Qt.GlobalColor.transparent)
    painter = QPainter(row)
    dot = QColor.fromRgba(colour)
    for number in range(count):
        painter.fillRect(round(number * apart * ratio), 0, size, size, dot)
    painter.end()
    row.setDevicePixelRatio(ratio)
    return row


def colour_of(value: Any, look: CanvasLook, fallback: QColor) -> QColor:
    """Return the colour a file gives a frame or note: a name, `#rrggbb`, a category, {r,g,b} or a list of numbers."""
    if isinstance(value, str) and value:
        named = QColor.fromString(value)
        if named.isValid():
            return named
        return look.category(value) if value in look.theme.categories else fallback
    if isinstance(value, dict):
        value = [value.get(key) for key in "rgb"]
    if isinstance(value, (list, tuple)) and len(value) >= 3:
        parts = [part for part in value[:3] if isinstance(part, (int, float)) and 0 <= part <= 255]
        if len(parts) == 3:
            return QColor(*(int(part) for part in parts))
    return fallback


class Total(NamedTuple):
    """What is inside a frame costs; an empty text for nothing to say."""

    text: str = ""
    stale: bool = False
    """Whether that is of an earlier state."""


NO_TOTAL = Total()


def draw_frame(painter: QPainter, frame: Frame, selected: bool, look: CanvasLook, total: Total = NO_TOTAL) -> None:
    """Draw a frame at its place (scene px): a tinted ground, its title at the top, above it what it costs."""
    rect = QRectF(*frame.position, *frame.size)
    colour = colour_of(frame.color, look, look.category("flow"))
    ground = QColor(colour)
    ground.setAlphaF(0.10 if look.theme.dark else 0.08)
    line = QColor(colour)
    line.setAlphaF(0.45)
    painter.setBrush(ground)
    painter.setPen(QPen(look.ring, RING_WIDTH) if selected else QPen(line, 1))
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    title = QRectF(rect.x() + 12, rect.y(), rect.width() - 24, FRAME_TITLE_HEIGHT)
    draw_text(painter, title, frame.title, look.frame_font, look.text)
    draw_total(painter, rect, total, look)
    _draw_grip(painter, rect, look)


def draw_total(painter: QPainter, box: QRectF, total: Total, look: CanvasLook) -> None:
    """Draw above the right corner of a frame what it costs, as it stands above cards."""
    above = QRectF(box.x(), box.y() - TOTAL_HEIGHT, box.width() - 2, TOTAL_HEIGHT)
    ink = look.muted if total.stale else look.secondary
    draw_text(painter, above, total.text, look.badge_font, ink, Qt.AlignmentFlag.AlignRight)


def draw_note(painter: QPainter, note: Note, selected: bool, look: CanvasLook) -> None:
    """Draw a sticky note at its place (scene px), its text as Markdown."""
    rect = QRectF(*note.position, *note.size)
    ground = colour_of(note.color, look, qcolor(look.theme.note_ground))
    painter.setBrush(ground)
    painter.setPen(QPen(look.ring, RING_WIDTH) if selected else QPen(look.border, 1))
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    painter.save()
    inner = rect.adjusted(12, 10, -12, -10)
    painter.setClipRect(inner)
    painter.translate(inner.topLeft())
    document = QTextDocument()
    document.setDefaultFont(look.note_font)
    document.setDocumentMargin(0)
    document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    document.setTextWidth(inner.width())
    document.setMarkdown(note.text or "*Double-click to write*")
    _draw_document(painter, document, look.text if note.text else look.muted)
    painter.restore()
    _draw_grip(painter, rect, look)


def _draw_document(painter: QPainter, document: QTextDocument, colour: QColor) -> None:
    from PySide6.QtGui import QAbstractTextDocumentLayout, QPalette

    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, colour)
    context.palette = palette
    document.documentLayout().draw(painter, context)


def _draw_grip(painter: QPainter, rect: QRectF, look: CanvasLook) -> None:
    painter.setPen(QPen(look.outline, 1))
    for inset in (4.0, 8.0):
        painter.drawLine(
            QPointF(rect.right() - inset - 3, rect.bottom() - 4), QPointF(rect.right() - 4, rect.bottom() - inset - 3)
        )

"""The small picture of a workflow that previews show: boxes in their category's colour, wires between."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from casare.storage import Picture
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import Theme

_SMALLEST = 3.0
"""A box is never drawn smaller than this (px)."""
_WIDEST = 56.0
"""A box is never drawn wider than this (px): three nodes should not fill a card."""


def paint_picture(painter: QPainter, rect: QRectF, picture: Picture, theme: Theme) -> None:
    """Paint a workflow's picture in the middle of `rect` (px), keeping its proportions."""
    area = _fitted(rect, picture)
    if area.width() <= 0 or area.height() <= 0:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect)
    boxes = picture.boxes()
    wires = picture.wires()
    pen_colour = QColor(qcolor(theme.text_muted))
    # The more wires, the fainter each: the tangle of a huge graph must not drown its boxes.
    pen_colour.setAlphaF(max(0.14, min(0.7, 40 / max(len(wires), 1))))
    painter.setPen(QPen(pen_colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x1, y1, x2, y2 in wires:
        painter.drawPath(_wire(_at(area, x1, y1), _at(area, x2, y2)))
    painter.setPen(Qt.PenStyle.NoPen)
    for box in boxes:
        painter.setBrush(qcolor(theme.category(box.category)))
        size = QRectF(0, 0, max(box.width * area.width(), _SMALLEST), max(box.height * area.height(), _SMALLEST))
        size.moveTopLeft(_at(area, box.x, box.y))
        radius = min(3.0, size.height() / 3)
        painter.drawRoundedRect(size, radius, radius)
    painter.restore()


def _fitted(rect: QRectF, picture: Picture) -> QRectF:
    width, height = rect.width(), rect.width() / picture.aspect
    if height > rect.height():
        width, height = rect.height() * picture.aspect, rect.height()
    widest = max((box.width for box in picture.boxes()), default=0.0)
    shrink = min(1.0, _WIDEST / (widest * width)) if widest * width else 1.0
    width, height = width * shrink, height * shrink
    return QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)


def _at(area: QRectF, x: float, y: float) -> QPointF:
    return QPointF(area.x() + x * area.width(), area.y() + y * area.height())


def _wire(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    bend = max(3.0, abs(end.x() - start.x()) / 2)
    path.cubicTo(QPointF(start.x() + bend, start.y()), QPointF(end.x() - bend, end.y()), end)
    return path

"""Portals: a name in a tag at either end of a wire that is not drawn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from casare.foundation.rect import Rect
from casare.sdk import Port
from casare.ui.canvas.look import CanvasLook
from casare.ui.canvas.paint.text import draw_text
from casare.ui.geometry.portals import PortalTags

_POINT = 7.0
"""How far the pointed side of a tag reaches in."""


def draw_portal(
    painter: QPainter, tags: PortalTags, port: Port | None, look: CanvasLook, *, chosen: bool, hovered: bool
) -> None:
    """Draw both tags, each pointing the way the wire runs, with a short end of the wire to its port."""
    colour = look.port_colour(port)
    pen = look.wire_pen(port)
    for box, towards_port, at in ((tags.source, False, tags.start), (tags.target, True, tags.end)):
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = box.right if towards_port else box.x
        path = QPainterPath(QPointF(*at))
        path.lineTo(edge, box.y + box.height / 2)
        painter.drawPath(path)
        _draw_tag(painter, box, tags.name, colour, look, chosen=chosen, hovered=hovered)


def _draw_tag(
    painter: QPainter, box: Rect, name: str, colour: QColor, look: CanvasLook, *, chosen: bool, hovered: bool
) -> None:
    shape = QPainterPath(QPointF(box.x, box.y))
    shape.lineTo(box.right - _POINT, box.y)
    shape.lineTo(box.right, box.y + box.height / 2)
    shape.lineTo(box.right - _POINT, box.bottom)
    shape.lineTo(box.x, box.bottom)
    shape.closeSubpath()
    painter.setBrush(look.overlay)
    if chosen or hovered:
        painter.setPen(QPen(look.ring if chosen else look.outline, 3))
        painter.drawPath(shape)
    painter.setPen(QPen(colour, 1.4))
    painter.drawPath(shape)
    text = QRectF(box.x + 7, box.y, box.width - 7 - _POINT, box.height)
    draw_text(painter, text, name, look.text_font, look.text)

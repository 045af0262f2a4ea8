"""Frames that are folded to a box: a title, how much is inside, and the ports by which wires go in and out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from casare.model import Frame
from casare.sdk import Port
from casare.ui.canvas.look import RING_WIDTH, CanvasLook
from casare.ui.canvas.paint.decor import NO_TOTAL, Total, colour_of, draw_total
from casare.ui.canvas.paint.port import draw_port
from casare.ui.canvas.paint.text import draw_text
from casare.ui.geometry.card import PLAIN_CONTROL
from casare.ui.geometry.folding import FoldedBox
from casare.ui.geometry.metrics import CARD_RADIUS, FRAME_TITLE_HEIGHT, ROW_HEIGHT

_INSET = 12
_STACKED = 4
"""How far the sheets behind the box look out, which say that there is more inside."""


def draw_folded(
    painter: QPainter,
    frame: Frame,
    box: FoldedBox,
    names: Mapping[str, str],
    look: CanvasLook,
    total: Total = NO_TOTAL,
    *,
    chosen: bool,
) -> None:
    """Draw the box at its place (scene px). `names` are the titles of the nodes whose ports it shows."""
    rect = QRectF(frame.position[0], frame.position[1], box.rect.width, box.rect.height)
    colour = colour_of(frame.color, look, look.category("flow"))
    line = QColor(colour)
    line.setAlphaF(0.55)
    painter.setBrush(look.body)
    painter.setPen(QPen(line, 1))
    painter.drawRoundedRect(rect.translated(_STACKED, _STACKED), CARD_RADIUS, CARD_RADIUS)
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    tint = QColor(colour)
    tint.setAlphaF(0.16 if look.theme.dark else 0.12)
    painter.setBrush(tint)
    painter.setPen(QPen(look.ring, RING_WIDTH) if chosen else QPen(line, 1))
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    count = f"{len(box.nodes)} node" + ("" if len(box.nodes) == 1 else "s")
    head = QRectF(rect.x() + _INSET, rect.y(), rect.width() - 2 * _INSET, FRAME_TITLE_HEIGHT)
    draw_text(painter, head, count, look.text_font, look.secondary, Qt.AlignmentFlag.AlignRight)
    draw_text(painter, head.adjusted(0, 0, -64, 0), frame.title, look.frame_font, look.text)
    draw_total(painter, rect, total, look)
    painter.setPen(QPen(line, 1))
    below = rect.y() + FRAME_TITLE_HEIGHT
    painter.drawLine(QPointF(rect.x(), below), QPointF(rect.right(), below))
    sides = {one.is_output for one in box.ports}
    if not box.ports:
        draw_text(painter, head.translated(0, FRAME_TITLE_HEIGHT), "No wires in or out", look.text_font, look.muted)
    width = (rect.width() / 2 if len(sides) == 2 else rect.width()) - _INSET - 4
    for one in box.ports:
        x, y = (rect.right() if one.is_output else rect.x()), rect.y() + one.y
        draw_port(painter, one.port, x, y, look, filled=True)
        text = port_label(names.get(one.node_id, one.node_id), one.port)
        left = rect.right() - _INSET - width if one.is_output else rect.x() + _INSET
        align = Qt.AlignmentFlag.AlignRight if one.is_output else Qt.AlignmentFlag.AlignLeft
        area = QRectF(left, y - ROW_HEIGHT / 2, width, ROW_HEIGHT)
        draw_text(painter, area, text, look.text_font, look.secondary, align)


def port_label(node: str, port: Port) -> str:
    """Return what stands beside a port of a box: the node it belongs to, and which one of several it is."""
    return node if port.name in PLAIN_CONTROL else f"{node} · {port.title}"

"""The picture under the pointer while an entry is dragged: the card that will be."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPixmap

from casare.catalog import PaletteEntry
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_S, TEXT_BODY, Theme

WIDTH, HEIGHT, HEADER = 200, 60, 28


def ghost_pixmap(entry: PaletteEntry, theme: Theme, ratio: float) -> QPixmap:
    """Return the card of an entry, a little transparent, for a screen of `ratio` pixels to one."""
    pixmap = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.9)
    body = QRectF(0.5, 0.5, WIDTH - 1, HEIGHT - 1)
    shape = QPainterPath()
    shape.addRoundedRect(body, RADIUS_CARD, RADIUS_CARD)
    painter.fillPath(shape, qcolor(theme.node_body))
    painter.setClipPath(shape)
    painter.fillRect(QRectF(0, 0, WIDTH, HEADER), qcolor(theme.header_ground(entry.category)))
    painter.fillRect(QRectF(0, 0, 3, HEADER), qcolor(theme.category(entry.category)))
    painter.setClipping(False)
    painter.setPen(QPen(qcolor(theme.selection_ring), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    icon = icon_pixmap(entry.icon, theme.category(entry.category), 14, ratio)
    painter.drawPixmap(QPointF(SPACE_S + 2, (HEADER - 14) / 2), icon)
    painter.setFont(ui_font(TEXT_BODY, QFont.Weight.DemiBold))
    painter.setPen(qcolor(theme.text))
    room = QRectF(SPACE_S + 22, 0, WIDTH - SPACE_S * 2 - 22, HEADER)
    title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, round(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
    painter.end()
    return pixmap

"""The ring around what has the keyboard focus, for widgets that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_FIELD, Theme

WIDTH = 2.0


def paint_focus_ring(painter: QPainter, rect: QRectF, theme: Theme, radius: float = RADIUS_FIELD) -> None:
    """Draw the focus ring, 2 px wide, just inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qcolor(theme.focus_ring), WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = WIDTH / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)
    painter.restore()

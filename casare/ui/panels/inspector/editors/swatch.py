"""A button that shows a colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import FIELD_HEIGHT, RADIUS_FIELD
from casare.ui.widgets.focus_ring import paint_focus_ring


class Swatch(QAbstractButton):
    """Show a colour; a stroke across stands for none."""

    def __init__(self, colour: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor(colour)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("Choose a colour…")

    def set_colour(self, colour: str) -> None:
        """Show another colour, given as Qt understands it; anything else is none."""
        self._colour = QColor(colour) if QColor.isValidColorName(colour) else QColor()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square as high as a field."""
        return QSize(FIELD_HEIGHT, FIELD_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colour."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(qcolor(theme.outline), 1))
        painter.setBrush(self._colour if self._colour.isValid() else qcolor(theme.field))
        painter.drawRoundedRect(rect, 4, 4)
        if not self._colour.isValid():
            painter.drawLine(rect.bottomLeft(), rect.topRight())
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), theme, RADIUS_FIELD)
        painter.end()

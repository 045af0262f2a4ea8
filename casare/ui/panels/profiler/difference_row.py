"""A row that says how many more points a rule takes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.panels.profiler.rows import draw_line
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_S, TEXT_BODY

_POINTS_WIDTH = 56


class DifferenceRow(QWidget):
    """Show a rule and a difference at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._points = "", 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rule(self, title: str, more: float) -> None:
        """Show a rule and how many more points it takes in the second than in the first."""
        self._title, self._points = title, -more
        self.setAccessibleName(f"{title}: {-more:+g} points")
        self.setToolTip(title)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(160, ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw title and difference."""
        theme = current_theme()
        painter = QPainter(self)
        rect = self.rect().adjusted(SPACE_S, 0, -SPACE_S, 0)
        right = QRect(rect.right() - _POINTS_WIDTH, rect.top(), _POINTS_WIDTH, rect.height())
        told = f"{self._points:+g}".replace("-", "−")
        colour = theme.ok if self._points > 0 else theme.error
        draw_line(painter, right, told, colour, ui_font(TEXT_BODY, tabular=True), Qt.AlignmentFlag.AlignRight)
        name = rect.adjusted(0, 0, -_POINTS_WIDTH - SPACE_S, 0)
        draw_line(painter, name, self._title, theme.text, ui_font(TEXT_BODY))
        painter.end()

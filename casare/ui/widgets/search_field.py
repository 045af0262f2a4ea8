"""A field to search with."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.icon_button import IconButton

_ICON = 14
_BUTTON = 22


class SearchField(QLineEdit):
    """Take a search text; Esc empties the field, and passes on when it is empty already."""

    def __init__(self, placeholder: str = "Search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._clear = IconButton("x", "Clear", self, 12)
        self._clear.setFixedSize(QSize(_BUTTON, _BUTTON))
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self.setTextMargins(_ICON + SPACE_S - 2, 0, _BUTTON - 4, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field at Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the clear button at the right end."""
        super().resizeEvent(event)
        self._clear.move(self.width() - _BUTTON - 3, (self.height() - _BUTTON) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the magnifying glass."""
        super().paintEvent(event)
        theme = current_theme()
        colour = theme.text_secondary if self.hasFocus() else theme.text_muted
        painter = QPainter(self)
        at = QPoint(SPACE_S, (self.height() - _ICON) // 2)
        paint_icon(painter, at, "search", colour if self.isEnabled() else theme.text_disabled, _ICON)
        painter.end()

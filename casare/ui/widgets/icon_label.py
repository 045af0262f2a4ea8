"""An icon by itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.tokens import ICON_SIZE


class IconLabel(QWidget):
    """Show an icon of the set in the colour of a theme token, `size` pixels square.

    Decoration: it has no accessible name unless it is given one.
    """

    def __init__(
        self, name: str, token: str = "text_secondary", size: int = ICON_SIZE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon, in the colour of another token if one is named."""
        self._name, self._token = name, token or self._token
        self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's size."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in the middle."""
        theme = current_theme()
        colour = getattr(theme, self._token) if self.isEnabled() else theme.text_disabled
        painter = QPainter(self)
        at = QPoint((self.width() - self._size) // 2, (self.height() - self._size) // 2)
        paint_icon(painter, at, self._name, colour, self._size)
        painter.end()

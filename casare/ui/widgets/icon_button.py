"""A button that is only an icon."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QToolButton, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon
from casare.ui.theme.tokens import ICON_SIZE, Theme


class IconButton(QToolButton):
    """Offer one act by an icon; `text` is its tool tip and what a screen reader says."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None, size: int = ICON_SIZE) -> None:
        super().__init__(parent)
        self._name = name
        self._theme: Theme | None = None
        self.setIconSize(QSize(size, size))
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setAutoRaise(True)
        self._dress()

    def set_icon(self, name: str) -> None:
        """Show another icon of the set."""
        self._name, self._theme = name, None
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        if theme is not self._theme:
            self._theme = theme
            self.setIcon(icon(self._name, theme))

"""The base of widgets that set up something by theme, beyond what they paint."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.tokens import Theme

_RETHEMES = frozenset({QEvent.Type.StyleChange, QEvent.Type.ApplicationPaletteChange})


class ThemedFrame(QFrame):
    """Call `retheme` at first show and whenever the theme becomes another one.

    Widgets that only paint need no more than `current_theme()` in their paint event: a new theme repaints everything.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_theme: Theme | None = None

    def retheme(self, theme: Theme) -> None:
        """Set what depends on the theme; for subclasses to fill."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        super().changeEvent(event)
        if event.type() in _RETHEMES:
            self.ensure_theme()

    def event(self, event: QEvent) -> bool:
        """Dress before the first look."""
        if event.type() == QEvent.Type.Polish:
            self.ensure_theme()
        return super().event(event)

    def ensure_theme(self) -> None:
        """Bring the widget to the theme that is on, unless it is there already."""
        theme = current_theme()
        if theme is not self._shown_theme:
            self._shown_theme = theme
            self.retheme(theme)
            self.update()

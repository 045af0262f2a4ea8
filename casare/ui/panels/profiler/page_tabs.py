"""The tabs of the report: icons with names where there is room, else icons and the name of the one in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon
from casare.ui.theme.tokens import SPACE_S

_ICON = 16


class PageTabs(QTabBar):
    """Name the pages of a report. The left and right keys move between them."""

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Take the name and the icon of each page."""
        super().__init__(parent)
        self._names = [name for name, _ in pages]
        self._icons = [held for _, held in pages]
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setIconSize(QSize(_ICON, _ICON))
        # Six icons and a name have to fit into a narrow dock.
        self.setStyleSheet(f"QTabBar::tab {{ padding-left: {SPACE_S}px; padding-right: {SPACE_S}px; }}")
        self.setAccessibleName("Parts of the report")
        # After a click the arrow keys go on from there.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name in self._names:
            self.addTab(name)
        self.currentChanged.connect(self._fit)
        self._dress()
        self._fit()

    def name(self, at: int) -> str:
        """Return what a page is called, whether that is on show or not."""
        return self._names[at]

    def set_name(self, at: int, name: str) -> None:
        """Call a page something else."""
        if name != self._names[at]:
            self._names[at] = name
            self._fit()

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """Return the size of a tab; one without its name is as wide as its icon and some air."""
        size = super().tabSizeHint(index)
        return size if self.tabText(index) else QSize(_ICON + 2 * SPACE_S - 2, size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as many pages as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()

    def _fit(self) -> None:
        metrics, front = self.fontMetrics(), self.currentIndex()
        around = (
            super().tabSizeHint(front).width() - metrics.horizontalAdvance(self.tabText(front)) if front >= 0 else 0
        )
        wanted = sum(metrics.horizontalAdvance(name) + around for name in self._names)
        roomy = wanted <= self.width()
        for at, name in enumerate(self._names):
            shown = name if roomy or at == self.currentIndex() else ""
            if self.tabText(at) != shown:
                self.setTabText(at, shown)
            self.setTabToolTip(at, "" if shown else name)
            self.setAccessibleTabName(at, name)

    def _dress(self) -> None:
        theme = current_theme()
        for at, held in enumerate(self._icons):
            self.setTabIcon(at, icon(held, theme, theme.text_secondary))

"""The title of a dock: a quiet caption, gone while a tab says the same."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QSizePolicy, QWidget

from casare.ui.theme.tokens import SPACE_M, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_button import IconButton

_HEIGHT = 34


class DockTitle(QWidget):
    """Name a dock and close it. The dock can be dragged by it."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._label = ElidedLabel("", "section")
        font = QFont(self._label.font())
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        self._label.setFont(font)
        self._close = IconButton("x", f"Close {dock.windowTitle().lower()}", size=12)
        self._close.clicked.connect(dock.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_XS, SPACE_XS, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        dock.windowTitleChanged.connect(self._show_title)
        self._show_title(dock.windowTitle())

    def sizeHint(self) -> QSize:
        """Return a row, or nothing while it is folded away."""
        return QSize(60, 0 if self.isHidden() else _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return what `sizeHint` says: the dock must not squeeze its name."""
        return self.sizeHint()

    def _show_title(self, title: str) -> None:
        self._label.setText(title.upper())

"""The caption over a part of a panel."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel


class SectionHeader(QWidget):
    """Head a part of a panel with a caption in capitals; what explains it stands at the right."""

    def __init__(self, title: str, trailing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel("", "section")
        font = QFont(self._title.font())
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        self._title.setFont(font)
        self._trailing = TextLabel(trailing, "caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, SPACE_S, 0, 4)
        self._row.setSpacing(SPACE_S)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._trailing)
        self.set_title(title, trailing)

    def set_title(self, title: str, trailing: str = "") -> None:
        """Show another caption and another text at the right."""
        self._title.setText(title.upper())
        self._title.setAccessibleName(title)
        self._trailing.setText(trailing)
        self._trailing.setVisible(bool(trailing))
        self.setAccessibleName(title)

    def add_widget(self, widget: QWidget) -> None:
        """Put a widget, such as a button, at the right end."""
        self._row.addWidget(widget)

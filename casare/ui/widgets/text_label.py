"""Labels in the styles of the type scale."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

Kind = Literal[
    "body", "caption", "secondary", "muted", "section", "title", "figure", "heading", "ok", "warning", "error"
]


class TextLabel(QLabel):
    """Show plain text in one of the styles the stylesheet knows; markup is shown as written."""

    def __init__(self, text: str = "", kind: Kind = "body", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        self.setText(text)

    @property
    def kind(self) -> str:
        """The style of the text."""
        return str(self.property("kind"))

    @kind.setter
    def kind(self, kind: Kind) -> None:
        if kind != self.kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

"""What every page of the inspector has in common: it scrolls, and it shows one document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casare.app.level import Level
from casare.model import Change
from casare.ui.theme.tokens import SPACE_M


class Page(QScrollArea):
    """A column of widgets that scrolls up and down and never sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Level | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setObjectName("content")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        self.column.setSpacing(SPACE_M)
        self.setWidget(content)

    def refresh(self) -> None:
        """Show the document and its selection as they are now."""

    def do(self, change: Change | None, *, typing: str = "") -> None:
        """Carry out an edit; edits with the same `typing` token become one step until the field is left."""
        if self.document is not None:
            self.document.do(change, merge=f"typing:{typing}" if typing else "")

    def seal(self) -> None:
        """End the step that typing has made."""
        if self.document is not None:
            self.document.seal()

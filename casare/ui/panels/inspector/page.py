"""What every page of the inspector has in common: it scrolls, and it shows one document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from casare.app.documents.level import Level
from casare.model import Change
from casare.ui.panels.inspector.parameter_form import ParameterForm
from casare.ui.theme.tokens import SPACE_M, SPACE_XS
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.reading_order import put_in_reading_order
from casare.ui.widgets.text_label import TextLabel


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
        self._lock_line: QWidget | None = None
        self._content = content
        self.setWidget(content)

    def lock(self, frozen: bool) -> None:
        """Let what is shown from now on be read and copied, and not edited; or let it be edited again."""
        for form in self.findChildren(ParameterForm):
            form.frozen = frozen
        if frozen and self._lock_line is None:
            self._lock_line = _lock_line()
            self.column.insertWidget(0, self._lock_line)
        if self._lock_line is not None:
            self._lock_line.setVisible(frozen)

    def refresh(self) -> None:
        """Show the document and its selection as they are now."""

    def put_in_order(self) -> None:
        """Let Tab go through the page as it is read."""
        put_in_reading_order(self._content)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on as the page is read: what came or went since the last press is counted in."""
        self.put_in_order()
        return super().focusNextPrevChild(forward)

    def do(self, change: Change | None, *, typing: str = "") -> None:
        """Carry out an edit; edits with the same `typing` token become one step until the field is left."""
        if self.document is not None:
            self.document.do(change, merge=f"typing:{typing}" if typing else "")

    def seal(self) -> None:
        """End the step that typing has made."""
        if self.document is not None:
            self.document.seal()


def _lock_line() -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_XS)
    row.addWidget(IconLabel("lock", "warning", 14), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(TextLabel("Frozen: you can read and copy this, and not edit it.", "secondary", wrap=True), 1)
    return line

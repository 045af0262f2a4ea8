"""A label that shortens its text instead of asking for room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.widgets.text_label import Kind, TextLabel


class ElidedLabel(TextLabel):
    """Show one line of text, shortened with an ellipsis to the width there is; the whole text is the tool tip then."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = "body",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, kind, parent=parent)
        self._mode = mode
        self._own_tip = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def shown_text(self) -> str:
        """The text as it is shown, shortened or not."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tool tip up when the text no longer fits."""
        super().resizeEvent(event)
        self._update_tip()

    def event(self, event: QEvent) -> bool:
        """Check the tool tip right before it is needed, as the text may have changed."""
        if event.type() == QEvent.Type.ToolTip:
            self._update_tip()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shortened text."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = self.alignment() | Qt.TextFlag.TextSingleLine
        painter.drawText(self.contentsRect(), flags, self.shown_text)
        painter.end()

    def _update_tip(self) -> None:
        elided = self.shown_text != self.text()
        if elided and not self.toolTip():
            self._own_tip = True
            self.setToolTip(self.text())
        elif self._own_tip:
            self.setToolTip(self.text() if elided else "")
            self._own_tip = elided

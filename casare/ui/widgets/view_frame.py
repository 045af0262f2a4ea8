"""The frame round a list, a table or a tree that stands among fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QFrame, QVBoxLayout, QWidget


class ViewFrame(QFrame):
    """Frame a view like a field: the border tells that it has the focus, or that something is wrong with it."""

    def __init__(self, view: QAbstractItemView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "view")
        inner = QVBoxLayout(self)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.addWidget(view)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus of the view."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        return super().eventFilter(watched, event)

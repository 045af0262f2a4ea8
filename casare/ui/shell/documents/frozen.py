"""Keep a person from beginning edits on a canvas that is frozen, while looking around stays possible."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_DROPS = (QEvent.Type.DragEnter, QEvent.Type.Drop, QEvent.Type.ContextMenu)


class FrozenGuard(QObject):
    """Swallow what would begin an edit on the canvas; panning with the middle button and zooming still work.

    What gets past it, such as a command from a menu, is refused by the document itself.
    """

    def __init__(self, document: Document, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._document = document
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let only what looks around through."""
        if not self._document.frozen:
            return False
        if event.type() in _PRESSES and isinstance(event, QMouseEvent):
            return event.button() is not Qt.MouseButton.MiddleButton
        return event.type() in _DROPS or super().eventFilter(watched, event)

"""What an empty canvas says: how to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casare.app.documents.level import Level
from casare.events import GraphChanged
from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.key_cap import KeyCap
from casare.ui.widgets.text_label import TextLabel


class EmptyHint(QWidget):
    """Lie in the middle of a canvas while it has no nodes; every press goes through to the canvas."""

    def __init__(self, document: Level, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._document = document
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_S)
        column.addWidget(IconLabel("workflow", "text_muted", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(TextLabel("Drag a node here to begin", "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        self._before = TextLabel("or press", "muted")
        self._cap = KeyCap("Tab")
        self._after = TextLabel("to search all of them", "muted")
        for part in (self._before, self._cap, self._after):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        document.changed.connect(self._on_changed)
        canvas.installEventFilter(self)
        self._show_state()

    @property
    def text(self) -> str:
        """What the second line says."""
        cap = self._cap.accessibleName() if not self._cap.isHidden() else ""
        return " ".join(part for part in (self._before.text(), cap, self._after.text()) if part)

    def show_keys(self, keys_of: Callable[[str], str]) -> None:
        """Name the key that adds a node; without one, the double-click that always does."""
        key = keys_of("node.add")
        self._before.setText("or press" if key else "or double-click")
        self._cap.setVisible(bool(key))
        if key:
            self._cap.set_shortcut(key)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _on_changed(self, fact: GraphChanged) -> None:
        if fact.nodes or fact.notes:
            self._show_state()

    def _show_state(self) -> None:
        self._place()
        self.setVisible(not self._document.graph.nodes and not self._document.graph.notes)

    def _place(self) -> None:
        self.resize(self.sizeHint())
        self.move((self._canvas.width() - self.width()) // 2, (self._canvas.height() - self.height()) * 2 // 5)

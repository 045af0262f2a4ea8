"""What a document's tab shows: its banners over its canvas, or over two canvases side by side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from casare.app.document import Document
from casare.app.settings import SettingsStore
from casare.ui.canvas import CanvasView
from casare.ui.shell.empty_hint import EmptyHint
from casare.ui.shell.frozen import FrozenGuard
from casare.ui.shell.notices import Notices


class DocumentView(QWidget):
    """One document: notices, one or two canvases, and a hint while it is empty.

    Both canvases show the same document, each through a view of its own; commands act on the one that had the focus
    last, and so does whatever brings something into view.
    """

    canvas_added = Signal(object)
    """A CanvasView that was made beside the first."""
    front_changed = Signal(object)
    """The CanvasView that has the focus now."""

    def __init__(self, document: Document, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._settings = settings
        self.notices = Notices()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._canvases: list[CanvasView] = []
        self._front = self._add(CanvasView(document, settings))
        self.hint = EmptyHint(document, self._front)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._splitter, 1)
        self.setFocusProxy(self._front)

    @property
    def canvas(self) -> CanvasView:
        """The canvas that has the focus, or had it last."""
        return self._front

    @property
    def canvases(self) -> tuple[CanvasView, ...]:
        """All canvases, from left to right."""
        return tuple(self._canvases)

    @property
    def is_split(self) -> bool:
        """Whether there are two."""
        return len(self._canvases) > 1

    def split(self) -> None:
        """Show the document in a second canvas at the right, looking at the same place, and go there."""
        if self.is_split:
            return
        first = self._canvases[0]
        width, place = self._splitter.width(), first.navigator.place()
        second = self._add(CanvasView(self.document, self._settings, twin_of=first))
        _show_alike(first, second)
        self._splitter.setSizes([width // 2, width // 2])
        # Half as wide, and the middle still in the middle.
        for canvas in self._canvases:
            canvas.look_at(place)
        self.canvas_added.emit(second)
        second.setFocus(Qt.FocusReason.OtherFocusReason)

    def join(self) -> None:
        """Give up the canvas that is not in front."""
        for canvas in [one for one in self._canvases if one is not self._front]:
            self._canvases.remove(canvas)
            canvas.removeEventFilter(self)
            canvas.give_up()
            canvas.hide()
            canvas.setParent(None)
            canvas.deleteLater()
        self.hint.move_to(self._front)

    def other_half(self) -> None:
        """Go to the other canvas."""
        other = next((one for one in self._canvases if one is not self._front), None)
        if other is not None:
            other.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of which canvas has the focus."""
        if event.type() == QEvent.Type.FocusIn and watched is not self._front and watched in self._canvases:
            self._front = self._canvases[self._canvases.index(watched)]
            self.setFocusProxy(self._front)
            for canvas in self._canvases:
                canvas.in_front = canvas is self._front
            self.front_changed.emit(self._front)
        return super().eventFilter(watched, event)

    def _add(self, canvas: CanvasView) -> CanvasView:
        self._canvases.append(canvas)
        if self.document.frozen:
            FrozenGuard(self.document, canvas.viewport())
        self._splitter.addWidget(canvas)
        canvas.installEventFilter(self)
        canvas.in_front = len(self._canvases) == 1
        return canvas


def _show_alike(first: CanvasView, second: CanvasView) -> None:
    """Let a second canvas show the marks that the first one has been given."""
    one, other = first.stage, second.stage
    other.problems, other.heat, other.found = one.problems, one.heat, one.found
    other.critical_nodes, other.critical_wires = one.critical_nodes, one.critical_wires

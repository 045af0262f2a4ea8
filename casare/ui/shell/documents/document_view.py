"""What a document's tab shows: banners, the way to the level in front, one or two canvases, the bar of its run."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.documents.level import Level
from casare.app.settings import SettingsStore
from casare.ui.canvas import CanvasView
from casare.ui.shell.documents.breadcrumbs import Breadcrumbs
from casare.ui.shell.documents.empty_hint import EmptyHint
from casare.ui.shell.documents.frozen import FrozenGuard
from casare.ui.shell.documents.notices import Notices
from casare.ui.shell.documents.pane import Pane
from casare.ui.shell.running.run_bar import RunBar


class DocumentView(QWidget):
    """One document: notices, breadcrumbs, one pane or two side by side, and the bar of its run.

    Both panes show the level in front, each through a canvas of its own; commands act on the one that had the focus
    last, and so does whatever brings something into view.
    """

    canvas_made = Signal(object)
    """A CanvasView that is looked at for the first time: of another level, or in the other half."""
    canvas_changed = Signal()
    """Another canvas is in front."""

    def __init__(self, document: Document, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._settings = settings
        self.notices = Notices()
        self.breadcrumbs = Breadcrumbs(document)
        self.run_bar = RunBar()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._panes: list[Pane] = []
        self._front = self._add_pane()
        self.outer_canvas = self._front.at(document)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.breadcrumbs)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.run_bar)
        self.setFocusProxy(self._front)
        document.front_changed.connect(self._on_front_level)
        self._front.show_front()

    @property
    def canvas(self) -> CanvasView:
        """The canvas of the level in front that has the focus, or had it last."""
        return self._front.canvas

    @property
    def canvases(self) -> tuple[CanvasView, ...]:
        """All canvases, the left half's first."""
        return tuple(canvas for pane in self._panes for canvas in pane.canvases)

    @property
    def outer_canvases(self) -> tuple[CanvasView, ...]:
        """The canvases of the outermost level."""
        return tuple(canvas for canvas in self.canvases if canvas.document is self.document)

    @property
    def is_split(self) -> bool:
        """Whether there are two halves."""
        return len(self._panes) > 1

    def split(self) -> None:
        """Show the document in a second half at the right, looking at the same place, and go there."""
        if self.is_split:
            return
        first = self.canvas
        width, place = self._splitter.width(), first.navigator.place()
        pane = self._add_pane()
        pane.show_front()
        self._splitter.setSizes([width // 2, width // 2])
        # Half as wide, and the middle still in the middle.
        for canvas in (first, pane.canvas):
            canvas.look_at(place)
        pane.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def join(self) -> None:
        """Give up the half that is not in front."""
        for pane in [one for one in self._panes if one is not self._front]:
            self._panes.remove(pane)
            for canvas in pane.canvases:
                canvas.removeEventFilter(self)
                canvas.give_up()
            pane.hide()
            pane.setParent(None)
            pane.deleteLater()
        self.outer_canvas = self._front.at(self.document)

    def other_half(self) -> None:
        """Go to the other half."""
        other = next((one for one in self._panes if one is not self._front), None)
        if other is not None:
            other.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of which half has the focus."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, CanvasView):
            pane = next((one for one in self._panes if watched in one.canvases), self._front)
            if pane is not self._front:
                self._front = pane
                self.setFocusProxy(pane)
                for one in self._panes:
                    for canvas in one.canvases:
                        canvas.in_front = one is pane
                self.canvas_changed.emit()
        return super().eventFilter(watched, event)

    def _add_pane(self) -> Pane:
        twins = self._panes[0] if self._panes else None

        def make(level: Level) -> CanvasView:
            twin = twins.at(level) if twins is not None and twins in self._panes else None
            canvas = CanvasView(level, self._settings, twin_of=twin)
            if twin is not None:
                _show_alike(twin, canvas)
            if self.document.frozen:
                FrozenGuard(self.document, canvas.viewport())
            EmptyHint(level, canvas)
            canvas.installEventFilter(self)
            canvas.in_front = pane is self._front
            self.canvas_made.emit(canvas)
            return canvas

        pane = Pane(self.document, make)
        self._panes.append(pane)
        self._splitter.addWidget(pane)
        return pane

    def _on_front_level(self, _level: Level) -> None:
        changed = [pane for pane in self._panes if pane.show_front()]
        if changed:
            self.canvas_changed.emit()


def _show_alike(first: CanvasView, second: CanvasView) -> None:
    """Let a second canvas show the marks that the first one has been given."""
    one, other = first.stage, second.stage
    other.problems, other.heat, other.found = one.problems, one.heat, one.found
    other.costs = one.costs
    other.critical_nodes, other.critical_wires = one.critical_nodes, one.critical_wires
    if one.run is not None:
        second.set_run(one.run)

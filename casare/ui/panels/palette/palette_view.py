"""The list of the palette: keys, folding and dragging."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from casare.ui.panels.palette.ghost import ghost_pixmap
from casare.ui.panels.palette.palette_model import PaletteModel
from casare.ui.panels.palette.row_delegate import RowDelegate
from casare.ui.panels.palette.rows import CategoryRow, EntryRow
from casare.ui.theme.appearance import current_theme


class PaletteView(QListView):
    """Show the rows. Enter and a double click choose an entry; Left, Right and a click fold a category."""

    entry_chosen = Signal(object)
    """The PaletteEntry to add."""

    def __init__(self, model: PaletteModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setAccessibleName("Node types")
        self.doubleClicked.connect(self._choose)

    def choose_current(self) -> bool:
        """Add the current entry, or the first one there is; tell whether there was one."""
        index = self.currentIndex()
        if not isinstance(self._rows.row(index), EntryRow):
            index = self.first_entry()
        return self._choose(index)

    def first_entry(self) -> QModelIndex:
        """Return the first row that is an entry, or an invalid index."""
        for at, row in enumerate(self._rows.rows()):
            if isinstance(row, EntryRow):
                return self._rows.index(at)
        return QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, fold with Left and Right."""
        row = self._rows.row(self.currentIndex())
        handled = False
        if isinstance(row, CategoryRow):
            folds = Qt.Key.Key_Left if row.opened else Qt.Key.Key_Right
            handled = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, folds)
            if handled:
                self._rows.toggle(row.category)
        elif isinstance(row, EntryRow) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            handled = self._choose(self.currentIndex())
        elif isinstance(row, EntryRow) and event.key() == Qt.Key.Key_Left and not row.found:
            handled = True
            self._go_to_heading(row.entry.category)
        if not handled:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold a category that is clicked."""
        super().mouseReleaseEvent(event)
        row = self._rows.row(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and isinstance(row, CategoryRow):
            self._rows.toggle(row.category)

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802
        """Drag the current entry with the card it will be under the pointer."""
        index = self.currentIndex()
        row = self._rows.row(index)
        if not isinstance(row, EntryRow):
            return
        drag = QDrag(self)
        drag.setMimeData(self._rows.mimeData([index]))
        drag.setPixmap(ghost_pixmap(row.entry, current_theme(), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(20, 14))
        drag.exec(Qt.DropAction.CopyAction)

    def _choose(self, index: QModelIndex) -> bool:
        row = self._rows.row(index)
        if not isinstance(row, EntryRow):
            return False
        self.entry_chosen.emit(row.entry)
        return True

    def _go_to_heading(self, category: str) -> None:
        for at, row in enumerate(self._rows.rows()):
            if isinstance(row, CategoryRow) and row.category == category:
                self.setCurrentIndex(self._rows.index(at))

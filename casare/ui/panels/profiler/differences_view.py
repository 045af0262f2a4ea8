"""The table of nodes that differ; a click or Enter shows the node on the canvas."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casare.ui.panels.profiler.comparing import NodeLine
from casare.ui.panels.profiler.differences_model import COLUMNS, NODE, TIME, DifferencesModel
from casare.ui.theme.tokens import ROW_HEIGHT

LEAST_ROWS = 5


class DifferencesView(QTableView):
    """Show what a DifferencesModel serves."""

    chosen = Signal(object)
    """A tuple with the id of the node to show on the canvas."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = DifferencesModel(self)
        self.setModel(self._lines)
        self.setAccessibleName("Nodes that differ")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight((LEAST_ROWS + 1) * ROW_HEIGHT)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(COLUMNS[0].width)
        header.setSortIndicator(TIME, Qt.SortOrder.DescendingOrder)
        for at, column in enumerate(COLUMNS):
            header.resizeSection(at, column.width)
        self.setSortingEnabled(True)
        self.clicked.connect(self._choose)

    def show_lines(self, lines: Sequence[NodeLine]) -> None:
        """Show other nodes; the place and the row in hand stay."""
        place, held = self.verticalScrollBar().value(), self._lines.line(self.currentIndex())
        self._lines.show(lines)
        if held is not None:
            self.select([held.id], reveal=False)
        self.verticalScrollBar().setValue(place)

    def select(self, node_ids: Collection[str], *, reveal: bool = True) -> None:
        """Select the row of a node that is selected on the canvas; of several, none."""
        row = self._lines.row_of(next(iter(node_ids))) if len(node_ids) == 1 else None
        if row is None:
            self.clearSelection()
            return
        index = self._lines.index(row, NODE)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if reveal:
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names what room there is to spare."""
        super().resizeEvent(event)
        others = sum(column.width for at, column in enumerate(COLUMNS) if at != NODE)
        self.horizontalHeader().resizeSection(NODE, max(COLUMNS[NODE].width, self.viewport().width() - others))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the node at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        line = self._lines.line(index)
        if line is not None:
            self.chosen.emit((line.id,))

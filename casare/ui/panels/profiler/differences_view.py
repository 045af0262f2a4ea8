"""The table of nodes that differ; a click or Enter shows the node on the canvas."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from casare.ui.panels.profiler.comparing import NodeLine
from casare.ui.panels.profiler.differences_model import COLUMNS, NODE, TIME, DifferencesModel
from casare.ui.panels.profiler.rows_table import RowsTable
from casare.ui.theme.tokens import ROW_HEIGHT

LEAST_ROWS = 5


class DifferencesView(RowsTable):
    """Show what a DifferencesModel serves."""

    def __init__(self) -> None:
        self._lines = DifferencesModel()
        super().__init__(self._lines, "Nodes that differ", [column.width for column in COLUMNS], TIME)
        self._lines.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMinimumHeight((LEAST_ROWS + 1) * ROW_HEIGHT)

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

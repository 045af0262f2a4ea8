"""A table of which each row stands for a node."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casare.ui.theme.tokens import ROW_HEIGHT

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model tells the id of the node in a row."""


class RowsTable(QTableView):
    """Show a model that sorts itself; a click or Enter chooses what is selected."""

    chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""

    def __init__(self, model: QAbstractTableModel, name: str, widths: Sequence[int], sorted_by: int) -> None:
        """`widths` are those the columns begin with (px); the column `sorted_by` has its largest values first."""
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(min(*widths, 48))
        header.setSortIndicator(sorted_by, Qt.SortOrder.DescendingOrder)
        for at, width in enumerate(widths):
            header.resizeSection(at, width)
        self.setSortingEnabled(True)
        self.clicked.connect(lambda _index: self.choose())

    def selected_ids(self) -> list[str]:
        """Return the ids of the nodes whose rows are selected."""
        return [index.data(ID_ROLE) for index in self.selectionModel().selectedRows()]

    def choose(self) -> None:
        """Ask for the nodes of the selected rows to be shown."""
        ids = self.selected_ids()
        if ids:
            self.chosen.emit(tuple(ids))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        else:
            super().keyPressEvent(event)

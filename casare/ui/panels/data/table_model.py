"""The first rows of a list of dictionaries as Qt's views want them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.running.pages import Table

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TableModel(QAbstractTableModel):
    """Serve one page of rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), (), 0)

    def show(self, table: Table) -> None:
        """Serve these rows; more of the same table are added below, so that the view stays where it is."""
        before = self.table
        grown = before.columns == table.columns and table.rows[: len(before.rows)] == before.rows
        if grown and len(table.rows) > len(before.rows) > 0:
            self.beginInsertRows(_ROOT, len(before.rows), len(table.rows) - 1)
            self.table = table
            self.endInsertRows()
        elif table != before:
            self.beginResetModel()
            self.table = table
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the rows there are."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns there are."""
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column, or the number of a row from 0, as a template counts."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.table.columns[section] if orientation == Qt.Orientation.Horizontal else str(section)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.table.rows[index.row()][index.column()]
        return None

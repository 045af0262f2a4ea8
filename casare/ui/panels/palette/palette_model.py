"""The rows of the palette as Qt's views want them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import orjson
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.catalog import Catalog, PaletteEntry
from casare.ui.panels.palette.rows import CategoryRow, EntryRow, PaletteRows, Row

MIME = "application/x-casare-node"
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PaletteModel(QAbstractListModel):
    """Serve the rows; entries can be dragged, and their tool tips explain them."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._source = PaletteRows()
        self._subgraphs: list[PaletteEntry] = []
        self._rows: list[Row] = []
        self.reload()

    @property
    def total(self) -> int:
        """Return how many entries there are, shown or not."""
        return self._source.total

    @property
    def folded(self) -> frozenset[str]:
        """Return the categories that are folded away."""
        return frozenset(self._source.folded)

    def reload(self) -> None:
        """Read the catalog anew."""
        self._source.set_entries([*self._subgraphs, *self._catalog.entries()])
        self._refresh()

    def set_subgraphs(self, entries: Sequence[PaletteEntry]) -> None:
        """Offer these subgraphs of the document in front, before the node types."""
        if list(entries) != self._subgraphs:
            self._subgraphs = list(entries)
            self.reload()

    def set_query(self, query: str) -> None:
        """Show what fits `query`, or the categories when it is empty."""
        if query != self._source.query:
            self._source.query = query
            self._refresh()

    def set_folded(self, categories: Iterable[str]) -> None:
        """Fold exactly these categories away."""
        self._source.folded = set(categories)
        self._refresh()

    def toggle(self, category: str) -> None:
        """Fold a category, or unfold it, leaving every other row where it is."""
        at = next(i for i, row in enumerate(self._rows) if isinstance(row, CategoryRow) and row.category == category)
        self._source.toggle(category)
        fresh = self._source.rows()
        count = abs(len(fresh) - len(self._rows))
        if len(fresh) > len(self._rows):
            self.beginInsertRows(_ROOT, at + 1, at + count)
            self._rows = fresh
            self.endInsertRows()
        else:
            self.beginRemoveRows(_ROOT, at + 1, at + count)
            self._rows = fresh
            self.endRemoveRows()
        self.dataChanged.emit(self.index(at), self.index(at))

    def row(self, index: Index) -> Row | None:
        """Return the row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rows(self) -> Sequence[Row]:
        """Return the rows that are shown."""
        return self._rows

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the tool tip, or the row itself."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.title if isinstance(row, CategoryRow) else row.entry.title
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, EntryRow):
            return self._tip(row.entry)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be dragged."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled if isinstance(self.row(index), EntryRow) else flags

    def mimeTypes(self) -> list[str]:
        """Return the one type that the canvas takes."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged entry: its type and the configuration it starts with."""
        data = QMimeData()
        for index in indexes:
            row = self.row(index)
            if isinstance(row, EntryRow):
                content = {"type": row.entry.type_id, "config": dict(row.entry.preset)}
                data.setData(MIME, orjson.dumps(content))
        return data

    def _refresh(self) -> None:
        self.beginResetModel()
        self._rows = self._source.rows()
        self.endResetModel()

    def _tip(self, entry: PaletteEntry) -> str:
        spec = self._catalog.find(entry.described_by) or self._catalog.find(entry.type_id)
        parts = [f"<b>{escape(entry.title)}</b>"]
        help_text = spec.help if spec is not None else ""
        parts.extend(
            f"<div>{escape(text)}</div>" for text in (entry.summary, _beyond(help_text, entry.summary)) if text
        )
        return f'<div style="width: 260px">{"".join(parts)}</div>'


def _beyond(help_text: str, summary: str) -> str:
    """Return what the help says that the summary does not."""
    rest = " ".join(help_text.split())
    return rest.removeprefix(summary).strip() if rest != summary else ""

"""The entries of the log as Qt's views want them, filtered by level and text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.log_book import LIMIT, Entry, Level

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LogModel(QAbstractListModel):
    """Hold the last entries and serve those that pass the filter, oldest first."""

    def __init__(self, parent: QObject | None = None, limit: int = LIMIT) -> None:
        super().__init__(parent)
        self._limit = limit
        self._all: list[Entry] = []
        self._shown: list[Entry] = []
        self._lowest = Level.DEBUG
        self._text = ""

    @property
    def total(self) -> int:
        """Return how many entries there are, shown or not."""
        return len(self._all)

    @property
    def filtered(self) -> bool:
        """Tell whether a filter is set."""
        return bool(self._text) or self._lowest > Level.DEBUG

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries at the end; the oldest go when there are too many."""
        fresh = list(entries)
        self._all.extend(fresh)
        shown = [entry for entry in fresh if self._passes(entry)]
        if shown:
            first = len(self._shown)
            self.beginInsertRows(_ROOT, first, first + len(shown) - 1)
            self._shown.extend(shown)
            self.endInsertRows()
        if len(self._all) > self._limit:
            # A tenth more than needed goes, so that a full log does not shift all its rows for every line.
            self._all = self._all[len(self._all) - self._limit + self._limit // 10 :]
            self._refilter()

    def clear(self) -> None:
        """Hold nothing."""
        self._all = []
        self._refilter()

    def set_filter(self, text: str = "", lowest: Level = Level.DEBUG) -> None:
        """Serve only entries of at least this level that hold the text."""
        self._text, self._lowest = text.strip().casefold(), lowest
        self._refilter()

    def entry(self, index: Index) -> Entry | None:
        """Return the entry at an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def entries(self) -> Sequence[Entry]:
        """Return the entries that are shown."""
        return self._shown

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the message, the details as a tool tip, or the entry itself."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.level.title}: {entry.message}"
        if role == Qt.ItemDataRole.ToolTipRole and (entry.details or len(entry.message) > 80):
            return entry.as_text()
        return None

    def _passes(self, entry: Entry) -> bool:
        if entry.level < self._lowest:
            return False
        return not self._text or self._text in f"{entry.source} {entry.message} {entry.details}".casefold()

    def _refilter(self) -> None:
        self.beginResetModel()
        self._shown = [entry for entry in self._all if self._passes(entry)]
        self.endResetModel()

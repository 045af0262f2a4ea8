"""A value as a tree that is read only as far as it is opened: a page of parts at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.running.pages import Branch, branches_of, parts_of
from casare.engine.showing import Mask

BRANCH_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TITLES = ("Key", "Value")


class _Twig:
    __slots__ = ("above", "branch", "row", "twigs")

    def __init__(self, branch: Branch, above: _Twig | None, row: int) -> None:
        self.branch = branch
        self.above = above
        self.row = row
        self.twigs: list[_Twig] = []


class TreeModel(QAbstractItemModel):
    """Serve the parts of one value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = Mask()
        self._root = _Twig(Branch("", "", 0, "", None), None, 0)

    def show(self, value: Any, path: str, mask: Mask) -> None:
        """Serve another value; `path` is how a template names it."""
        self.beginResetModel()
        self._mask = mask
        self._root = _Twig(Branch("", "", parts_of(value), path, value), None, 0)
        self.endResetModel()

    def branch(self, index: Index) -> Branch | None:
        """Return the part at a row."""
        return self._twig(index).branch if index.isValid() else None

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a part."""
        twigs = self._twig(parent).twigs
        return self.createIndex(row, column, twigs[row]) if 0 <= row < len(twigs) else QModelIndex()

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the index of what a part is in."""
        above = self._twig(index).above if index.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the parts that have been read."""
        return 0 if parent.column() > 0 else len(self._twig(parent).twigs)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Return key and value."""
        return len(_TITLES)

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Tell whether there is anything inside."""
        return parent.column() <= 0 and self._twig(parent).branch.parts > 0

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether not all parts have been read."""
        twig = self._twig(parent)
        return len(twig.twigs) < twig.branch.parts

    def fetchMore(self, parent: Index) -> None:
        """Read the next page of parts."""
        twig = self._twig(parent)
        start = len(twig.twigs)
        found = branches_of(twig.branch.value, twig.branch.path, self._mask, start)
        if not found:
            twig.branch = twig.branch._replace(parts=start)
            return
        self.beginInsertRows(parent, start, start + len(found) - 1)
        twig.twigs += [_Twig(one, twig, start + at) for at, one in enumerate(found)]
        self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return key and value as text, or the Branch."""
        branch = self._twig(index).branch
        if role == BRANCH_ROLE:
            return branch
        if role == Qt.ItemDataRole.DisplayRole:
            return branch.key if index.column() == 0 else branch.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{{{{{branch.path}}}}}" if branch.path else branch.text
        return None

    def _twig(self, index: Index) -> _Twig:
        held = index.internalPointer() if index.isValid() else None
        return held if isinstance(held, _Twig) else self._root

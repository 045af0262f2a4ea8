"""A model of a tree that is read a page at a time, as far as somebody opens it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

Thing = TypeVar("Thing")


class Twig(Generic[Thing]):
    """One row: the thing it shows, where it hangs, and as many of its parts as have been read."""

    __slots__ = ("above", "key", "parts", "row", "thing", "twigs")

    def __init__(self, key: int, thing: Thing, parts: int, above: Twig[Thing] | None, row: int) -> None:
        self.key = key
        self.thing = thing
        self.parts = parts
        self.above = above
        self.row = row
        self.twigs: list[Twig[Thing]] = []


class LazyTreeModel(QAbstractItemModel, Generic[Thing]):
    """Serve a tree of things. Subclasses say what their parts are, and what of them stands in the columns.

    An index knows its row by a number: a number that is no longer in use leads nowhere, where a pointer would crash.
    """

    columns = 2

    def __init__(self, root: Thing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._twigs: dict[int, Twig[Thing]] = {}
        self._root = self._new(root, 0, None, 0)

    def read(self, thing: Thing, start: int) -> Sequence[tuple[Thing, int]]:
        """Return the next page of the parts of a thing from `start` on, each with how many parts it has itself."""
        raise AssertionError(f"{type(self).__name__} reads nothing")

    def grow(self, root: Thing, parts: int) -> None:
        """Serve another tree."""
        self.beginResetModel()
        self._twigs.clear()
        self._root = self._new(root, parts, None, 0)
        self.endResetModel()

    def twig(self, index: Index) -> Twig[Thing]:
        """Return the row of an index; the root for none, and for one whose row is gone."""
        return self._twigs.get(index.internalId(), self._root) if index.isValid() else self._root

    def index_of(self, twig: Twig[Thing], column: int = 0) -> QModelIndex:
        """Return the index of a row."""
        return QModelIndex() if twig is self._root else self.createIndex(twig.row, column, twig.key)

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a part."""
        twigs = self.twig(parent).twigs
        return self.createIndex(row, column, twigs[row].key) if 0 <= row < len(twigs) else QModelIndex()

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the index of what a part is in."""
        above = self.twig(index).above
        return self.index_of(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many parts have been read."""
        return 0 if parent.column() > 0 else len(self.twig(parent).twigs)

    def columnCount(self, _parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return self.columns

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Tell whether there is anything inside."""
        return parent.column() <= 0 and self.twig(parent).parts > 0

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether not all parts have been read."""
        twig = self.twig(parent)
        return parent.column() <= 0 and len(twig.twigs) < twig.parts

    def fetchMore(self, parent: Index) -> None:
        """Read the next page of parts."""
        twig = self.twig(parent)
        start = len(twig.twigs)
        found = self.read(twig.thing, start)
        if not found:
            twig.parts = start
            return
        self.beginInsertRows(parent, start, start + len(found) - 1)
        twig.twigs += [self._new(thing, parts, twig, start + at) for at, (thing, parts) in enumerate(found)]
        self.endInsertRows()

    def graft(self, twig: Twig[Thing], start: int, things: Sequence[tuple[Thing, int]]) -> None:
        """Put rows in before the row `start` of those below `twig`."""
        if things:
            self.beginInsertRows(self.index_of(twig), start, start + len(things) - 1)
            twig.twigs[start:start] = [self._new(thing, parts, twig, 0) for thing, parts in things]
            renumber(twig)
            self.endInsertRows()

    def cut(self, twig: Twig[Thing], start: int, end: int) -> None:
        """Take the rows from `start` to before `end` away from below `twig`, with all that is in them."""
        if start < end:
            self.beginRemoveRows(self.index_of(twig), start, end - 1)
            for one in twig.twigs[start:end]:
                self._forget(one)
            del twig.twigs[start:end]
            renumber(twig)
            self.endRemoveRows()

    def _forget(self, twig: Twig[Thing]) -> None:
        del self._twigs[twig.key]
        for one in twig.twigs:
            self._forget(one)

    def _new(self, thing: Thing, parts: int, above: Twig[Thing] | None, row: int) -> Twig[Thing]:
        made = Twig(next(self._numbers), thing, parts, above, row)
        self._twigs[made.key] = made
        return made


def renumber(twig: Twig[Thing]) -> None:
    """Tell the rows below `twig` where they stand, after their order has changed."""
    for row, one in enumerate(twig.twigs):
        one.row = row

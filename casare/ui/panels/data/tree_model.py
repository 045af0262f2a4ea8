"""A value as a tree that is read only as far as it is opened: a page of parts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from casare.app.running.pages import Branch, branches_of, parts_of
from casare.engine.keeping.showing import Mask
from casare.ui.widgets.lazy_tree import Index, LazyTreeModel

BRANCH_ROLE = int(Qt.ItemDataRole.UserRole) + 1

_TITLES = ("Key", "Value")


class TreeModel(LazyTreeModel[Branch]):
    """Serve the parts of one value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Branch("", "", 0, "", None), parent)
        self._mask = Mask()

    def show(self, value: Any, path: str, mask: Mask) -> None:
        """Serve another value; `path` is how a template names it."""
        self._mask = mask
        self.grow(Branch("", "", parts_of(value), path, value), parts_of(value))

    def read(self, thing: Branch, start: int) -> Sequence[tuple[Branch, int]]:
        """Return the next page of the parts of a value."""
        return [(one, one.parts) for one in branches_of(thing.value, thing.path, self._mask, start)]

    def branch(self, index: Index) -> Branch | None:
        """Return the part at a row."""
        return self.twig(index).thing if index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return key and value as text, or the Branch."""
        branch = self.twig(index).thing
        if role == BRANCH_ROLE:
            return branch
        if role == Qt.ItemDataRole.DisplayRole:
            return branch.key if index.column() == 0 else branch.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{{{{{branch.path}}}}}" if branch.path else branch.text
        return None

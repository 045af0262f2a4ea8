"""Editors of lists and of names with values, as a small table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QVBoxLayout, QWidget

from casare.app.documents.parameters import MIXED, UNSET, is_template, text_as_value, value_as_text
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.editors.base import Editor
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.widgets.view_frame import ViewFrame

_ROW = 26
_HEADER = 24
_MOST_ROWS = 8
_ADD = "Add…"
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class ItemsModel(QAbstractTableModel):
    """Serve pairs of name and value, or values alone, with one row more to add at."""

    edited = Signal()
    """A person changed a cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs = False
        self.items: list[tuple[str, Any]] = []
        self.taken = ""
        """The name that was refused last because another row has it."""
        self.ghost = _ADD
        """What the row to add at says."""
        self.locked = False

    def show(self, items: list[tuple[str, Any]], pairs: bool) -> None:
        """Serve other items."""
        if pairs == self.pairs and items == self.items:
            return
        self.beginResetModel()
        self.items, self.pairs = list(items), pairs
        self.endResetModel()

    def lock(self, locked: bool) -> None:
        """Let the items be read and not edited, without a row to add at."""
        if locked != self.locked:
            self.beginResetModel()
            self.locked = locked
            self.endResetModel()

    def remove(self, rows: list[int]) -> None:
        """Take rows out."""
        for row in sorted(set(rows), reverse=True):
            if row < len(self.items):
                self.beginRemoveRows(_ROOT, row, row)
                del self.items[row]
                self.endRemoveRows()
        self.edited.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the rows and, where something may be added, one more."""
        return 0 if parent.isValid() else len(self.items) + (not self.locked)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return 2 for names with values, else 1."""
        return 0 if parent.isValid() else 2 if self.pairs else 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ("Name", "Value")[section] if self.pairs else "Item"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited, but no value before its name."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ghost = index.row() >= len(self.items)
        if self.locked:
            return base
        return base if ghost and self.pairs and index.column() == 1 else base | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell as it is typed."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            if index.row() >= len(self.items):
                ghost = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
                return self.ghost if ghost else None
            name, value = self.items[index.row()]
            return name if self.pairs and index.column() == 0 else value_as_text(value)
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.row() >= len(self.items):
                return qcolor(current_theme().text_muted)
            name, value = self.items[index.row()]
            return qcolor(current_theme().accent) if is_template(value) and index.column() == self.pairs else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take over what was typed; a name that another row has is refused."""
        text = str(value)
        row, names = index.row(), self.pairs and index.column() == 0
        if role != Qt.ItemDataRole.EditRole or (row >= len(self.items) and not text):
            return False
        self.taken = ""
        if names and any(name == text for at, (name, _) in enumerate(self.items) if at != row):
            self.taken = text
            self.edited.emit()
            return False
        fresh = text_as_value(text)
        if row >= len(self.items):
            # The row typed into stays where it is and an empty one comes after it: Tab goes on in the same row.
            self.beginInsertRows(_ROOT, row + 1, row + 1)
            self.items.append((text, "") if names else ("", "" if fresh is UNSET else fresh))
            self.endInsertRows()
        elif names:
            self.items[row] = (text, self.items[row][1])
        else:
            self.items[row] = (self.items[row][0], "" if fresh is UNSET else fresh)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class ItemsTable(QTableView):
    """The table: as high as its rows, Del takes the chosen ones out."""

    def __init__(self, model: ItemsModel) -> None:
        super().__init__()
        self._items = model
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setMinimumSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(_HEADER)
        header.setHighlightSections(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.SelectedClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.fit)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen rows out at Del, edit at Enter."""
        if self.state() == QAbstractItemView.State.EditingState or self._items.locked:
            # The key that ends an edit comes through here as well.
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._items.remove([index.row() for index in self.selectedIndexes()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Be as high as the rows, up to a limit."""
        header = _HEADER if self._items.pairs else 0
        self.horizontalHeader().setVisible(self._items.pairs)
        rows = min(self._items.rowCount(), _MOST_ROWS)
        self.setFixedHeight(max(rows, 1) * _ROW + header + 2)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() >= len(self._items.items):
            self.edit(index)


class ItemsEditor(Editor):
    """Edit a list, or names with values. Cells are typed like values anywhere: numbers and JSON are understood."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ItemsModel(self)
        self.table = ItemsTable(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ViewFrame(self.table))
        self.model.edited.connect(self._on_edited)
        self.setFocusProxy(self.table)
        self.watch(self.table)

    def set_locked(self, locked: bool) -> None:
        """Let the items be read and not edited."""
        self.model.lock(locked)

    @property
    def main(self) -> QWidget:
        """The table."""
        return self.table

    def set_param(self, param: Param) -> None:
        """Edit values of another parameter."""
        super().set_param(param)
        self.model.show([], self._pairs)

    def takes(self, value: Any) -> bool:
        """Tell whether the value is a list, or an object, as the parameter wants it."""
        return value in (UNSET, None, MIXED) or isinstance(value, dict if self._pairs else (list, tuple))

    def show_value(self, value: Any) -> None:
        """List the items, those of the default when nothing is set."""
        given = self.param.default if value in (UNSET, None) else value
        if value is MIXED or given is None:
            given = {} if self._pairs else []
        self.model.ghost = "Several values" if value is MIXED else _ADD
        items = list(given.items()) if isinstance(given, dict) else [("", item) for item in given]
        self.model.show([(str(name), held) for name, held in items], self._pairs)

    @property
    def _pairs(self) -> bool:
        return self.param.widget is Widget.KEY_VALUE

    def _on_edited(self) -> None:
        if self.model.taken:
            self.refused.emit(f"There is a “{self.model.taken}” already.")
            return
        self.refused.emit("")
        items = self.model.items
        self.edited.emit(dict(items) if self._pairs else [value for _, value in items])
        self.left.emit()

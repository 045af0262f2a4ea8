"""The table of a workflow's variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casare.app.documents.parameters import UNSET, text_as_value, value_as_text
from casare.ui.panels.inspector.variables import TYPES, Variable
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor

_ROW = 26
_HEADER = 26
_TITLES = ("Name", "Type", "Default")
_DOTS = "•" * 8
"""What stands for a secret, however long it is."""
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class VariablesModel(QAbstractTableModel):
    """Serve the variables with one row more to add at. What is typed is told; the document decides."""

    name_given = Signal(int, str)
    """A row, or the one after the last, should get this name."""
    type_given = Signal(int, str)
    default_given = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Variable] = []

    def show(self, rows: list[Variable]) -> None:
        """Serve these variables."""
        if rows == self.rows:
            return
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows), 2))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the variables and one more."""
        return 0 if parent.isValid() else len(self.rows) + 1

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return name, type and default."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything be edited; of the last row the name alone."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ghost = index.row() >= len(self.rows)
        return base if ghost and index.column() else base | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell as it is typed."""
        ghost = index.row() >= len(self.rows)
        if role == Qt.ItemDataRole.ForegroundRole and (ghost or index.column() == 1):
            theme = current_theme()
            return qcolor(theme.text_muted if ghost else theme.text_secondary)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if ghost:
            return "Add…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        row = self.rows[index.row()]
        if index.column() == 2 and row.secret and role != Qt.ItemDataRole.EditRole:
            return _DOTS if row.default not in (None, "") and role == Qt.ItemDataRole.DisplayRole else None
        return (row.name, row.type, "" if row.default is None else value_as_text(row.default))[index.column()]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed."""
        text = str(value)
        if role != Qt.ItemDataRole.EditRole or text == (self.data(index, role) or ""):
            return False
        if index.column() == 0:
            self.name_given.emit(index.row(), text.strip())
        elif index.column() == 1:
            self.type_given.emit(index.row(), text)
        else:
            fresh = text_as_value(text)
            self.default_given.emit(index.row(), None if fresh is UNSET else fresh)
        return True


class VariablesTable(QTableView):
    """As high as its rows; Del asks to take the chosen ones out."""

    removal_asked = Signal(object)
    """The rows to take out."""

    def __init__(self, model: VariablesModel) -> None:
        super().__init__()
        self._variables = model
        self.setModel(model)
        self.setAccessibleName("Variables")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setMinimumSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setFixedHeight(_HEADER)
        header.setMinimumSectionSize(56)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setItemDelegateForColumn(1, _TypeDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.SelectedClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows."""
        self.setFixedHeight(self._variables.rowCount() * _ROW + _HEADER + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take rows out at Del, edit at Enter."""
        if self.state() == QAbstractItemView.State.EditingState:
            # The key that ends an edit comes through here as well.
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_asked.emit(sorted({index.row() for index in self.selectedIndexes()}))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() >= len(self._variables.rows):
            self.edit(self._variables.index(index.row(), 0))


class _TypeDelegate(QStyledItemDelegate):
    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        combo = QComboBox(parent)
        combo.addItems(TYPES)
        text = str(index.data())
        if combo.findText(text) < 0:
            combo.addItem(text)
        combo.activated.connect(lambda _at: self._finish(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())

    def _finish(self, combo: QWidget) -> None:
        finish: Callable[[QWidget], None] = self.commitData.emit
        finish(combo)
        self.closeEditor.emit(combo)

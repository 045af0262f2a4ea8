"""The nodes that differ between two analyses as a table, sorted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.profiling import duration_text, memory_text
from casare.ui.panels.profiler.comparing import NodeLine, signed
from casare.ui.panels.profiler.nodes_model import ROOM_FOR_ARROW
from casare.ui.panels.profiler.rows_table import ID_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import TEXT_BODY

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

_MARKS: Final = {"new": "+", "gone": "−", "changed": "~"}
_TOLD: Final = {"new": "Only in the second", "gone": "Only in the first", "changed": "Costs something else"}


class Column(NamedTuple):
    """One column: its title, what it shows, what it is sorted by, and how wide it begins (px)."""

    title: str
    text: Callable[[NodeLine], str]
    key: Callable[[NodeLine], Any]
    width: int
    tip: str = ""
    number: bool = True


def _taken(ms: float | None) -> str:
    return "–" if ms is None else duration_text(ms)


COLUMNS: Final = (
    Column("", lambda one: _MARKS[one.what], lambda one: one.what, 24, "New, gone or changed", False),
    Column("Node", lambda one: one.name, lambda one: one.name.casefold(), 132, "", False),
    Column("Time", lambda one: signed(one.change_ms, duration_text), lambda one: abs(one.change_ms), 92, "Difference"),
    Column("Memory", lambda one: signed(one.change_mb, memory_text), lambda one: abs(one.change_mb), 88, "Difference"),
    Column("First", lambda one: _taken(one.first_ms), lambda one: one.first_ms or 0.0, 88, "Its time in the first"),
    Column("Second", lambda one: _taken(one.second_ms), lambda one: one.second_ms or 0.0, 88, "Its time in the second"),
    Column(
        "Slack",
        lambda one: signed(one.change_slack_ms, duration_text),
        lambda one: abs(one.change_slack_ms),
        92,
        "How much more it may take before the whole does",
    ),
)
NODE, TIME = 1, 2
_BETTER_WHEN_LESS: Final = {2: "change_ms", 3: "change_mb"}


class DifferencesModel(QAbstractTableModel):
    """Serve nodes that differ, in the order chosen; made for ten thousand of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[NodeLine] = []
        self._sorted_by = (TIME, Qt.SortOrder.DescendingOrder)

    def show(self, lines: Sequence[NodeLine]) -> None:
        """Serve other nodes."""
        self._arrange(lines)

    def line(self, index: Index) -> NodeLine | None:
        """Return the node at an index."""
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def row_of(self, node_id: str) -> int | None:
        """Return the row of a node, None when it does not differ."""
        return next((row for row, one in enumerate(self._lines) if one.id == node_id), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, differences by their size; equal nodes stay as they were."""
        if 0 <= column < len(COLUMNS):
            self._sorted_by = (column, order)
            self._arrange(self._lines)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many nodes differ."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return title, tip and side of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            # Qt draws the arrow over the end of a title that stands at the right.
            return (
                f"{column.title}{ROOM_FOR_ARROW}" if section == self._sorted_by[0] and column.number else column.title
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        one = self.line(index)
        if one is None:
            return None
        at = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[at].text(one)
        if role == ID_ROLE:
            return one.id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(at)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{one.name}\n{_TOLD[one.what]}"
        return _look(one, at, role)

    def _arrange(self, lines: Sequence[NodeLine]) -> None:
        column, order = self._sorted_by
        self.beginResetModel()
        self._lines = sorted(lines, key=COLUMNS[column].key, reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()


def _side(column: int) -> Qt.AlignmentFlag:
    right = COLUMNS[column].number
    return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def _token(one: NodeLine, column: int) -> str:
    """Return the name of the colour of a cell: what became dearer is not only red, it has a sign too."""
    if column in _BETTER_WHEN_LESS:
        change = getattr(one, _BETTER_WHEN_LESS[column])
        return "error" if change > 0 else "ok" if change < 0 else "text_muted"
    if column == NODE:
        return "text_muted" if one.what == "gone" else "text"
    return "text_secondary"


def _look(one: NodeLine, column: int, role: int) -> Any:
    if role == Qt.ItemDataRole.FontRole and COLUMNS[column].number:
        return ui_font(TEXT_BODY, tabular=True)
    if role == Qt.ItemDataRole.ForegroundRole:
        return qcolor(getattr(current_theme(), _token(one, column)))
    return None

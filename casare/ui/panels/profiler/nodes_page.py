"""All nodes in a table with a filter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from casare.profiling import Report
from casare.ui.panels.profiler.nodes_model import COLUMNS, NAME, SHARE, SHARE_ROLE, TIME, NodesModel
from casare.ui.panels.profiler.rows_table import RowsTable
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.share_bar import ShareBarDelegate

_WIDTHS = (118, 92, 62, 88, 80, 92, 150, 84)
_MOST_SELECTED = 2000
"""Selecting more rows than this in the table says nothing and takes long."""


class NodesPage(QWidget):
    """Show every node of a report; a click or Enter brings it into view on the canvas."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""
    export_asked = Signal()
    """The person wants the table in a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = NodesModel(self)
        self.field = SearchField("Filter nodes")
        self.critical = IconButton("route", "Critical path only")
        self.critical.setCheckable(True)
        self.export = IconButton("download", "Export all nodes as CSV")
        self.export.clicked.connect(self.export_asked)
        self.view = _NodesView(self.model)
        self.view.chosen.connect(self.nodes_chosen)
        self.field.textChanged.connect(self._on_filter)
        self.critical.toggled.connect(self._on_filter)
        self._empty = EmptyState("search", "No node fits", "Try fewer letters.", "Clear the filter")
        self._empty.action_triggered.connect(self.clear_filter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_S)
        row.addWidget(self.field, 1)
        row.addWidget(self.critical)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def show_report(self, report: Report | None, selected: Collection[str]) -> None:
        """Show the nodes of a report. Place and selection stay where they are."""
        place = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        self.model.show(report)
        self.select(selected, reveal=False)
        self.view.verticalScrollBar().setValue(place[0])
        self.view.horizontalScrollBar().setValue(place[1])
        self._show_state()

    def select(self, node_ids: Collection[str], *, reveal: bool = True) -> None:
        """Select the rows of these nodes, and bring the first of them into view."""
        rows = self.model.rows_of(node_ids) if len(node_ids) <= _MOST_SELECTED else []
        self.view.select_rows(rows, reveal=reveal)

    def show_critical_path(self) -> None:
        """Filter by the critical path."""
        self.field.clear()
        self.critical.setChecked(True)

    def clear_filter(self) -> None:
        """Show all nodes again."""
        self.field.clear()
        self.critical.setChecked(False)

    def _on_filter(self) -> None:
        chosen = self.view.selected_ids()
        self.model.set_filter(self.field.text(), self.critical.isChecked())
        self.select(chosen, reveal=False)
        self._show_state()

    def _show_state(self) -> None:
        total = self.model.total
        self.field.setPlaceholderText(f"Filter {total:,} node{'' if total == 1 else 's'}")
        nothing = self.model.rowCount() == 0 and self.model.filtered
        self._stack.setCurrentWidget(self._empty if nothing else self.view)


class _NodesView(RowsTable):
    def __init__(self, model: NodesModel) -> None:
        super().__init__(model, "Nodes and what they cost", _WIDTHS, TIME)
        self._nodes = model
        self.setItemDelegateForColumn(SHARE, ShareBarDelegate(SHARE_ROLE, parent=self))

    def select_rows(self, rows: list[int], *, reveal: bool) -> None:
        selection = QItemSelection()
        last = len(COLUMNS) - 1
        for first, end in _runs(rows):
            selection.select(self._nodes.index(first, 0), self._nodes.index(end, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if rows:
            first_index = self._nodes.index(rows[0], NAME)
            self.selectionModel().setCurrentIndex(first_index, flags.NoUpdate)
            if reveal:
                self.scrollTo(first_index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        lines = ["\t".join(column.title for column in COLUMNS if column.title != "Share")]
        for index in self.selectionModel().selectedRows():
            node = self._nodes.node(index)
            if node is not None:
                lines.append("\t".join(column.text(node) for column in COLUMNS if column.title != "Share"))
        QGuiApplication.clipboard().setText("\n".join(lines))


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of neighbouring rows."""
    if not rows:
        return
    first = rows[0]
    for one, following in pairwise(rows):
        if following != one + 1:
            yield first, one
            first = following
    yield first, rows[-1]

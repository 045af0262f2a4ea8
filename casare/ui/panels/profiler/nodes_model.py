"""The nodes of a report as a table, sorted and filtered here: a proxy in Python would be too slow for ten thousand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter, eq
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.profiling import NodeReport, Report, duration_text, memory_text
from casare.ui.panels.profiler.costs import cost_lines
from casare.ui.panels.profiler.rows_table import ID_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import TEXT_BODY

SHARE_ROLE = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(NamedTuple):
    """One column: its title, what it shows, what it is sorted by, and whether big values come first."""

    title: str
    text: Callable[[NodeReport], str]
    key: Callable[[NodeReport], Any]
    number: bool = True
    tip: str = ""


COLUMNS: Final = (
    Column("Node", lambda node: node.name, lambda node: node.name.casefold(), False),
    Column("Time", lambda node: duration_text(node.runtime_ms), attrgetter("runtime_ms"), tip="All its runs together"),
    Column("Share", lambda node: "", attrgetter("runtime_ms"), tip="Share of all the work"),
    Column(
        "Slack",
        lambda node: duration_text(node.slack_ms) if node.slack_ms else "none",
        attrgetter("slack_ms"),
        tip="How much longer it may take before the whole does",
    ),
    Column("Memory", lambda node: memory_text(node.memory_mb), attrgetter("memory_mb")),
    Column("Complexity", lambda node: f"{node.complexity:g}", attrgetter("complexity"), tip="1 to 20"),
    Column("Type", lambda node: node.type, lambda node: node.type.casefold(), False),
    Column(
        "Basis",
        lambda node: "assumed" if node.provenance == "default" else node.provenance,
        lambda node: node.provenance,
        False,
        "Where the figures come from",
    ),
)
NAME, TIME, SHARE = 0, 1, 2
ROOM_FOR_ARROW: Final = "\u2003\u2002"


class NodesModel(QAbstractTableModel):
    """Serve the nodes that pass the filter, in the order chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: Sequence[NodeReport] = ()
        self._whole_ms = 0.0
        self._critical: frozenset[str] = frozenset()
        self._texts: list[str] | None = None
        """What the filter looks into, made with the first filter on a report."""
        self._shown: list[NodeReport] = []
        self._row_of: dict[str, int] | None = None
        self._words: tuple[str, ...] = ()
        self._critical_only = False
        self._sorted_by = (TIME, Qt.SortOrder.DescendingOrder)

    @property
    def total(self) -> int:
        """How many nodes there are, shown or not."""
        return len(self._nodes)

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return bool(self._words) or self._critical_only

    def show(self, report: Report | None) -> None:
        """Serve another report. Rows that stay are only told to have changed, so that a view keeps its place."""
        self._nodes, self._texts = report.nodes if report else (), None
        self._whole_ms = report.totals.runtime_ms if report else 0.0
        self._critical = frozenset(report.critical_path) if report else frozenset()
        self._arrange()

    def set_filter(self, text: str, critical_only: bool) -> None:
        """Serve only nodes with all these words in name, type or id, and on request only those of the critical path."""
        words = tuple(text.casefold().split())
        if (words, critical_only) != (self._words, self._critical_only):
            self._words, self._critical_only = words, critical_only
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal nodes stay in the order of the document."""
        if 0 <= column < len(COLUMNS):
            self._sorted_by = (column, order)
            self._arrange()

    def node(self, index: Index) -> NodeReport | None:
        """Return the node at an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def rows_of(self, node_ids: Collection[str]) -> list[int]:
        """Return the rows of these nodes that are shown, in order."""
        if self._row_of is None:
            self._row_of = {node.id: row for row, node in enumerate(self._shown)}
        return sorted(self._row_of[one] for one in node_ids if one in self._row_of)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many nodes are shown."""
        return 0 if parent.isValid() else len(self._shown)

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
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        node = self.node(index)
        if node is None:
            return None
        at = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[at].text(node)
        if role == SHARE_ROLE:
            return self._share(node)
        if role == ID_ROLE:
            return node.id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(at)
        return self._look(node, at, role)

    def _look(self, node: NodeReport, at: int, role: int) -> Any:
        theme = current_theme()
        if role == Qt.ItemDataRole.FontRole and COLUMNS[at].number:
            return ui_font(TEXT_BODY, tabular=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = at > SHARE or node.runtime_ms == 0 or (at == 3 and not node.slack_ms)
            return qcolor(theme.text_secondary if quiet else theme.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            told = cost_lines(node, self._whole_ms, critical=node.id in self._critical)
            return "\n".join((node.name, node.type, *told, *node.suggestions))
        if role == Qt.ItemDataRole.AccessibleTextRole and at == SHARE:
            return f"{round(self._share(node) * 100)} percent"
        return None

    def _share(self, node: NodeReport) -> float:
        return node.runtime_ms / self._whole_ms if self._whole_ms > 0 else 0.0

    def _arrange(self) -> None:
        column, order = self._sorted_by
        shown = self._passing() if self.filtered else list(self._nodes)
        shown.sort(key=COLUMNS[column].key, reverse=order == Qt.SortOrder.DescendingOrder)
        name = attrgetter("id")
        if len(shown) == len(self._shown) and all(map(eq, map(name, shown), map(name, self._shown))):
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._shown, self._row_of = shown, None
        self.endResetModel()

    def _passing(self) -> list[NodeReport]:
        if self._texts is None:
            self._texts = [f"{node.name} {node.type} {node.id}".casefold() for node in self._nodes]
        found = list(zip(self._nodes, self._texts, strict=True))
        for word in self._words:
            found = [pair for pair in found if word in pair[1]]
        return [node for node, _ in found if not self._critical_only or node.id in self._critical]


def _side(column: int) -> Qt.AlignmentFlag:
    right = COLUMNS[column].number and column != SHARE
    return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

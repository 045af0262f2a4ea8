"""The problems as Qt's views want them, filtered by severity."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.storage import Problem

PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SEVERITIES = ("error", "warning", "info")

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ProblemsModel(QAbstractListModel):
    """Serve the problems of the wanted severities in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Problem] = ()
        self._shown: list[Problem] = []
        self._wanted: frozenset[str] = frozenset(SEVERITIES)

    @property
    def wanted(self) -> frozenset[str]:
        """Return the severities that are shown."""
        return self._wanted

    @property
    def total(self) -> int:
        """Return how many problems there are, shown or not."""
        return len(self._all)

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Serve other problems."""
        self._all = problems
        self._refilter()

    def set_wanted(self, severities: Collection[str]) -> None:
        """Serve only these severities."""
        self._wanted = frozenset(severities)
        self._refilter()

    def problem(self, index: Index) -> Problem | None:
        """Return the problem at an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many problems are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the message, the whole story as a tool tip, or the problem itself."""
        problem = self.problem(index)
        if problem is None:
            return None
        if role == PROBLEM_ROLE:
            return problem
        if role == Qt.ItemDataRole.DisplayRole:
            return problem.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{problem.severity}: {problem.message} {problem.hint}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_text(problem)
        return None

    def _refilter(self) -> None:
        self.beginResetModel()
        self._shown = [problem for problem in self._all if problem.severity in self._wanted]
        self.endResetModel()


def as_text(problem: Problem) -> str:
    """Return a problem as it is copied and shown in full."""
    lines = [f"{problem.severity.capitalize()}: {problem.message}"]
    if problem.node_id:
        lines.append(f"Node: {problem.node_id}")
    if problem.hint:
        lines.append(problem.hint)
    lines.append(f"Code: {problem.code}")
    return "\n".join(lines)

"""The runs of the past as Qt's views want them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casare.app.running.history import PastRun
from casare.profiling.reporting.text import duration_text
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.states import state_look

RUN_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_TITLES = ("Result", "Started", "Duration", "What ran")
_ICON = 14

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RunsModel(QAbstractTableModel):
    """Serve the runs, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[PastRun] = []

    def show(self, runs: Sequence[PastRun]) -> None:
        """Serve these runs; the view keeps its place when only newer ones have come."""
        if list(runs) == self._runs:
            return
        added = len(runs) - len(self._runs)
        if self._runs and added > 0 and list(runs[added:]) == self._runs:
            self.beginInsertRows(_ROOT, 0, added - 1)
            self._runs = list(runs)
            self.endInsertRows()
            return
        self.beginResetModel()
        self._runs = list(runs)
        self.endResetModel()

    def run(self, index: Index) -> PastRun | None:
        """Return the run at a row."""
        return self._runs[index.row()] if index.isValid() and index.row() < len(self._runs) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many runs there are."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return result, start, duration and what ran."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the texts, the icon of the result, or the PastRun."""
        run = self.run(index)
        if run is None:
            return None
        look = state_look(run.status)
        if role == Qt.ItemDataRole.DisplayRole:
            return (look.word, when_text(run.started_at), duration_text(run.elapsed_ms), run.what)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            theme = current_theme()
            return icon_pixmap(look.icon, getattr(theme, look.token), _ICON)
        return run if role == RUN_ROLE else None


def when_text(at: float) -> str:
    """Return a time (s since the epoch) as a person says it: the hour today, else the day with it."""
    then, now = time.localtime(at), time.localtime()
    today = (then.tm_year, then.tm_yday) == (now.tm_year, now.tm_yday)
    return time.strftime("%H:%M:%S" if today else "%d %b %Y, %H:%M", then)

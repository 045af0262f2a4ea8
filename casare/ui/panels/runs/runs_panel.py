"""The panel of past runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QStackedWidget, QTreeView, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.latest import Latest
from casare.app.running.board import StatusBoard
from casare.app.running.history import PastRun
from casare.app.running.live_runs import DocumentRuns
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.panels.runs.runs_model import RunsModel
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.text_label import TextLabel

_RUNS, _BOARD = "runs", "board"
_WRITTEN_MS = 250
"""So long after the end of a run its line is looked for: it is written down meanwhile."""


class RunsPanel(QWidget):
    """List the runs of the document in front. The book is read on a thread."""

    graph_requested = Signal()
    """The graph of the run that is looked at is wanted as it was."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Runs")
        self._session = session
        self._runs: DocumentRuns | None = None
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_read)
        self.destroyed.connect(self._inbox.close)
        self._reading: Latest[tuple[DocumentRuns, str, Any]] = Latest(self._inbox.post, "casare-runs")
        self._opening: Latest[tuple[DocumentRuns, str, Any]] = Latest(self._inbox.post, "casare-past-run")
        self.model = RunsModel(self)
        self.view = QTreeView()
        self.empty = EmptyState("history", "No runs yet", "Press F5: each run of this workflow is kept here.")
        self._count = TextLabel("", "muted")
        self._look = QPushButton("Show on canvas")
        self._graph = QPushButton("Open as it was")
        self._delete = QPushButton("Delete")
        self._back = QPushButton("Back to the last run")
        self._build()
        self._due = OncePerTurn(self._read, self, _WRITTEN_MS)
        session.active_changed.connect(self._follow)
        self._follow(session.active)

    @property
    def chosen(self) -> PastRun | None:
        """The run that is selected."""
        return self.model.run(self.view.currentIndex())

    def refresh(self) -> None:
        """Read the book again."""
        self._read()

    def look(self) -> None:
        """Show the selected run on the canvas."""
        run, runs = self.chosen, self._runs
        if run is not None and runs is not None:
            self._opening.submit(lambda: (runs, _BOARD, (run, _board(runs, run))))

    def open_graph(self) -> None:
        """Open the graph of the selected run as it was."""
        runs = self._runs
        if runs is None or self.chosen is None:
            return
        if runs.past is not None and runs.past[0] == self.chosen:
            self.graph_requested.emit()
            return
        self._wants_graph = True
        self.look()

    def delete(self) -> None:
        """Forget the selected run."""
        run, runs = self.chosen, self._runs
        if run is None or runs is None:
            return
        if runs.past is not None and runs.past[0] == run:
            runs.look_at(None)
        history = runs.history

        def work() -> tuple[DocumentRuns, str, Any]:
            history.delete(run.id)
            return runs, _RUNS, history.runs(runs.document.path, runs.place)

        self._reading.submit(_safely(work, runs))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the book when the panel comes into view."""
        super().showEvent(event)
        self._read()

    def close_threads(self) -> None:
        """Read nothing more."""
        self._reading.close()
        self._opening.close()
        self._inbox.close()

    def _follow(self, document: Document | None) -> None:
        if self._runs is not None:
            self._runs.changed.disconnect(self._on_changed)
        self._runs = self._session.runs.of(document) if document is not None else None
        if self._runs is not None:
            self._runs.changed.connect(self._on_changed)
        self._read()

    def _on_changed(self) -> None:
        self._show_buttons()
        self._due.request()

    def _read(self) -> None:
        runs = self._runs
        if runs is None or not self.isVisible():
            return
        history, path, place = runs.history, runs.document.path, runs.place
        self._reading.submit(_safely(lambda: (runs, _RUNS, history.runs(path, place)), runs))

    def _on_read(self, results: Sequence[tuple[DocumentRuns, str, Any]]) -> None:
        for runs, what, found in results:
            if runs is not self._runs:
                continue
            if what == _RUNS:
                self.model.show(found)
            else:
                past, board = found
                runs.look_at(past, board)
                if self._wants_graph:
                    self._wants_graph = False
                    self.graph_requested.emit()
        self._show_state()

    def _show_state(self) -> None:
        count = self.model.rowCount()
        self._count.setText(f"{count:,} run{'' if count == 1 else 's'}")
        self._stack.setCurrentWidget(self._page if count else self.empty)
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.chosen
        self._look.setEnabled(chosen is not None)
        self._delete.setEnabled(chosen is not None)
        self._graph.setEnabled(chosen is not None)
        self._back.setVisible(self._runs is not None and self._runs.past is not None)

    def _go_back(self) -> None:
        if self._runs is not None:
            self._runs.look_at(None)

    def _build(self) -> None:
        self._wants_graph = False
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setAllColumnsShowFocus(True)
        self.view.setAccessibleName("Runs")
        head = self.view.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, width in enumerate((190, 150, 100)):
            head.resizeSection(at, width)
        self.view.activated.connect(lambda _index: self.look())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_buttons())
        self.model.modelReset.connect(self._show_buttons)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        row.setSpacing(SPACE_S)
        row.addWidget(self._count)
        row.addStretch(1)
        acts: list[tuple[QPushButton, Callable[[], object]]] = [
            (self._back, self._go_back),
            (self._look, self.look),
            (self._graph, self.open_graph),
            (self._delete, self.delete),
        ]
        for button, act in acts:
            button.setProperty("kind", "flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(row)
        page.addWidget(self.view, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._show_buttons()


def _board(runs: DocumentRuns, run: PastRun) -> StatusBoard:
    graph = runs.graph_of(run)
    return runs.history.board(run.id, graph if graph is not None else runs.document.graph.copy())


def _safely(
    work: Callable[[], tuple[DocumentRuns, str, Any]], runs: DocumentRuns
) -> Callable[[], tuple[DocumentRuns, str, Any]]:
    """Return work that lists nothing where the book cannot be read."""

    def careful() -> tuple[DocumentRuns, str, Any]:
        try:
            return work()
        except (OSError, sqlite3.Error, CasareError):
            return runs, _RUNS, []

    return careful

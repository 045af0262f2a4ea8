"""What is wrong with the active document, checked again shortly after each edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from casare.app.checks import check
from casare.app.document import Document
from casare.app.session import Session
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.model import Graph
from casare.storage import Problem
from casare.ui.background import OncePerTurn

DELAY = 150
"""How long after the last edit the checks run again, in ms: typing is not held up, and a pause shows the result."""

_RANK = {"error": 0, "warning": 1, "info": 2}

Check = Callable[[Graph, Catalog], Sequence[Problem]]


class ProblemWatch(QObject):
    """Hold the problems of the session's active document: those of its file, then those of its graph now.

    Each is listed once, errors first. A problem of the file that names a node goes when the node has gone.
    """

    changed = Signal()
    """The list is another one."""

    def __init__(self, session: Session, parent: QObject | None = None, *, run_check: Check = check) -> None:
        super().__init__(parent)
        self._session = session
        self._check = run_check
        self._document: Document | None = None
        self._problems: tuple[Problem, ...] = ()
        self._due = OncePerTurn(self._update, self, DELAY)
        session.active_changed.connect(self._follow)
        self._follow(session.active)

    @property
    def document(self) -> Document | None:
        """The document the problems are of."""
        return self._document

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, errors first."""
        return self._problems

    def count(self, severity: str) -> int:
        """Return how many problems are this severe."""
        return sum(problem.severity == severity for problem in self._problems)

    def flush(self) -> None:
        """Run a check that is due right now."""
        self._due.flush()

    def _follow(self, document: Document | None) -> None:
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
        self._due.cancel()
        self._document = document
        if document is not None:
            document.changed.connect(self._on_changed)
        self._update()

    def _on_changed(self, fact: GraphChanged) -> None:
        if fact.structural:
            self._due.request()

    def _update(self) -> None:
        found = self._gather(self._document) if self._document is not None else ()
        if found != self._problems:
            self._problems = found
            self.changed.emit()

    def _gather(self, document: Document) -> tuple[Problem, ...]:
        nodes = document.graph.nodes
        kept = [one for one in document.load_problems if one.node_id is None or one.node_id in nodes]
        every = dict.fromkeys([*kept, *self._check(document.graph, document.catalog)])
        return tuple(sorted(every, key=lambda problem: _RANK.get(problem.severity, 3)))

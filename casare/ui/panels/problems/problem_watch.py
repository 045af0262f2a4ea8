"""What is wrong with the active document, checked again shortly after each edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from casare.app.checks import check
from casare.app.documents.document import Document
from casare.app.latest import Latest
from casare.app.running.places import place_of, subgraph_at
from casare.app.session import Session
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.model import Graph
from casare.storage import Problem
from casare.ui.background import Inbox, OncePerTurn

DELAY = 150
"""How long after the last edit the checks run again, in ms: typing is not held up, and a pause shows the result."""
FIRST_DELAY = 600
"""The same for a large document that has just come to the front, in ms: by then its canvas and panels are painted, and
a thread that calculates would slow each call that painting them makes."""
AT_ONCE = 1000
"""Up to so many nodes a check takes less than a frame and is made where the edit was made; beyond, on a thread."""

_RANK = {"error": 0, "warning": 1, "info": 2}


class Failure(Protocol):
    """What went wrong in a run, in words."""

    @property
    def node_id(self) -> str:
        """The node it went wrong at, or nothing."""

    @property
    def message(self) -> str:
        """What went wrong."""

    @property
    def hint(self) -> str:
        """How to mend it."""


Check = Callable[[Graph, Catalog], Sequence[Problem]]


def _size(graph: Graph) -> int:
    return len(graph.nodes) + sum(len(one.graph.nodes) for one in graph.subflows.values())


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
        self._found: Sequence[Problem] = ()
        """What the last check found, before it was sorted."""
        self._of_runs: dict[Document, tuple[Problem, ...]] = {}
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_checked)
        self._checking: Latest[tuple[Document, Sequence[Problem]]] = Latest(self._inbox.post, "casare-check")
        self._due = OncePerTurn(self._update, self, DELAY)
        session.active_changed.connect(self._follow)
        session.closed.connect(self._on_closed)
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

    def set_run_problems(self, document: Document, found: Iterable[Failure]) -> None:
        """List what went wrong in the last run of a document, until this is called again."""
        told = tuple(_of_run(document, one) for one in found)
        self._of_runs.pop(document, None)
        if told:
            self._of_runs[document] = told
        if document is self._document:
            self._show(document, self._found)

    def flush(self) -> None:
        """Run a check that is due right now."""
        self._due.flush()

    def close(self) -> None:
        """Check nothing more."""
        self._due.cancel()
        self._inbox.close()
        self._checking.close()

    def _follow(self, document: Document | None) -> None:
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
        self._due.cancel()
        self._checking.drop()
        self._document = document
        if document is not None:
            document.changed.connect(self._on_changed)
        if document is not None and _size(document.graph) > AT_ONCE:
            # What the file said is known; the rest may wait.
            self._show(document, ())
            self._due.request_in(FIRST_DELAY)
        else:
            self._update()

    def _on_closed(self, document: Document) -> None:
        self._of_runs.pop(document, None)

    def _on_changed(self, fact: GraphChanged) -> None:
        if fact.structural:
            self._due.request()

    def _update(self) -> None:
        document = self._document
        if document is None:
            self._show(None, ())
        elif _size(document.graph) <= AT_ONCE:
            self._show(document, self._check(document.graph, document.catalog))
        else:
            graph, catalog, run = document.graph.copy(), document.catalog, self._check
            self._checking.submit(lambda: (document, run(graph, catalog)))

    def _on_checked(self, results: Sequence[tuple[Document, Sequence[Problem]]]) -> None:
        document, found = results[-1]
        if document is self._document:
            self._show(document, found)

    def _show(self, document: Document | None, found: Sequence[Problem]) -> None:
        self._found = found
        problems = self._sorted(document, found) if document is not None else ()
        if problems != self._problems:
            self._problems = problems
            self.changed.emit()

    def _sorted(self, document: Document, found: Sequence[Problem]) -> tuple[Problem, ...]:
        graph = document.graph
        nodes = {"": graph.nodes, **{one.id: one.graph.nodes for one in graph.subflows.values()}}
        kept = [one for one in document.load_problems if one.node_id is None or one.node_id in nodes.get(one.level, ())]
        # That a new workflow is empty is no news to whoever has just made it.
        begun = document.path is None
        every = dict.fromkeys(
            [
                *self._of_runs.get(document, ()),
                *kept,
                *(one for one in found if not (begun and one.code == "empty-workflow")),
            ]
        )
        return tuple(sorted(every, key=lambda problem: _RANK.get(problem.severity, 3)))


def _of_run(document: Document, failure: Failure) -> Problem:
    place = place_of(document.graph, failure.node_id) if failure.node_id else None
    node_id = place.node_id if place is not None else failure.node_id or None
    level = subgraph_at(document.graph, place.way) if place is not None else ""
    return Problem("run-failed", "error", _sentence(failure.message), node_id, None, failure.hint, level)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

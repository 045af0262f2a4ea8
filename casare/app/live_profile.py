"""The report on an open document, kept up to date while a person edits."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from casare.events import GraphChanged
from casare.foundation.signal import Signal
from casare.model import Graph

if TYPE_CHECKING:
    from casare.app.document import Document
    from casare.app.session import Session
    from casare.profiling import Profiler, Report

AT_ONCE_MS: Final = 8.0
"""An analysis that is expected to take no longer is made where the edit was made, so that nothing flickers."""

_FIRST_MS_PER_NODE: Final = 0.05
"""What a first analysis is taken to cost before one has been measured; on the safe side."""

_WHOLE: Final = "whole"
_LIGHT: Final = "light"
"""An analysis after an edit that leaves wires and variables alone, for which most of the last one still holds."""

_log = logging.getLogger(__name__)


class LiveProfile:
    """Analyse one document, and again after each edit that matters.

    A cheap analysis is made at once. A long one is made on a thread of its own from a snapshot; of the edits made
    meanwhile only the state after the last is analysed next. `changed` is emitted when the report, `stale` or `failure`
    became another one, **on the thread that finished**: whoever draws must carry it over to its own thread.
    """

    def __init__(self, document: Document, workers: int) -> None:
        self.changed: Signal[[]] = Signal()
        self.report: Report | None = None
        """The latest report, or None before the first one is made."""
        self.failure: str = ""
        """Why there is no report for the latest state, or an empty text."""
        self.elapsed_ms = 0.0
        """How long the latest analysis took."""
        self._document = document
        self._workers = workers
        self._condition = threading.Condition()
        self._profiler: Profiler | None = None
        self._fact: GraphChanged | None = None
        """What has changed since the profiler last ran; None when it must begin afresh."""
        first_ms = len(document.graph.nodes) * _FIRST_MS_PER_NODE
        self._expected_ms = {_WHOLE: first_ms, _LIGHT: first_ms}
        self._waiting: Graph | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        document.changed.connect(self._on_document_changed)
        self._analyze()

    @property
    def stale(self) -> bool:
        """Tell whether the report is about an earlier state of the document, because a newer one is being made."""
        return self._thread is not None

    @property
    def workers(self) -> int:
        """Return how many workers the wall time is estimated for."""
        return self._workers

    def set_workers(self, workers: int) -> None:
        """Estimate for another number of workers. Raises ValueError for fewer than one."""
        if workers < 1:
            raise ValueError("a run needs at least one worker")
        if workers != self._workers:
            self._workers = workers
            self.refresh()

    def refresh(self) -> None:
        """Forget what is known and analyse the document from scratch."""
        with self._condition:
            self._profiler, self._fact = None, None
        self._analyze()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until no analysis is under way; tell whether that came to pass in time."""
        with self._condition:
            return self._condition.wait_for(lambda: self._thread is None, timeout_s)

    def close(self) -> None:
        """Watch the document no longer; an analysis under way is finished and thrown away before this returns."""
        self._document.changed.disconnect(self._on_document_changed)
        with self._condition:
            self._closed, self._waiting = True, None
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _on_document_changed(self, fact: GraphChanged) -> None:
        if fact.structural:
            with self._condition:
                if self._fact is not None:
                    self._fact = self._fact.merged(fact)
            self._analyze()

    def _analyze(self) -> None:
        with self._condition:
            if self._closed:
                return
            at_once = self._thread is None and self._expected_ms[_weight(self._fact)] <= AT_ONCE_MS
            if not at_once:
                self._waiting = snapshot(self._document.graph)
                starts = self._thread is None
                if starts:
                    self._thread = threading.Thread(target=self._work, name="casare-profile", daemon=True)
                    self._thread.start()
        if at_once:
            self._run(self._document.graph)
            self.changed.emit()
        elif starts:
            self.changed.emit()

    def _work(self) -> None:
        while True:
            with self._condition:
                graph, self._waiting = self._waiting, None
                if graph is None:
                    self._thread = None
                    self._condition.notify_all()
                    break
            self._run(graph)
        if not self._closed:
            self.changed.emit()

    def _run(self, graph: Graph) -> None:
        """Analyse `graph` and keep the result. Never called by two threads at a time."""
        from casare.profiling import Profiler

        with self._condition:
            profiler, fact = self._profiler, self._fact
            if profiler is None:
                profiler, fact = Profiler(self._document.catalog, workers=self._workers), None
                self._profiler = profiler
            self._fact = GraphChanged()
        began = time.perf_counter()
        try:
            report = profiler.analyze(graph) if fact is None else profiler.regrade(graph, fact)
        except Exception as error:
            # A defect of the analysis must not take the editor down; the panel shows it, the log has the details.
            _log.exception("the analysis failed")
            with self._condition:
                self._profiler, self.failure = None, f"{type(error).__name__}: {error}"
            return
        self.elapsed_ms = (time.perf_counter() - began) * 1000
        self._expected_ms[_weight(fact)] = self.elapsed_ms
        self.report, self.failure = report, ""
        self._document.grade = report.grade


def _weight(fact: GraphChanged | None) -> str:
    light = fact is not None and not fact.wires and "variables" not in fact.sections
    return _LIGHT if light else _WHOLE


class LiveProfiles:
    """The profiles of the open documents, each made when somebody first asks for it."""

    def __init__(self, session: Session) -> None:
        self._settings = session.settings
        self._profiles: dict[Document, LiveProfile] = {}
        session.closed.connect(self._on_closed)
        session.settings.changed.connect(self._on_settings)

    def of(self, document: Document) -> LiveProfile:
        """Return the profile of an open document."""
        found = self._profiles.get(document)
        if found is None:
            found = self._profiles[document] = LiveProfile(document, self._settings.current.profile_workers)
        return found

    def close(self) -> None:
        """Stop all analyses."""
        for profile in self._profiles.values():
            profile.close()
        self._profiles.clear()

    def _on_closed(self, document: Document) -> None:
        profile = self._profiles.pop(document, None)
        if profile is not None:
            profile.close()

    def _on_settings(self, _settings: object) -> None:
        for profile in self._profiles.values():
            profile.set_workers(self._settings.current.profile_workers)


def snapshot(graph: Graph) -> Graph:
    """Return what an analysis reads of a graph, safe from later edits.

    The indexes of wires by node are left out: nothing here reads them, and copying them takes most of the time.
    """
    made = Graph(metadata=graph.metadata, variables=graph.variables, settings=graph.settings)
    made.nodes.update(graph.nodes)
    made.connections.update(graph.connections)
    return made

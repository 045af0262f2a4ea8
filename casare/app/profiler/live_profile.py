"""The report on an open document, kept up to date while a person edits."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from casare.app.improving.live_improvements import LiveImprovements
from casare.app.profiler.basis import Basis
from casare.app.profiler.grade_note import remember_grade
from casare.app.running.fairness import fair_turns
from casare.app.settings import SettingsStore
from casare.events import GraphChanged
from casare.foundation.collection import spare_the_young
from casare.foundation.errors import CasareError
from casare.foundation.signal import Signal
from casare.model import Graph
from casare.profiling.costs.tables import NO_TABLES, CostTables
from casare.profiling.scoring.rule_choices import RuleChoices

if TYPE_CHECKING:
    from casare.app.documents.document import Document
    from casare.app.profiler.measuring import Measured
    from casare.app.running.live_run import LiveRun
    from casare.catalog import Catalog
    from casare.profiling import Profiler, Report
    from casare.profiling.evidence import Evidence

AT_ONCE_MS: Final = 8.0
"""An analysis that is expected to take no longer is made where the edit was made, so that nothing flickers."""

_FIRST_MS_PER_NODE: Final = 0.05
"""What a first analysis is taken to cost before one has been measured; on the safe side."""

_WHOLE: Final = "whole"
_LIGHT: Final = "light"
"""An analysis after an edit that leaves wires and variables alone, for which most of the last one still holds."""

_log = logging.getLogger(__name__)


class _ClosedError(Exception):
    """Ends an analysis that nobody will see."""


class LiveProfile:
    """Analyse one document, and again after each edit that matters.

    A cheap analysis is made at once. A long one is made on a thread of its own from a snapshot; of the edits made
    meanwhile only the state after the last is analysed next. `changed` is emitted when the report, `stale` or `failure`
    became another one, **on the thread that finished**: whoever draws must carry it over to its own thread.
    """

    def __init__(self, document: Document, basis: Basis) -> None:
        self.changed: Signal[[]] = Signal()
        self.report: Report | None = None
        """The latest report, or None before the first one is made. Its nodes may still have to be made when read."""
        self.detailed: Report | None = None
        """The latest report whose nodes are made and cheap to read; it lags behind unless somebody watches them."""
        self.evidence: Evidence | None = None
        """What `detailed` was made from; none of it is ever changed, so any thread may read it."""
        self.failure: str = ""
        """Why there is no report for the latest state, or an empty text."""
        self.elapsed_ms = 0.0
        """How long the latest analysis took."""
        self._document = document
        self._given = self._basis = basis
        self.measured: Measured | None = None
        """The run whose measurements stand above all estimates, or None."""
        self._condition = threading.Condition()
        self._profiler: Profiler | None = None
        first_ms = len(document.graph.nodes) * _FIRST_MS_PER_NODE
        self._expected_ms = {_WHOLE: first_ms, _LIGHT: first_ms}
        self._pending: tuple[Graph, GraphChanged | None] | None = None
        """The next state to analyse, and what changed since the state before it; None for a fresh start."""
        self._thread: threading.Thread | None = None
        self._closed = False
        self._watchers = 0
        self.read_ahead: Callable[[Report], object] | None = None
        """What whoever watches the nodes wants to be made of each report while it is still on the thread of the
        analysis; it must not raise."""
        self.improvements = LiveImprovements(document, lambda: self._basis)
        """Edits that would raise the score, once somebody has them looked for."""
        document.changed.connect(self._on_document_changed)
        self._analyze(None)

    @property
    def stale(self) -> bool:
        """Tell whether the report is about an earlier state of the document, because a newer one is being made."""
        return self._thread is not None

    @property
    def workers(self) -> int:
        """Return how many workers the wall time is estimated for."""
        return self._basis.workers

    @property
    def basis(self) -> Basis:
        """Return what the analysis rests on, measurements included."""
        return self._basis

    @property
    def estimates(self) -> Basis:
        """Return what the analysis rests on when no measurements stand above it."""
        return self._given

    def set_basis(self, basis: Basis) -> None:
        """Let the analysis rest on something else."""
        if basis != self._given:
            self._given = basis
            self._rebase()

    def set_measured(self, measured: Measured | None) -> None:
        """Take what a run measured above all estimates; None goes back to estimates."""
        if measured is not self.measured:
            self.measured = measured
            self._rebase()

    def _rebase(self) -> None:
        from casare.profiling.studies.records import measured_tables

        held = self.measured
        tables = self._given.tables
        if held is not None:
            tables = measured_tables(held.measured.records).over(tables)
        self._basis = replace(self._given, tables=tables)
        self.refresh()

    def watch_nodes(self, on: bool) -> None:
        """Make the reports on single nodes too, with each analysis, for as long as somebody watches them.

        They take as long as the rest of a light analysis, and nobody needs them while no panel shows them.
        """
        self._watchers += 1 if on else -1
        if on and self.detailed is not self.report:
            self._analyze(GraphChanged(), weight=_WHOLE)

    def refresh(self) -> None:
        """Forget what is known and analyse the document from scratch."""
        self._analyze(None)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until no analysis is under way; tell whether that came to pass in time."""
        with self._condition:
            return self._condition.wait_for(lambda: self._thread is None, timeout_s)

    def close(self, *, wait: bool = True) -> None:
        """Watch the document no longer. An analysis under way ends within some tens of ms, which `wait` waits for."""
        self._document.changed.disconnect(self._on_document_changed)
        self.improvements.close(wait=wait)
        with self._condition:
            self._closed, self._pending = True, None
            thread = self._thread
        if wait and thread is not None and thread is not threading.current_thread():
            thread.join()

    def _on_document_changed(self, fact: GraphChanged) -> None:
        if fact.levels or fact.subflows:
            self._look_inside_again()
        elif fact.structural:
            self._analyze(fact)

    def _look_inside_again(self) -> None:
        """Analyse afresh with the subgraphs of the document as they are now."""
        from casare.app.profiler.inner_files import InnerFiles, embedded

        resolve = self._given.resolve
        if isinstance(resolve, InnerFiles):
            self._given = replace(self._given, resolve=resolve.holding(embedded(self._document.graph)))
        self._rebase()

    def _analyze(self, fact: GraphChanged | None, weight: str = "") -> None:
        starts = False
        with self._condition:
            if self._closed:
                return
            at_once = self._thread is None and self._expected_ms[weight or _weight(fact)] <= AT_ONCE_MS
            if not at_once:
                if self._pending is not None:
                    # The state that was waiting is passed over, what changed on the way to it is not.
                    skipped = self._pending[1]
                    fact = skipped.merged(fact) if skipped is not None and fact is not None else None
                self._pending = (snapshot(self._document.graph), fact)
                starts = self._thread is None
                if starts:
                    self._thread = threading.Thread(target=self._work, name="casare-profile", daemon=True)
                    self._thread.start()
        if at_once:
            self._run(self._document.graph, fact)
        if at_once or starts:
            self.changed.emit()

    def _work(self) -> None:
        while True:
            with self._condition:
                pending, self._pending = self._pending, None
                if pending is None:
                    self._thread = None
                    self._condition.notify_all()
                    break
            with fair_turns():
                self._run(*pending)
        if not self._closed:
            self.changed.emit()

    def _run(self, graph: Graph, fact: GraphChanged | None) -> None:
        """Analyse `graph` and keep the result. Never called by two threads at a time."""
        profiler = self._profiler
        if profiler is None or fact is None:
            profiler = self._profiler = self._basis.profiler(self._document.catalog, self._pulse)
            fact = None
        began = time.perf_counter()
        try:
            report = profiler.analyze(graph) if fact is None else profiler.regrade(graph, fact)
            detailed = report if self._watchers and (not report.nodes or report.nodes[0]) else self.detailed
        except _ClosedError:
            return
        except Exception as error:
            # A defect of the analysis must not take the editor down; the panel shows it, the log has the details.
            _log.exception("the analysis failed")
            self._profiler, self.failure = None, f"{type(error).__name__}: {error}"
            return
        if self.read_ahead is not None and detailed is report:
            self.read_ahead(report)
        spare_the_young()
        self.elapsed_ms = (time.perf_counter() - began) * 1000
        weight, expected = _weight(fact), self.elapsed_ms
        if weight == _WHOLE and fact is not None:
            # An edit of wires is mostly cheap, and now and then as dear as a whole analysis.
            expected = max(expected, self._expected_ms[_WHOLE])
        self._expected_ms[weight] = expected
        if detailed is report:
            self.evidence = profiler.evidence
        self.report, self.detailed, self.failure = report, detailed, ""
        self._document.grade = report.grade
        remember_grade(self._document)

    def _pulse(self) -> None:
        if self._closed:
            raise _ClosedError


def _weight(fact: GraphChanged | None) -> str:
    light = fact is not None and not fact.wires and "variables" not in fact.sections
    return _LIGHT if light else _WHOLE


class LiveProfiles:
    """The profiles of the open documents, each made when somebody first asks for it."""

    def __init__(self, settings: SettingsStore, closed: Signal[[Document]]) -> None:
        """Take workers and rules from `settings`, and let a document go when `closed` names it."""
        self._settings = settings
        self._profiles: dict[Document, LiveProfile] = {}
        self._tables: CostTables | None = None
        self.learned: Signal[[]] = Signal()
        """A run has shown that types take something else; **on the thread of the run**. `reload_tables` heeds it."""
        self.costs_problem = ""
        """Why the costs a person wrote down do not count, or an empty text."""
        closed.connect(self._on_closed)
        settings.changed.connect(self._on_settings)

    def of(self, document: Document) -> LiveProfile:
        """Return the profile of an open document."""
        found = self._profiles.get(document)
        if found is None:
            found = self._profiles[document] = LiveProfile(document, self._basis(document))
        return found

    def reload_tables(self) -> None:
        """Read again what types take: what a person wrote down, and what was measured on this machine."""
        self._tables = None
        self._on_settings(self._settings.current)

    def learn(self, run: LiveRun, catalog: Catalog) -> None:
        """Keep what a run says of its types. For the thread of the run."""
        from casare.app.profiler.learning import learn_from

        if learn_from(run, catalog):
            # Documents opened from now on rest on it at once, those on show when whoever shows them reloads.
            self._tables = None
            self.learned.emit()

    def close(self) -> None:
        """Stop all analyses."""
        for profile in self._profiles.values():
            profile.close()
        self._profiles.clear()

    def _basis(self, document: Document) -> Basis:
        from casare.app.profiler.inner_files import InnerFiles, embedded

        if self._tables is None:
            self._tables = self._read_tables(document)
        held = self._settings.current
        known = self._profiles.get(document)
        folder = document.path.parent if document.path else None
        return Basis(
            held.profile_workers,
            self._tables,
            RuleChoices.of(held.profile_rules_off, held.profile_rule_limits),
            known.basis.resolve if known else InnerFiles(folder, document.catalog, embedded(document.graph)),
        )

    def _read_tables(self, document: Document) -> CostTables:
        from casare.app.profiler.calibration_file import CalibrationFile
        from casare.profiling.costs.user_costs import user_costs

        self.costs_problem = ""
        written = NO_TABLES
        try:
            written = user_costs(document.catalog)
        except CasareError as error:
            self.costs_problem = str(error)
        return written.over(CalibrationFile().tables)

    def _on_closed(self, document: Document) -> None:
        profile = self._profiles.pop(document, None)
        if profile is not None:
            # The window must not wait for an analysis that nobody will see.
            profile.close(wait=False)

    def _on_settings(self, _settings: object) -> None:
        for document, profile in self._profiles.items():
            profile.set_basis(self._basis(document))


def snapshot(graph: Graph) -> Graph:
    """Return what an analysis reads of a graph, safe from later edits.

    The indexes of wires by node are left out: nothing here reads them, and copying them takes most of the time.
    """
    made = Graph(metadata=graph.metadata, variables=graph.variables, settings=graph.settings)
    made.nodes.update(graph.nodes)
    made.connections.update(graph.connections)
    return made

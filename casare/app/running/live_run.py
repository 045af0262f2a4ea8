"""One run that is watched: of a frozen graph, on a thread of its own, written into the book when it is over."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from casare.app.running.board import StatusBoard
from casare.app.running.fairness import fair_turns
from casare.app.running.history import RunHistory
from casare.app.running.launch import Launch, Phase
from casare.app.running.parts import Part
from casare.app.running.places import first_of, nested_in
from casare.app.running.runs import mask_for, prepare_run
from casare.app.running.secret_mask import SecretMask
from casare.app.subgraphs import inlined
from casare.catalog import Catalog
from casare.engine import Problem, Run, RunOptions, RunReport
from casare.engine.deciding.state import Frame
from casare.engine.keeping.records import Metrics, Recorder
from casare.engine.keeping.showing import MASK
from casare.events import LineLogged
from casare.foundation.errors import CasareError
from casare.model import Graph
from casare.sdk import Desktop

_log = logging.getLogger(__name__)
MOST_LINES: Final = 2000
"""How many lines of a run's log are passed on; the report holds them all."""


class LiveRun:
    """A run and all that can be seen of it. Begins at once; may be steered from any thread.

    `on_news` is called on the thread of the run when anything may look different: at most once until `board.take` is
    called next, however many events there are.
    """

    def __init__(
        self,
        graph: Graph,
        catalog: Catalog,
        launch: Launch,
        *,
        path: Path | None = None,
        place: str = "",
        history: RunHistory | None = None,
        secrets: Callable[[str], str | None] = lambda name: None,
        desktop: Desktop | None = None,
        on_news: Callable[[LiveRun], object] = lambda run: None,
        on_lines: Callable[[Sequence[LineLogged]], object] = lambda lines: None,
        on_over: Callable[[LiveRun], object] = lambda run: None,
    ) -> None:
        """Freeze `graph` and start. `place` says in the history which document this was.

        `on_over` is called once all is written down, on the thread of the run.
        """
        self.launch = launch
        self.graph = graph.copy()
        self.path = path
        self.place = place
        self.mask = SecretMask(mask_for(self.graph, launch.variables), secrets)
        self.board = StatusBoard(lambda: on_news(self), self.mask.text)
        self.report: RunReport | None = None
        self.failure: CasareError | None = None
        """Why nothing ran, or why the run broke off without a report."""
        self.started_at = time.time()
        self.stale = False
        """Whether the document has been edited since; set by whoever watches the document."""
        self._catalog = catalog
        self._desktop = desktop
        self._history = history
        self._on_lines = on_lines
        self._on_over = on_over
        self._lines = 0
        self._began = time.perf_counter()
        self._ended: float | None = None
        self._run: Run | None = None
        self._frame: Frame | None = None
        self._cancelled = False
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="casare-live-run", daemon=True)
        self._thread.start()

    @property
    def id(self) -> str:
        """Return the id of the run; empty while it is being prepared."""
        return self._run.id if self._run is not None else ""

    @property
    def phase(self) -> Phase:
        """Return where it is."""
        if self._ended is not None:
            return Phase.OVER
        if self._run is None:
            return Phase.PREPARING
        return Phase.RUNNING if self.board.paused_at is None else Phase.PAUSED

    @property
    def is_over(self) -> bool:
        """Tell whether it has come to its end."""
        return self._ended is not None

    @property
    def status(self) -> str:
        """Return how it ended (completed, failed, cancelled, degraded); empty while it goes on."""
        if self._ended is None:
            return ""
        return self.report.status if self.report is not None else "cancelled" if self._cancelled else "failed"

    @property
    def elapsed_s(self) -> float:
        """Return how long it has taken so far, preparation and pauses included."""
        return (self._ended or time.perf_counter()) - self._began

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what went wrong and was not dealt with by the workflow itself, worst first."""
        if self.failure is not None:
            return (Problem("", self.failure.what, self.failure.mend),)
        left = [one for one in self.report.errors if not one.handled] if self.report is not None else []
        clean = self.mask.text
        return tuple(one._replace(message=clean(one.message), trace=clean(one.trace)) for one in left)

    def cancel(self) -> None:
        """Stop it."""
        with self._lock:
            self._cancelled = True
            run = self._run
        if run is not None:
            run.cancel()

    def pause(self) -> None:
        """Start no more nodes for now."""
        if self._run is not None:
            self._run.pause()

    def resume(self) -> None:
        """Go on."""
        if self._run is not None:
            self._run.resume()

    def step(self) -> None:
        """Let one node run, then wait."""
        if self._run is not None:
            self._run.step()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end, the writing down included; tell whether it came in time."""
        if not self._over.wait(timeout_s):
            return False
        if self._thread is not threading.current_thread():
            self._thread.join()
        return True

    def variables(self) -> Mapping[str, Any]:
        """Return the variables with the values they have now, or had at the end; secret ones masked."""
        held = self.report.variables if self.report is not None else self._frame.variables if self._frame else {}
        declared = self.graph.variables
        secret = {one for one, told in declared.items() if isinstance(told, Mapping) and told.get("sensitive")}
        return {name: MASK if name in secret else value for name, value in dict(held).items()}

    def _work(self) -> None:
        part = Part(self.graph)
        try:
            with fair_turns():
                part = self.launch.narrow(inlined(self.graph))
                report, recorder = self._perform(part)
            if report is not None and recorder is not None:
                self.board.finish(report)
                self.report = report
                self._ended = time.perf_counter()
                self._write_down(report, recorder, part)
        except CasareError as error:
            self.failure = error
        except Exception as error:
            _log.exception("a run broke off")
            self.failure = CasareError(f"the run broke off ({type(error).__name__}: {error})", mend="See the log.")
        finally:
            self._ended = self._ended or time.perf_counter()
            if self.report is None:
                self.board.abandon()
            self._over.set()
            self.board.announce()
            self._on_over(self)

    def _perform(self, part: Part) -> tuple[RunReport | None, Recorder | None]:
        recorder = Recorder(Metrics.FULL, self.mask)
        nested = nested_in(part.graph)
        self.board.begin(part.graph.nodes, nested)

        def sink(rows: Sequence[Any], began: int) -> None:
            recorder.take(rows, began)
            if self._frame is None:
                frames = (row[0].frame for row in rows if type(row) is tuple)
                self._frame = next((one for one in frames if not one.chain), None)
            self.board.fold(rows, began)
            self._pass_on(rows)

        launch = self.launch
        options = RunOptions(
            variables=launch.variables,
            sink=sink,
            breakpoints=first_of(part.graph, launch.breakpoints) | launch.breakpoints.intersection(nested),
            pinned={**{one: held for one, held in launch.pinned.items() if one in part.graph.nodes}, **part.pinned},
            stepping=launch.stepping,
            secrets=self.mask.ask,
            desktop=self._desktop,
            mask=self.mask,
        )
        run = prepare_run(part.graph, self._catalog, path=self.path, options=options)
        if run.workflow.number.keys() != part.graph.nodes.keys():
            self.board.begin(run.workflow.number, nested)
        with self._lock:
            if self._cancelled:
                return None, None
            self._run = run
        if launch.stepping:
            self.board.paused_at = ""
        self._began = time.perf_counter()
        self.board.announce()
        return run.run(), recorder

    def _pass_on(self, rows: Sequence[Any]) -> None:
        lines = [row for row in rows if isinstance(row, LineLogged)]
        if lines and self._lines < MOST_LINES:
            passed = lines[: MOST_LINES - self._lines]
            self._on_lines([line._replace(message=self.mask.text(line.message)) for line in passed])
            self._lines += len(lines)

    def _write_down(self, report: RunReport, recorder: Recorder, part: Part) -> None:
        if self._history is not None:
            self._history.append(report, recorder, self.launch.what, self.path, self.place, self.graph)

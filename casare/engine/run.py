"""One run of a workflow: start it, hold it, stop it, ask how it went. Everything here may be called from any thread."""

from __future__ import annotations

import threading
import time

from casare.engine.keeping.report import RunReport, make_report, new_run_id
from casare.engine.options import RunOptions
from casare.engine.performing.performer import Performer
from casare.engine.steps.workflow import Workflow
from casare.events import RunFact, RunFinished, RunStarted, WorkflowCompiled


class Run:
    """A run that has not begun, is under way, or is over. It runs on the calling thread or on one of its own."""

    def __init__(self, workflow: Workflow, options: RunOptions | None = None) -> None:
        self.id = new_run_id()
        self.workflow = workflow
        self.options = options or RunOptions()
        self._performer = Performer(workflow, self.options)
        self._report: RunReport | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._defect: BaseException | None = None

    @property
    def report(self) -> RunReport | None:
        """Return how the run went, or None while it goes on."""
        return self._report

    def run(self) -> RunReport:
        """Run to the end on this thread and return how it went. Can be called once."""
        performer = self._performer
        started_at = time.time()
        self._tell(RunStarted(self.id, self.workflow.name, len(self.workflow.nodes), started_at))
        if self.workflow.timings:
            self._tell(WorkflowCompiled(self.workflow.name, dict(self.workflow.timings)))
        began = time.perf_counter()
        try:
            performer.drive()
        except BaseException as error:
            self._defect = error
            raise
        finally:
            elapsed = time.perf_counter() - began
            self._report = make_report(performer, self.id, started_at, elapsed * 1000)
            self._tell(RunFinished(self.id, self._report.status, elapsed))
            self._over.set()
        return self._report

    def start(self) -> None:
        """Begin to run on a thread of its own."""
        self._thread = threading.Thread(target=self._run_there, name=f"casare-run-{self.id}", daemon=True)
        self._thread.start()

    def wait(self, timeout: float | None = None) -> RunReport | None:
        """Wait for the end, at most so many seconds; return how it went, or None while it goes on."""
        if not self._over.wait(timeout):
            return None
        if self._thread is not None:
            self._thread.join()
        if self._defect is not None and self._report is None:
            raise self._defect
        return self._report

    def cancel(self) -> None:
        """Stop the run: nothing starts any more, what waits is given up, processes are killed."""
        self._performer.post(self._performer.cancel)

    def pause(self) -> None:
        """Start nothing more for now; what is under way goes on."""
        self._performer.post(lambda: self._performer.pause(paused=True))

    def resume(self) -> None:
        """Go on."""
        self._performer.post(lambda: self._performer.pause(paused=False))

    def step(self) -> None:
        """Let one node run, then wait again."""
        self._performer.post(lambda: self._performer.pause(paused=True, steps=1))

    def _run_there(self) -> None:
        try:
            self.run()
        except BaseException as error:
            self._defect = error

    def _tell(self, fact: RunFact) -> None:
        if self.options.observer is not None:
            self.options.observer([fact])

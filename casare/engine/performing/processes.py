"""Bodies that keep a core busy, run in the processes that all runs share: a process for each, killed when given up."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Final

from casare.engine.performing.executors import UNKNOWN, Cancel, Report, Spent, Work
from casare.engine.performing.process_pool import CannotTravelError, ProcessPool, WorkerProcess, shared_pool
from casare.engine.performing.weights import weigh
from casare.foundation.errors import CasareError
from casare.foundation.serving import run_many

_GRACE_S: Final = 0.05
"""How long a body that was given up may still take; within it the process is kept warm, after it killed."""


class ProcessExecutor:
    """The work of one run that is done in processes, some at a time, each waited for by a thread here.

    Bodies and arguments must be picklable. The processes come from a pool and outlast the run; the threads do not.
    """

    def __init__(self, workers: int, pool: ProcessPool | None = None) -> None:
        self._most = workers
        self._pool = pool or shared_pool()
        self._waiting: deque[_Job] = deque()
        self._under_way: set[_Job] = set()
        self._threads: list[threading.Thread] = []
        self._serving = 0
        self._idle = 0
        self._closed = False
        self._change = threading.Condition()

    def submit(self, work: Work, report: Report) -> Cancel:
        """Run a body in a process."""
        job = _Job(work, report)
        with self._change:
            self._waiting.append(job)
            if len(self._waiting) > self._idle and self._serving < self._most:
                self._serving += 1
                thread = threading.Thread(target=self._serve, name="casare-process-talk", daemon=True)
                self._threads.append(thread)
                thread.start()
            else:
                self._change.notify()
        return lambda: self._cancel(job)

    def close(self, grace_s: float) -> None:
        """Give up what is under way: what is not over after the grace is killed. Other runs are not touched."""
        with self._change:
            self._closed = True
            self._waiting.clear()
            under_way = list(self._under_way)
            for job in under_way:
                job.given_up = True
            self._change.notify_all()
        self._pool.wake()
        until = time.monotonic() + grace_s
        for job in under_way:
            if not job.over.wait(max(0.0, until - time.monotonic())):
                job.kill()
        for thread in self._threads:
            thread.join(2.0)

    def _cancel(self, job: _Job) -> None:
        with self._change:
            job.given_up = True
            if job in self._waiting:
                self._waiting.remove(job)
                return
            if job not in self._under_way or self._closed:
                return
            patient = threading.Thread(target=job.kill_after, args=(_GRACE_S,), name="casare-process-end", daemon=True)
            self._threads.append(patient)
            patient.start()
        self._pool.wake()

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            try:
                value, error, spent = self._run(job)
            except Exception as raised:
                value, error, spent = None, raised, UNKNOWN
            job.over.set()
            with self._change:
                self._under_way.discard(job)
            if not job.given_up:
                job.report(value, error, spent)

    def _next(self) -> _Job | None:
        with self._change:
            self._idle += 1
            self._change.wait_for(lambda: self._waiting or self._closed)
            self._idle -= 1
            if self._closed:
                return None
            job = self._waiting.popleft()
            self._under_way.add(job)
            return job

    def _run(self, job: _Job) -> tuple[Any, BaseException | None, Spent]:
        process = self._pool.borrow(self._most, lambda: not job.given_up)
        if process is None:
            return None, None, UNKNOWN
        broken = False
        began = time.perf_counter_ns()
        try:
            if not job.begin(process):
                return None, None, UNKNOWN
            value, error, cpu, memory = process.call(job.work.body, job.work.arguments)
            _weigh(job.work, cpu, time.perf_counter_ns() - began)
            return value, error, Spent(began, cpu, memory)
        except CannotTravelError:
            # It was not even asked, so it is as good as before.
            raise
        except (EOFError, OSError):
            broken = True
            return None, CasareError("the process that ran this ended before it was done"), UNKNOWN
        except BaseException:
            broken = True
            raise
        finally:
            self._pool.give_back(process, broken=job.end() or broken)


def _weigh(work: Work, cpu_ns: int | None, elapsed_ns: int) -> None:
    """Take note of what a call took there; of many that travelled as one, what each did."""
    if cpu_ns is not None:
        many = len(work.arguments["calls"]) if work.body is run_many else 1
        body = work.arguments["body"] if work.body is run_many else work.body
        weigh(body, cpu_ns / many, max(0, elapsed_ns - cpu_ns) / many)


class _Job:
    """One body on its way."""

    def __init__(self, work: Work, report: Report) -> None:
        self.work = work
        self.report = report
        self.given_up = False
        self.over = threading.Event()
        self._process: WorkerProcess | None = None
        self._killed = False
        self._lock = threading.Lock()

    def begin(self, process: WorkerProcess) -> bool:
        """Take the process that runs it, unless it was given up before."""
        with self._lock:
            self._process = None if self.given_up else process
            return not self.given_up

    def end(self) -> bool:
        """Let go of the process; tell whether it was killed."""
        with self._lock:
            self._process = None
            return self._killed

    def kill(self) -> None:
        """Kill the process, if one still runs this."""
        with self._lock:
            if self._process is not None:
                self._killed = True
                self._process.kill()

    def kill_after(self, grace_s: float) -> None:
        """Kill the process when it is not over by then."""
        if not self.over.wait(grace_s):
            self.kill()

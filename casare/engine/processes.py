"""Processes for bodies that keep a core busy: started when first needed, killed when given up."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from casare.engine.executors import UNKNOWN, Cancel, Report, Spent, Work
from casare.foundation.errors import CasareError
from casare.foundation.serving import serve_calls


class ProcessExecutor:
    """A few processes, each with a thread here that waits for it. Bodies and arguments must be picklable."""

    def __init__(self, workers: int) -> None:
        self._most = workers
        self._waiting: deque[_Job] = deque()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()

    def submit(self, work: Work, report: Report) -> Cancel:
        """Run a body in a process."""
        job = _Job(work, report)
        with self._lock:
            worker = next((one for one in self._workers if one.job is None and not one.gone), None)
            if worker is None and len(self._workers) < self._most:
                worker = _Worker(self._done)
                self._workers.append(worker)
            if worker is None:
                self._waiting.append(job)
            else:
                worker.take(job)
        return lambda: self._cancel(job)

    def close(self, grace_s: float) -> None:
        """Kill every process."""
        with self._lock:
            workers, self._workers = self._workers, []
            self._waiting.clear()
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.join(grace_s)

    def _cancel(self, job: _Job) -> None:
        with self._lock:
            job.given_up = True
            if job in self._waiting:
                self._waiting.remove(job)
            for worker in self._workers:
                if worker.job is job:
                    worker.kill()

    def _done(self, worker: _Worker) -> None:
        with self._lock:
            if worker.gone and worker in self._workers:
                self._workers.remove(worker)
            if self._waiting:
                job = self._waiting.popleft()
                if worker.gone:
                    worker = _Worker(self._done)
                    self._workers.append(worker)
                worker.take(job)


class _Job:
    def __init__(self, work: Work, report: Report) -> None:
        self.work = work
        self.report = report
        self.given_up = False

    def tell(self, value: Any, error: BaseException | None, spent: Spent) -> None:
        if not self.given_up:
            self.report(value, error, spent)


class _Worker:
    """One process and the thread that talks to it."""

    def __init__(self, done: Callable[[_Worker], None]) -> None:
        context = get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=serve_calls, args=(there,), name="casare-process", daemon=True)
        self._process.start()
        there.close()
        self._done = done
        self._begin = threading.Semaphore(0)
        self.job: _Job | None = None
        self.gone = False
        self._thread = threading.Thread(target=self._talk, name="casare-process-talk", daemon=True)
        self._thread.start()

    def take(self, job: _Job) -> None:
        """Run a job next."""
        self.job = job
        self._begin.release()

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.gone = True
        self._process.kill()
        self._begin.release()

    def join(self, grace_s: float) -> None:
        """Wait until process and thread have ended."""
        # The thread waits for the process and lets go of it; two that do so would be in each other's way.
        self._thread.join(grace_s + 2.0)

    def _talk(self) -> None:
        while True:
            self._begin.acquire()
            job = self.job
            if self.gone or job is None:
                break
            spent = UNKNOWN
            try:
                began = time.perf_counter_ns()
                self._here.send((job.work.body, dict(job.work.arguments)))
                value, error, cpu, memory = self._here.recv()
                spent = Spent(began, cpu, memory)
            except (EOFError, OSError):
                self.gone = True
                value, error = None, CasareError("the process that ran this ended before it was done")
            except Exception as raised:
                value, error = None, raised
            self.job = None
            job.tell(value, error, spent)
            self._done(self)
            if self.gone:
                break
        self._here.close()
        self._process.join(1.0)
        self._process.close() if not self._process.is_alive() else None

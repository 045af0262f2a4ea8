"""Where bodies run that do not run here and now: on threads, on an event loop, behind one interface."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from queue import SimpleQueue
from typing import Any, Final, NamedTuple, Protocol


class Spent(NamedTuple):
    """What a body cost, as far as whoever ran it could measure."""

    began_ns: int | None = None
    """When it began, by the performance counter of this process."""
    cpu_ns: int | None = None
    memory_bytes: int | None = None
    """The most memory of the process that ran it, where it had one of its own."""
    wall_ns: int | None = None
    """How long it took on its thread, without waiting for that and on the way."""


UNKNOWN: Final = Spent()


class Report(Protocol):
    """Is told the value or the error, from any thread, at most once."""

    def __call__(self, value: Any, error: BaseException | None, spent: Spent = UNKNOWN, /) -> None: ...


Cancel = Callable[[], None]
"""Gives the work up; what it reports afterwards is not heard any more."""


class Work(NamedTuple):
    """One body with its arguments."""

    body: Callable[..., Any]
    arguments: Mapping[str, Any]


class Executor(Protocol):
    """Somewhere to run bodies. An engine on other machines can be one, if bodies and arguments can travel."""

    def submit(self, work: Work, report: Report) -> Cancel:
        """Begin, and report later."""

    def close(self, grace_s: float) -> None:
        """Stop everything; wait at most so long for what cannot be stopped at once."""


class ThreadExecutor:
    """Threads for bodies that block. They are made when needed and do not keep the process alive.

    A body that blocks cannot be stopped: when it is given up, its thread ends with it and takes nothing new.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._queue: SimpleQueue[tuple[Work, Report, Cancel] | None] = SimpleQueue()
        self._under_way: set[Cancel] = set()
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._closed = False

    def submit(self, work: Work, report: Report) -> Cancel:
        """Run a body on a thread."""
        if not self._idle.acquire(blocking=False) and len(self._threads) < self._workers:
            thread = threading.Thread(target=self._serve, name=f"casare-worker-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        given_up = threading.Event()

        def told(value: Any, error: BaseException | None, spent: Spent = UNKNOWN, /) -> None:
            if not given_up.is_set():
                report(value, error, spent)

        cancel = given_up.set
        self._queue.put((Work(_unless(given_up, work.body), work.arguments), told, cancel))
        return cancel

    def close(self, grace_s: float) -> None:
        """Let every thread end when it is done with what it does."""
        self._closed = True
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(grace_s)
            # One that blocks is not waited for again: all have had the grace by then.
            grace_s = 0.0 if thread.is_alive() else grace_s

    def is_busy(self, cancel: Cancel) -> bool:
        """Tell whether the body that `cancel` gave up still keeps its thread."""
        return cancel in self._under_way

    def _serve(self) -> None:
        while (held := self._queue.get()) is not None:
            work, report, cancel = held
            self._under_way.add(cancel)
            began, cpu = time.perf_counter_ns(), time.thread_time_ns()
            try:
                value, error = work.body(**work.arguments), None
            except BaseException as raised:
                value, error = None, raised
            self._under_way.discard(cancel)
            report(value, error, Spent(began, time.thread_time_ns() - cpu, wall_ns=time.perf_counter_ns() - began))
            del held, work, report, value, error, cancel
            self._idle.release()


def _unless(given_up: threading.Event, body: Callable[..., Any]) -> Callable[..., Any]:
    def run(**arguments: Any) -> Any:
        return None if given_up.is_set() else body(**arguments)

    return run


class FuturesExecutor:
    """Any pool with the interface of `concurrent.futures`, such as that of a cluster: Dask's `client.get_executor()`.

    Bodies and arguments must be able to travel there. The pool belongs to whoever made it and is not shut down here.
    """

    def __init__(self, pool: concurrent.futures.Executor) -> None:
        self._pool = pool
        self._under_way: set[concurrent.futures.Future[Any]] = set()

    def submit(self, work: Work, report: Report) -> Cancel:
        """Hand a body to the pool."""
        future = self._pool.submit(work.body, **work.arguments)
        self._under_way.add(future)

        def told(done: concurrent.futures.Future[Any]) -> None:
            self._under_way.discard(done)
            if done.cancelled():
                return
            error = done.exception()
            report(None if error is not None else done.result(), error)

        future.add_done_callback(told)

        def cancel() -> None:
            future.cancel()

        return cancel

    def close(self, grace_s: float) -> None:
        """Take back what has not begun there."""
        for future in list(self._under_way):
            future.cancel()


class AsyncExecutor:
    """One event loop on one thread of its own, for coroutine functions."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def submit(self, work: Work, report: Report) -> Cancel:
        """Run a coroutine function on the loop."""
        loop = self._loop or self._begin()
        tasks: list[asyncio.Task[Any]] = []

        async def run() -> None:
            began = time.perf_counter_ns()
            try:
                value = await work.body(**work.arguments)
            except BaseException as error:
                report(None, error)
                if isinstance(error, asyncio.CancelledError):
                    raise
            else:
                report(value, None, Spent(began))

        def begin() -> None:
            tasks.append(_task(loop, run()))

        def cancel() -> None:
            for task in tasks:
                task.cancel()

        loop.call_soon_threadsafe(begin)
        return lambda: _tell(loop, cancel)

    def close(self, grace_s: float) -> None:
        """Cancel what is under way and end the thread."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return

        async def end() -> None:
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.wait(tasks, timeout=grace_s)
            loop.stop()

        _tell(loop, lambda: _task(loop, end()))
        thread.join(grace_s + 1.0)
        self._loop = self._thread = None

    def _begin(self) -> asyncio.AbstractEventLoop:
        loop = self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_run_loop, args=(loop,), name="casare-loop", daemon=True)
        self._thread.start()
        return loop


_tasks: set[asyncio.Task[Any]] = set()


def _task(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any]:
    # A loop holds its tasks weakly.
    task = loop.create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return task


def _tell(loop: asyncio.AbstractEventLoop, work: Callable[[], Any]) -> None:
    if not loop.is_closed():
        try:
            loop.call_soon_threadsafe(work)
        except RuntimeError:
            # It was closed a moment ago.
            return


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

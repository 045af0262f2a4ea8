"""The worker processes of this Python process: started when first needed, kept warm, shared by all runs.

A process belongs to one run while that has work in it, and comes back afterwards. It is never asked to import the main
script again, so an unguarded script or a notebook may run workflows.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from casare.foundation.errors import CasareError
from casare.foundation.serving import COMMAND, Answer, read_frame, write_frame

IDLE_S: Final = 60.0
"""How long a process is kept that nobody uses."""
_MARGIN_S: Final = 5.0
"""One that is nearly over is not used any more, or it might end just as it is asked."""


class CannotTravelError(CasareError):
    """What a body was given cannot be handed to another process."""


class WorkerProcess:
    """One process, used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(IDLE_S), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.used = time.monotonic()
        self._paths = sys.path.copy()

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether it runs and will go on running for a while."""
        return self._process.poll() is None and time.monotonic() - self.used < IDLE_S - _MARGIN_S

    def call(self, body: Callable[..., Any], arguments: Any) -> Answer:
        """Run a body there and wait for its answer.

        Raises CannotTravelError when it cannot be sent, EOFError or OSError when the process has ended.
        """
        try:
            packed = pickle.dumps((body, dict(arguments)), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            raise CannotTravelError(
                f"what the node is given cannot be handed to another process: {error}",
                mend="Set _run_in to “thread” for it.",
            ) from error
        paths = None if sys.path == self._paths else list(sys.path)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        write_frame(self._process.stdin, pickle.dumps((_folder(), paths, packed)))  # type: ignore[arg-type]
        self._paths = sys.path.copy()
        answer = Answer(*pickle.loads(read_frame(self._process.stdout)))  # type: ignore[arg-type]
        self.used = time.monotonic()
        return answer

    def kill(self) -> None:
        """End the process, whatever it does; whoever waits for an answer is told that it has ended."""
        self._process.kill()

    def close(self) -> None:
        """End the process and let go of it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What could not be written any more is not wanted any more.
                    continue
        self._process.wait()


class ProcessPool:
    """Processes to borrow. Any thread may."""

    def __init__(self) -> None:
        self._free: list[WorkerProcess] = []
        self._lent = 0
        self._change = threading.Condition()
        self.started = 0
        """How many processes were ever started."""

    def borrow(self, most: int, wanted: Callable[[], bool]) -> WorkerProcess | None:
        """Return a process, the one used last first; wait while `most` are lent, as long as it is `wanted`."""
        gone: list[WorkerProcess] = []
        with self._change:
            self._change.wait_for(lambda: self._lent < most or not wanted())
            if not wanted():
                return None
            found = None
            while self._free and found is None:
                held = self._free.pop()
                if held.alive:
                    found = held
                else:
                    gone.append(held)
            self._lent += 1
            self.started += found is None
        for one in gone:
            one.close()
        try:
            return found or WorkerProcess()
        except BaseException:
            self._back(None)
            raise

    def give_back(self, process: WorkerProcess, *, broken: bool = False) -> None:
        """Take a process back; a broken one is let go of."""
        if broken:
            process.close()
        self._back(None if broken else process)

    def wake(self) -> None:
        """Have those who wait for a process look again whether they still want one."""
        with self._change:
            self._change.notify_all()

    def idle(self) -> list[int]:
        """Return the numbers of the processes that wait for work."""
        with self._change:
            return [one.pid for one in self._free if one.alive]

    def close(self) -> None:
        """End the processes that nobody uses."""
        with self._change:
            free, self._free = self._free, []
        for one in free:
            one.close()

    def _back(self, process: WorkerProcess | None) -> None:
        with self._change:
            self._lent -= 1
            if process is not None:
                self._free.append(process)
            self._change.notify_all()


def shared_pool() -> ProcessPool:
    """Return the pool of this process; after a fork the child has one of its own."""
    return _pool_of(os.getpid())


@cache
def _pool_of(_pid: int) -> ProcessPool:
    pool = ProcessPool()
    atexit.register(pool.close)
    return pool


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - once for each call
    except OSError:
        return ""

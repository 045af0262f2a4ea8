"""The other end of a worker process. It imports next to nothing, because every process that starts pays for that."""

from __future__ import annotations

import pickle
import signal
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from casare.foundation.errors import CasareError


def serve_calls(pipe: Connection) -> None:
    """Run the functions that come through a pipe, until it is closed.

    In comes a pair of a function and its arguments by name; back goes what it gave or raised, the processor time it
    took (ns), and the most memory this process has had (bytes, or None).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            body, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        except Exception as error:
            pipe.send((None, error, None, None))
            continue
        began = time.process_time_ns()
        answer: tuple[Any, BaseException | None]
        try:
            answer = (body(**arguments), None)
        except BaseException as error:
            answer = (None, error)
        spent = (time.process_time_ns() - began, _most_memory())
        try:
            pipe.send((*answer, *spent))
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            told = CasareError(f"the result cannot be brought back from another process: {error}")
            pipe.send((None, told, *spent))


def _most_memory() -> int | None:
    """Return the most memory this process has had (bytes), or None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

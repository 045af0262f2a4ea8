"""The other end of a worker process. It imports next to nothing, because every process that starts pays for that.

A frame is the length of what follows (8 bytes, little-endian) and a pickle. Nothing but this process's own parent can
write to its pipes, so what is unpickled here was pickled there.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, Final, NamedTuple

from casare.foundation.errors import CasareError

COMMAND: Final = "import sys; sys.path[:] = sys.argv[2:]; from casare.foundation.serving import main; main()"
"""What a new Python is told to run, with its idle time (s) and the module search path of its parent as arguments."""
_LENGTH: Final = struct.Struct("<Q")


class Call(NamedTuple):
    """One call as it travels: a function that can be found by its name, and what it is given."""

    body: Callable[..., Any]
    arguments: Mapping[str, Any]


class Answer(NamedTuple):
    """What comes back: what the call gave or raised, the processor time (ns), the most memory so far (bytes)."""

    value: Any
    error: BaseException | None
    cpu_ns: int | None = None
    memory_bytes: int | None = None


def write_frame(pipe: BinaryIO, packed: bytes) -> None:
    """Write one frame. Raises OSError when nobody reads any more."""
    pipe.write(_LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes:
    """Return the next frame. Raises EOFError at the end."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    packed = pipe.read(_LENGTH.unpack(head)[0])
    if len(packed) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return packed


def run_many(body: Callable[..., Any], calls: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Run a function once for each set of arguments; return the packed answers in order.

    Many small calls travel as one, and one that fails, or whose result cannot travel, does not touch the others.
    """
    return [_packed(_answer(body, arguments)) for arguments in calls]


def serve_calls(requests: BinaryIO, answers: BinaryIO, busy: Callable[[bool], None] = lambda _: None) -> None:
    """Answer calls until the pipe is closed. `busy` is told when one begins and when it is over."""
    while True:
        try:
            packed = read_frame(requests)
        except (EOFError, OSError):
            return
        busy(True)
        try:
            folder, paths, held = pickle.loads(packed)
            if paths is not None:
                sys.path[:] = paths
            _go_to(folder)
            call = Call(*pickle.loads(held))
        except Exception as error:
            found = Answer(None, error)
        else:
            found = _answer(call.body, call.arguments)
        try:
            write_frame(answers, _packed(found))
        except OSError:
            return
        busy(False)


def main() -> None:
    """Serve the process that started this one; end when it has, or after the idle time on the command line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What bodies print or read must not mix with the frames.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    serve_calls(requests, answers, _Patience(float(sys.argv[1])))


class _Patience:
    """End this process when nothing came for a while, so that one forgotten by its parent does not stay for ever."""

    def __init__(self, idle_s: float) -> None:
        self._idle_s = idle_s
        self._since: float | None = time.monotonic()
        threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self, busy: bool) -> None:
        self._since = None if busy else time.monotonic()

    def _watch(self) -> None:
        while True:
            since = self._since
            left = self._idle_s if since is None else since + self._idle_s - time.monotonic()
            if left <= 0:
                os._exit(0)
            time.sleep(left)


def _answer(body: Callable[..., Any], arguments: Mapping[str, Any]) -> Answer:
    began = time.process_time_ns()
    value: Any = None
    error: BaseException | None = None
    try:
        value = body(**arguments)
    except BaseException as raised:
        error = raised
    return Answer(value, error, time.process_time_ns() - began, _most_memory())


def _packed(answer: Answer) -> bytes:
    try:
        return pickle.dumps(tuple(answer), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        told = CasareError(f"the result cannot be brought back from another process: {error}")
        return pickle.dumps((None, told, *answer[2:]))


def _go_to(folder: str) -> None:
    if folder and folder != os.getcwd():  # noqa: PTH109 - pathlib would cost more than all the rest
        os.chdir(folder)


def _most_memory() -> int | None:
    """Return the most memory this process has had (bytes), or None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

"""A worker process: what comes through the pipe is run, and everything that goes wrong comes back as an error."""

from __future__ import annotations

import threading
from multiprocessing import Pipe
from typing import Any

import pytest

from casare.foundation import serving
from casare.foundation.serving import serve_calls


def double(value: int) -> int:
    if value < 0:
        raise ValueError("too small")
    return value * 2


def unpicklable(value: int) -> Any:
    return threading.Lock()


@pytest.mark.parametrize(
    ("function", "value", "error"),
    [(double, 4, ""), (double, -1, "too small"), (unpicklable, 1, "cannot be brought back")],
)
def test_every_call_is_answered(monkeypatch: pytest.MonkeyPatch, function: Any, value: int, error: str) -> None:
    # Signals can only be set on the main thread, and a test has that for itself.
    monkeypatch.setattr(serving.signal, "signal", lambda *_: None)
    here, there = Pipe()
    thread = threading.Thread(target=serve_calls, args=(there,))
    thread.start()
    here.send((function, {"value": value}))
    given, raised, cpu, memory = here.recv()
    here.close()
    thread.join(5)
    there.close()
    assert not thread.is_alive()
    assert (given, error in str(raised)) == (8 if not error else None, True)
    assert cpu >= 0
    assert memory is None or memory > 1_000_000

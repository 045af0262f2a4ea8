"""A worker process: what comes through the pipe is run, and everything that goes wrong comes back as an error."""

from __future__ import annotations

import os
import pickle
import threading
from pathlib import Path
from typing import Any

import pytest

from casare.foundation.serving import Answer, read_frame, run_many, serve_calls, write_frame


def double(value: int) -> int:
    if value < 0:
        raise ValueError("too small")
    return value * 2


def unpicklable(value: int) -> Any:
    return threading.Lock()


def where(value: int) -> str:
    return str(Path.cwd())


def asked(function: Any, value: int, folder: str = "") -> Answer:
    """Return the answer of a server at the other end of two pipes."""
    (requests, ask), (answer, answers) = os.pipe(), os.pipe()
    with os.fdopen(requests, "rb") as one, os.fdopen(answers, "wb") as other, os.fdopen(answer, "rb") as heard:
        thread = threading.Thread(target=serve_calls, args=(one, other))
        thread.start()
        with os.fdopen(ask, "wb") as asking:
            write_frame(asking, pickle.dumps((folder, None, pickle.dumps((function, {"value": value})))))
            found = Answer(*pickle.loads(read_frame(heard)))
        thread.join(5)
        assert not thread.is_alive()
    return found


@pytest.mark.parametrize(
    ("function", "value", "error"),
    [(double, 4, ""), (double, -1, "too small"), (unpicklable, 1, "cannot be brought back")],
)
def test_every_call_is_answered(function: Any, value: int, error: str) -> None:
    found = asked(function, value)
    assert (found.value, error in str(found.error)) == (8 if not error else None, True)
    assert found.cpu_ns is not None
    assert found.memory_bytes is None or found.memory_bytes > 1_000_000


def test_a_call_runs_in_the_folder_of_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path.cwd())
    assert asked(where, 1, str(tmp_path)).value == str(tmp_path)


def test_of_many_calls_that_travel_as_one_each_has_its_own_answer() -> None:
    found = [Answer(*pickle.loads(one)) for one in run_many(double, [{"value": one} for one in (1, -1, 3)])]
    assert [one.value for one in found] == [2, None, 6]
    assert [str(one.error) for one in found] == ["None", "too small", "None"]

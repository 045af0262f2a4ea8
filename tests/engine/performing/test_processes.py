"""Processes are shared by all runs and stay warm; what is given up is killed alone; small calls travel together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casare.engine import RunReport
from casare.engine.performing import process_pool as pools
from casare.engine.performing.executors import Work
from casare.engine.performing.process_pool import ProcessPool, shared_pool
from casare.engine.performing.processes import ProcessExecutor
from casare.engine.performing.weights import together, weigh, weight_of
from tests.engine.probes import spin, where

Run = Callable[..., RunReport]


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    made = ProcessPool()
    yield made
    made.close()


def answers(executor: ProcessExecutor, *works: Work) -> list[tuple[Any, Any]]:
    """Return what came back, in the order it did."""
    found: list[tuple[Any, Any]] = []
    all_there = threading.Event()

    def heard(value: Any, error: Any, *_: Any) -> None:
        found.append((value, error))
        if len(found) == len(works):
            all_there.set()

    for work in works:
        executor.submit(work, heard)
    assert all_there.wait(30)
    return found


def test_a_second_run_starts_no_new_process(run: Run) -> None:
    told = ("Where", {"_run_in": "process"})
    first = run({"a": told}).outputs["a"]["process"]
    started = shared_pool().started
    again = [run({"a": told}).outputs["a"]["process"] for _ in range(5)]
    assert again == [first] * 5
    assert (shared_pool().started, first != os.getpid()) == (started, True)


def test_heavy_items_are_shared_by_as_many_processes_as_are_asked_for(run: Run) -> None:
    batch = {"items": list(range(40)), "parallel": True, "max_concurrent": 2}
    report = run({"n": ("Slow", {"_batch": batch})}, options={"processes": 2})
    assert report.status == "completed", report.errors
    assert len(set(report.outputs["n"]["process"]) - {os.getpid()}) == 2


def test_a_killed_job_does_not_touch_the_jobs_of_other_runs(pool: ProcessPool) -> None:
    one, other = ProcessExecutor(2, pool), ProcessExecutor(2, pool)
    endless = one.submit(Work(spin, {"rounds": 10**13}), lambda *_: None)
    assert answers(other, Work(spin, {"rounds": 10}))[0] == (45, None)
    endless()
    one.close(0.0)
    assert answers(other, Work(spin, {"rounds": 10}))[0] == (45, None)
    other.close(0.0)
    assert (pool.started, len(pool.idle())) == (2, 1)


def test_a_body_that_ends_within_the_grace_keeps_its_process(pool: ProcessPool) -> None:
    executor = ProcessExecutor(1, pool)
    answers(executor, Work(where, {}))
    executor.submit(Work(where, {}), lambda *_: None)
    executor.close(30.0)
    assert (pool.started, len(pool.idle())) == (1, 1)


def test_no_more_processes_than_allowed_run_whatever_number_of_runs(pool: ProcessPool) -> None:
    executors = [ProcessExecutor(2, pool) for _ in range(3)]
    for executor in executors:
        answers(executor, *(Work(where, {}) for _ in range(5)))
    for executor in executors:
        executor.close(1.0)
    assert pool.started <= 2


def test_a_process_that_has_died_is_replaced(pool: ProcessPool) -> None:
    executor = ProcessExecutor(1, pool)
    value, error = answers(executor, Work(os._exit, {"status": 3}))[0]
    assert (value, "ended before" in str(error)) == (None, True)
    assert answers(executor, Work(where, {}))[0][1] is None
    executor.close(1.0)


def test_what_cannot_travel_says_so_and_costs_no_process(pool: ProcessPool) -> None:
    executor = ProcessExecutor(1, pool)
    error = answers(executor, Work(where, {"fails": threading.Lock()}))[0][1]
    assert "cannot be handed to another process" in str(error)
    executor.close(1.0)
    assert len(pool.idle()) == 1


def test_one_that_was_idle_for_long_is_not_used_again(pool: ProcessPool, monkeypatch: pytest.MonkeyPatch) -> None:
    executor = ProcessExecutor(1, pool)
    answers(executor, Work(where, {}))
    monkeypatch.setattr(pools, "IDLE_S", 0.0)
    assert pool.idle() == []
    answers(executor, Work(where, {}))
    executor.close(1.0)
    assert pool.started == 2


def test_many_small_calls_travel_together_and_fail_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    call = pools.WorkerProcess.call

    def counted(self: Any, body: Any, arguments: Any) -> Any:
        sent.append(body.__name__)
        return call(self, body, arguments)

    monkeypatch.setattr(pools.WorkerProcess, "call", counted)
    batch = {"items": [*range(499), -1], "parallel": True, "max_concurrent": 2, "on_error": "continue"}
    report = run({"n": ("Root", {"value": "{{item}}", "_run_in": "process", "_batch": batch})})
    given = report.outputs["n"]
    assert given["root"] == [number**0.5 for number in range(499)] + [None]
    assert [one["index"] for one in given["errors"]] == [499]
    assert (len(sent) < 50, "run_many" in sent) == (True, True)


def test_a_body_that_was_found_light_is_not_sent_away_any_more(run: Run) -> None:
    used = [run({"a": "Where"}).outputs["a"]["process"] for _ in range(4)]
    assert [one == os.getpid() for one in used] == [False, False, False, True]


def test_items_that_turn_out_heavy_go_on_in_processes_without_being_told(run: Run) -> None:
    batch = {"items": list(range(12)), "parallel": True, "max_concurrent": 2}
    report = run({"n": ("Light", {"_batch": batch})}, options={"processes": 2})
    assert report.status == "completed", report.errors
    used = report.outputs["n"]["process"]
    assert (used[0], os.getpid() in used[4:]) == (os.getpid(), False)


def test_items_that_cannot_travel_stay_here(run: Run) -> None:
    batch = {"items": list(range(6)), "parallel": True, "max_concurrent": 2}
    given = {"gate": threading.Lock()}
    report = run({"n": ("Light", {"beside": "{{gate}}", "_batch": batch})}, variables=given)
    assert report.status == "completed", report.errors
    assert set(report.outputs["n"]["process"]) == {os.getpid()}


def test_calls_travel_alone_until_they_were_weighed_and_fairly_after() -> None:
    def body() -> None: ...

    assert together(body, 1000, 2) == 1
    for _ in range(3):
        weigh(body, 1_000_000, 200_000)
    assert (together(body, 1000, 2), together(body, 8, 2)) == (20, 2)
    found = weight_of(body)
    assert found is not None
    assert found.cpu_ns == 1_000_000


def test_a_script_that_guards_nothing_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from casare.engine.performing.processes import ProcessExecutor\n"
        "from casare.engine.performing.executors import Work\n"
        "import math, threading\n"
        "print('once')\n"
        "over = threading.Event()\n"
        "executor = ProcessExecutor(1)\n"
        "executor.submit(Work(math.factorial, {}), lambda *told: (print(type(told[1]).__name__), over.set()))\n"
        "over.wait(20)\n"
        "executor.close(1.0)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert (done.stdout.split(), done.stderr) == (["once", "TypeError"], "")

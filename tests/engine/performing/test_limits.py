"""Limits and rates from the settings, other executors, progress, and why something ran one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from casare.engine.performing.executors import FuturesExecutor
from casare.engine.planning.policy import Policy, delay_before
from casare.events import LineLogged, NodeProgressed, NodeRetried
from tests.engine.probes import Gauge

Run = Callable[..., Any]


def test_limits_can_stand_in_the_settings_of_the_workflow(run: Run) -> None:
    gauge = Gauge()
    nodes = {f"m{number}": "Meter" for number in range(12)}
    run(nodes, variables={"gauge": gauge}, settings={"limits": {"type:Meter": 2, "service:network": 50}})
    assert gauge.most == 2


@pytest.mark.parametrize("key", ["type:Meter", "service:network", "all", "node:m0"])
def test_a_rate_keeps_starts_of_a_type_or_a_service_apart(run: Run, key: str) -> None:
    facts: list[Any] = []
    nodes = {f"m{number}": "Meter" for number in range(3)}
    report = run(
        nodes,
        variables={"gauge": Gauge()},
        options={"observer": facts.extend},
        settings={"rates": {key: 100}},
    )
    assert report.status == "completed", report.errors
    starts = sorted(fact.at for fact in facts if type(fact).__name__ == "NodeStarted")
    apart = 0.0 if key == "node:m0" else 0.0199
    assert starts[-1] - starts[0] >= apart


def test_items_of_a_batch_keep_to_the_rate_and_the_time_limit(run: Run) -> None:
    facts: list[Any] = []
    batch = {"items": [0.0, 5.0, 0.0], "as": "s", "on_error": "continue", "parallel": True}
    node = ("Wait", {"seconds": "{{s}}", "_batch": batch, "_timeout": 0.05, "_rate": 200})
    report = run({"w": node}, options={"observer": facts.extend})
    assert report.status == "degraded"
    assert [one["index"] for one in report.outputs["w"]["errors"]] == [1]
    assert "longer than 0.05 s" in report.errors[0].message
    done = [(fact.done, fact.total) for fact in facts if isinstance(fact, NodeProgressed)]
    assert done[-1] == (3, 3)


def test_items_wait_longer_before_each_further_attempt(run: Run) -> None:
    facts: list[Any] = []
    batch = {"items": [1], "retries": 2, "retry_delay": 0.001}
    node = ("Flaky", {"times": 2, "_batch": batch, "_retry_jitter": 0})
    report = run({"w": node}, options={"observer": facts.extend})
    assert report.status == "completed", report.errors
    assert [fact.delay for fact in facts if isinstance(fact, NodeRetried)] == [0.001, 0.002]


def test_a_delay_grows_and_is_spread() -> None:
    policy = Policy(backoff=3.0, jitter=0.5)
    drawn = [delay_before(policy, 2.0, 2) for _ in range(200)]
    assert all(3.0 <= one <= 9.0 for one in drawn)
    assert len(set(drawn)) > 100


def test_a_plain_function_with_a_time_limit_can_be_given_up(run: Run) -> None:
    gate = threading.Event()
    report = run({"b": ("Block", {"_timeout": 0.03})}, variables={"gate": gate})
    gate.set()
    assert "longer than 0.03 s" in report.errors[0].message


def test_heavy_bodies_run_in_whatever_takes_the_place_of_processes(run: Run) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="cluster") as pool:
        report = run(
            {"s": ("Spin", {"rounds": 10}), "w": ("Where", {"fails": True})},
            "s>w",
            options={"executors": {"process": lambda: FuturesExecutor(pool)}},
        )
    assert report.outputs["s"]["total"] == 45
    assert [one.message for one in report.errors] == ["no place"]


def notes(report: Any) -> list[str]:
    return [line.message for line in report.log if isinstance(line, LineLogged) and line.level == "note"]


@pytest.mark.parametrize(
    ("nodes", "wires", "told"),
    [
        ({"f": "ForkNode", "a": "Note", "b": "Note"}, "f.branch_1>a f.branch_2>b", "no branch waits"),
        ({"f": "ForkNode", "a": "Note", "b": "Block"}, "f.branch_1>a f.branch_2>b", "only branch_2 waits"),
        ({"f": "ForkNode", "a": "Block", "b": "Block"}, "f.branch_1>a f.branch_2>b", ""),
        ({"p": ("ParallelForEachNode", {"items": [1, 2]}), "a": "Note"}, "p.body>a", "nothing in the body waits"),
        ({"p": ("ParallelForEachNode", {"items": [1], "batch_size": 1}), "a": "Block"}, "p.body>a", "only 1 may run"),
        ({"p": ("ParallelForEachNode", {"items": [1, 2]}), "a": "Block"}, "p.body>a", ""),
        (
            {"p": ("ParallelForEachNode", {"items": [1, 2]}), "a": ("Spin", {"_run_in": "thread"})},
            "p.body>a",
            "a keep a core busy on threads",
        ),
        ({"a": ("Note", {"_batch": {"items": [1, 2], "parallel": True}})}, "", "does not wait"),
        ({"a": ("Note", {"_batch": {"items": [1, 2]}})}, "", ""),
    ],
)
def test_a_person_is_told_what_ran_one_after_the_other_and_why(run: Run, nodes: Any, wires: str, told: str) -> None:
    report = run(nodes, wires)
    assert report.status == "completed", report.errors
    if told:
        assert [told in message for message in notes(report)] == [True]
    else:
        assert notes(report) == []


def test_progress_counts_items_turns_and_branches(run: Run) -> None:
    for nodes, wires, done in [
        ({"f": ("ForLoopStartNode", {"items": [1, 2, 3]}), "a": "Note"}, "f.body>a", (3, 3)),
        ({"f": ("ParallelForEachNode", {"items": [1, 2, 3]}), "a": "Block"}, "f.body>a", (3, 3)),
        ({"f": "ForkNode", "a": "Note", "b": "Note"}, "f.branch_1>a f.branch_2>b", (2, 2)),
    ]:
        facts: list[Any] = []
        run(nodes, wires, options={"observer": facts.extend})
        told = [(fact.done, fact.total) for fact in facts if isinstance(fact, NodeProgressed)]
        assert told[-1] == done
        assert told == sorted(told)

"""Parallel execution, items P-1 to P-11: tasks, data, pipelines, branches, limits, cores, and what a person is told."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from casare.engine.options import RunOptions
from casare.engine.performing.executors import Executor, FuturesExecutor, ThreadExecutor
from casare.events import NodeProgressed
from tests.engine.probes import Gauge

Run = Callable[..., Any]


def test_p_1_different_operations_on_the_same_data_run_at_once_and_join(run: Run) -> None:
    nodes = {
        "d": ("Note", {"value": 5}),
        "f": "ForkNode",
        "a": ("Together", {"value": "{{d.value + 1}}"}),
        "b": ("Together", {"value": "{{d.value * 2}}"}),
        "j": "JoinNode",
    }
    report = run(nodes, "d>f f.branch_1>a>j f.branch_2>b>j", variables={"barrier": threading.Barrier(2)})
    assert report.outputs["j"]["results"] == {"branch_1": 6, "branch_2": 10}


@pytest.mark.parametrize("kind", ["Note", "Meter", "Wait"])
def test_p_2_any_node_can_be_batched_with_results_in_order_and_errors_and_times_of_each_item(
    run: Run, kind: str
) -> None:
    config = {"seconds": 0} if kind == "Wait" else {"value": "{{thing}}"}
    batch = {"items": "{{things}}", "as": "thing", "parallel": True, "max_concurrent": 3}
    report = run({"n": (kind, {**config, "_batch": batch})}, variables={"things": [3, 1, 2], "gauge": Gauge()})
    given = report.outputs["n"]
    assert given.get("value", [3, 1, 2]) == [3, 1, 2]
    assert (given["errors"], len(given["times_ms"])) == ([], 3)


def test_p_3_stages_work_on_different_items_at_once(run: Run) -> None:
    gauge = Gauge()
    nodes = {
        "p": ("PipelineNode", {"items": list(range(20)), "queue_size": 1}),
        "a": ("Meter", {"value": "{{p.current_item}}"}),
        "b": ("Meter", {"value": "{{p.current_item}}"}),
    }
    report = run(nodes, "p.body>a>b", variables={"gauge": gauge})
    # Each stage takes one item at a time, so two at once are two stages with two items.
    assert (report.status, gauge.most) == ("completed", 2)
    assert report.outputs["p"]["results"] == list(range(20))


def test_p_4_a_whole_workflow_runs_per_parameter_set(run: Run) -> None:
    inner = {
        "name": "Inner",
        "nodes": {"s": {"node_type": "Plus", "config": {"a": "{{a}}", "b": "{{b}}"}}},
        "outputs": [{"name": "sum", "internal_node_id": "s", "internal_port_name": "sum"}],
    }
    sets = [{"a": 1, "b": 2}, {"a": 10, "b": 20}]
    config = {"subflow_id": "i", "a": "{{set.a}}", "b": "{{set.b}}", "_batch": {"items": sets, "as": "set"}}
    report = run({"n": ("SubflowNode", config)}, extra={"subflows": {"i": inner}})
    assert report.outputs["n"]["sum"] == [3, 30]


def test_p_5_branches_are_isolated_and_a_collision_is_told(run: Run) -> None:
    def put(value: int) -> Any:
        return "SetVariableNode", {"variable_name": "x", "value": value}

    report = run({"f": "ForkNode", "a": put(1), "b": put(2), "j": "JoinNode"}, "f.branch_1>a>j f.branch_2>b>j")
    assert (report.variables["branch_1_x"], report.variables["branch_2_x"]) == (1, 2)
    assert any("set the variable “x” differently" in line.message for line in report.log)


@pytest.mark.parametrize(
    ("address", "value"),
    [("f.branch_1", 1), ("f[*]", [1, 4]), ("max(f[*])", 4), ("b.sum", 4), ("sum(j.results[*])", 5)],
)
def test_p_6_addresses_reach_a_node_a_branch_all_branches_and_aggregates(run: Run, address: str, value: Any) -> None:
    nodes = {"f": "ForkNode", "a": ("Plus", {"a": 0}), "b": ("Plus", {"a": 3}), "j": "JoinNode"}
    nodes["n"] = ("Note", {"value": f"{{{{{address}}}}}"})
    assert run(nodes, "f.branch_1>a>j f.branch_2>b>j j>n").outputs["n"]["value"] == value


@pytest.mark.parametrize(
    ("strategy", "results"), [("array", [1, 4]), ("dict", {"branch_1": 1, "branch_2": 4}), ("custom", 4)]
)
def test_p_7_a_join_merges_to_an_array_a_dict_or_its_own(run: Run, strategy: str, results: Any) -> None:
    nodes = {"f": "ForkNode", "a": ("Plus", {"a": 0}), "b": ("Plus", {"a": 3})}
    nodes["j"] = ("JoinNode", {"merge_strategy": strategy, "expression": "max(branches)"})
    assert run(nodes, "f.branch_1>a>j f.branch_2>b>j").outputs["j"]["results"] == results


def test_p_8_services_are_called_by_five_at_most_and_batches_are_limited(run: Run) -> None:
    gauge = Gauge()
    batch = {"items": list(range(30)), "parallel": True, "max_concurrent": 30}
    run({"m": ("Meter", {"_batch": batch})}, variables={"gauge": gauge})
    assert gauge.most <= 5
    report = run({"m": ("Meter", {"_batch": {"items": "{{many}}"}})}, variables={"many": range(1_000_001)})
    assert "too large" in report.errors[0].message


def test_p_9_progress_is_told_per_item_and_what_shared_nothing_with_its_reason(run: Run) -> None:
    facts: list[Any] = []
    nodes = {"p": ("ParallelForEachNode", {"items": [1, 2, 3]}), "a": "Note"}
    report = run(nodes, "p.body>a", options={"observer": facts.extend})
    assert [fact for fact in facts if isinstance(fact, NodeProgressed)][-1][1:3] == (3, 3)
    assert any("one after the other" in line.message for line in report.log if line.level == "note")


def test_p_10_calls_that_wait_share_their_time(run: Run) -> None:
    # Ten at a barrier for ten: one after the other they would wait for ever.
    batch = {"items": list(range(10)), "parallel": True, "max_concurrent": 10}
    report = run({"n": ("Together", {"_batch": batch})}, variables={"barrier": threading.Barrier(10)})
    assert report.status == "completed", report.errors


def test_p_11_heavy_work_runs_in_processes_or_in_any_engine_with_the_same_interface(run: Run) -> None:
    seen: list[str] = []

    class Elsewhere(ThreadExecutor):
        def submit(self, work: Any, report: Any) -> Any:
            seen.append(work.body.__name__)
            return super().submit(work, report)

    nodes = {"w": "Where"}
    assert run(nodes).outputs["w"]["process"] != os.getpid()
    report = run(nodes, options={"executors": {"process": lambda: Elsewhere(1)}})
    assert (report.outputs["w"]["process"], seen) == (os.getpid(), ["where"])
    held: Callable[[Any], Executor] = FuturesExecutor
    assert held is FuturesExecutor
    assert RunOptions().executors == {}

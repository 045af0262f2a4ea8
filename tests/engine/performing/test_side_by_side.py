"""Fork and Join, many items at once, batches, limits, threads, the event loop, processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

N = "Note"


def fork(**more: Any) -> tuple[str, dict[str, Any]]:
    return "ForkNode", {"branch_count": 2, **more}


def parallel(items: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    return "ParallelForEachNode", {"items": items, **more}


def when(condition: str) -> tuple[str, dict[str, Any]]:
    return "IfNode", {"condition": condition}


def test_branches_of_a_fork_run_at_the_same_time(run: Callable[..., Any]) -> None:
    report = run(
        {"f": fork(), "a": "Together", "b": "Together", "j": "JoinNode", "z": N},
        "f.branch_1>a>j f.branch_2>b>j j>z",
        variables={"barrier": threading.Barrier(2)},
    )
    assert (report.status, report.variables["seen"]) == ("completed", ["z"])


def test_a_join_brings_what_the_branches_made(run: Callable[..., Any]) -> None:
    report = run(
        {"f": fork(), "a": (N, {"value": 1}), "b": (N, {"value": 2}), "j": "JoinNode"},
        "f.branch_1>a>j f.branch_2>b>j",
    )
    assert report.outputs["j"] == {"results": {"branch_1": 1, "branch_2": 2}, "branch_count": 2}


def test_a_join_only_counts_live_branches(run: Callable[..., Any]) -> None:
    report = run(
        {"f": fork(), "i": when("false"), "a": (N, {"value": 1}), "b": (N, {"value": 2}), "j": "JoinNode", "z": N},
        "f.branch_1>i i.true>a>j f.branch_2>b>j>z",
    )
    assert report.outputs["j"]["results"] == {"branch_2": 2}
    assert report.variables["seen"] == ["b", "z"]


def test_branches_do_not_see_what_others_set_and_a_collision_is_told(run: Callable[..., Any]) -> None:
    def set_to(value: int) -> tuple[str, dict[str, Any]]:
        return "SetVariableNode", {"variable_name": "x", "value": value}

    report = run(
        {"f": fork(), "a": set_to(1), "c": (N, {"mark": "a{{x}}"}), "b": set_to(2), "d": (N, {"mark": "b{{x}}"}),
         "o": ("SetVariableNode", {"variable_name": "only", "value": 5}), "j": "JoinNode"},
        "f.branch_1>a>c>j f.branch_2>b>d>o>j",
        variables={"x": 0},
    )  # fmt: skip
    assert sorted(report.variables["seen"]) == ["a1", "b2"]
    assert (report.variables["x"], report.variables["only"]) == (2, 5)
    assert (report.variables["branch_1_x"], report.variables["branch_2_x"]) == (1, 2)
    assert any("“x” differently" in line.message for line in report.log)


def test_a_failing_branch_lets_the_others_end_and_fails_the_fork(run: Callable[..., Any]) -> None:
    report = run(
        {"f": fork(), "x": "Fail", "a": N, "b": N, "j": "JoinNode", "z": N}, "f.branch_1>x>j f.branch_2>a>b>j>z"
    )
    assert (report.status, report.variables["seen"]) == ("failed", ["a", "b"])
    assert report.node("z").status == "skipped"


def test_all_failures_of_a_fork_are_told(run: Callable[..., Any]) -> None:
    report = run({"f": fork(), "x": "Fail", "y": "Fail"}, "f.branch_1>x f.branch_2>y")
    assert sorted(one.node_id for one in report.errors) == ["x", "y"]


def test_a_fork_that_fails_fast_stops_the_others(run: Callable[..., Any]) -> None:
    report = run({"f": fork(fail_fast=True), "x": "Fail", "w": "Wait", "b": N}, "f.branch_1>w>b f.branch_2>x")
    assert (report.status, report.variables["seen"]) == ("failed", [])
    assert report.node("w").status == "cancelled"


def test_branches_may_meet_in_part_before_the_join(run: Callable[..., Any]) -> None:
    report = run(
        {"f": ("ForkNode", {"branch_count": 3}), "a": N, "b": N, "c": N, "m": N, "j": "JoinNode", "z": N},
        "f.branch_1>a>j f.branch_2>b>m f.branch_3>c>m m>j>z",
    )
    assert sorted(report.variables["seen"][:-1]) == ["a", "b", "c", "m"]
    assert report.variables["seen"][-1] == "z"
    assert report.node("m").runs == 1


def test_items_run_at_the_same_time_and_results_keep_their_order(run: Callable[..., Any]) -> None:
    report = run(
        {"p": parallel([3, 1, 2, 9], batch_size=4), "a": ("Together", {"value": "{{p.current_item}}"}), "z": N},
        "p.body>a p.completed>z",
        variables={"barrier": threading.Barrier(4)},
    )
    assert report.outputs["p"]["results"] == [3, 1, 2, 9]
    assert report.variables["seen"] == ["z"]


@pytest.mark.parametrize(("size", "most"), [(1, 1), (3, 3)])
def test_no_more_items_than_asked_run_at_once(size: int, most: int, run: Callable[..., Any], probes: Any) -> None:
    gauge = probes.Gauge()
    report = run(
        {"p": parallel(list(range(9)), batch_size=size), "a": ("Meter", {"value": "{{p.current_item}}"})},
        "p.body>a",
        variables={"gauge": gauge},
        options={"limits": {"service:network": 99}},
    )
    assert report.outputs["p"]["results"] == list(range(9))
    assert gauge.most <= most


def test_failures_of_items_are_collected(run: Callable[..., Any]) -> None:
    report = run(
        {"p": parallel([1, 2, 3]), "i": when("{{p.current_item}} == 2"), "x": "Fail",
         "a": (N, {"value": "{{p.current_item}}"}), "z": N},
        "p.body>i i.true>x i.false>a p.completed>z",
    )  # fmt: skip
    assert (report.status, report.outputs["p"]["results"]) == ("degraded", [1, None, 3])
    assert report.errors[0].chain == ("x (turn 2)",)


def test_items_that_fail_fast_stop_the_others(run: Callable[..., Any]) -> None:
    report = run(
        {"p": parallel([1, 2], fail_fast=True), "i": when("{{p.current_item}} == 2"), "x": "Fail", "w": "Wait",
         "z": N},
        "p.body>i i.true>x i.false>w p.completed>z",
    )  # fmt: skip
    assert (report.status, report.variables["seen"]) == ("failed", [])


def test_an_item_that_takes_too_long_is_given_up(run: Callable[..., Any]) -> None:
    report = run(
        {"p": parallel([60, 0], timeout_per_item=0.05), "w": ("Wait", {"seconds": "{{p.current_item}}"}), "z": N},
        "p.body>w p.completed>z",
    )
    assert (report.status, report.variables["seen"]) == ("degraded", ["z"])
    assert "item 1 took longer" in report.errors[0].message


def test_no_items_make_no_turns(run: Callable[..., Any]) -> None:
    report = run({"p": parallel([]), "a": N, "z": N}, "p.body>a p.completed>z")
    assert (report.variables["seen"], report.outputs["p"]["results"]) == (["z"], [])


def test_parallel_items_have_variables_of_their_own(run: Callable[..., Any]) -> None:
    report = run(
        {"p": parallel([1, 2]), "s": ("SetVariableNode", {"variable_name": "x", "value": "{{p.current_item}}"}),
         "a": (N, {"value": "{{x}}"})},
        "p.body>s>a",
        variables={"x": 0},
    )  # fmt: skip
    assert (report.outputs["p"]["results"], report.variables["x"]) == ([1, 2], 0)


def test_values_of_parallel_turns_come_in_the_order_of_the_items(run: Callable[..., Any]) -> None:
    report = run(
        {"p": parallel([0.03, 0.0, 0.01]), "w": ("Wait", {"seconds": "{{p.current_item}}"}),
         "a": (N, {"value": "{{p.current_item}}"}), "z": (N, {"value": "{{a[*].value}}"})},
        "p.body>w>a p.completed>z",
    )  # fmt: skip
    assert report.outputs["z"]["value"] == [0.03, 0.0, 0.01]


def test_any_node_can_be_batched_one_after_the_other(run: Callable[..., Any]) -> None:
    report = run({"a": ("Plus", {"a": "{{item}}", "b": 10, "_batch": {"items": "{{list}}"}}), "z": N}, "a>z",
                 variables={"list": [1, 2, 3]})  # fmt: skip
    assert report.outputs["a"]["sum"] == [11, 12, 13]
    assert (report.outputs["a"]["errors"], len(report.outputs["a"]["times_ms"])) == ([], 3)


def test_a_batch_runs_several_at_a_time_within_its_limit(run: Callable[..., Any], probes: Any) -> None:
    gauge = probes.Gauge()
    report = run(
        {"a": ("Meter", {"value": "{{x}}", "_batch": {"items": [5, 6, 7, 8], "as": "x", "parallel": True,
         "max_concurrent": 2}})},
        variables={"gauge": gauge},
    )  # fmt: skip
    assert report.outputs["a"]["value"] == [5, 6, 7, 8]
    assert gauge.most <= 2


def test_a_batch_that_goes_on_tells_the_errors_of_its_items(run: Callable[..., Any]) -> None:
    told = {"items": [1, "x", 3], "on_error": "continue", "parallel": True}
    report = run({"a": ("MathOperationNode", {"a": "{{item}}", "b": 1, "_batch": told}), "z": N}, "a>z")
    assert report.status == "degraded"
    assert report.outputs["a"]["result"] == [2, None, 4]
    assert [one["index"] for one in report.outputs["a"]["errors"]] == [1]
    assert report.variables["seen"] == ["z"]


def test_a_batch_that_fails_fast_names_the_item(run: Callable[..., Any]) -> None:
    report = run({"a": ("MathOperationNode", {"a": "{{item}}", "b": 1, "_batch": {"items": [1, "x", 3]}})})
    assert report.status == "failed"
    assert report.errors[0].message.startswith("item 2: ")


def test_a_batch_tries_an_item_again(run: Callable[..., Any]) -> None:
    report = run({"a": ("Flaky", {"times": 2, "_batch": {"items": [1], "retries": 2}})})
    assert report.outputs["a"]["tries"] == [3]


def test_a_remote_service_is_called_by_five_at_most_unless_told_otherwise(run: Callable[..., Any], probes: Any) -> None:
    gauge = probes.Gauge()
    names = [f"m{number}" for number in range(12)]
    run(dict.fromkeys(names, "Meter"), variables={"gauge": gauge})
    assert gauge.most <= 5


def test_a_node_may_limit_itself(run: Callable[..., Any], probes: Any) -> None:
    gauge = probes.Gauge()
    told = ("Meter", {"value": 1, "_concurrency": 1})
    run({"p": parallel([1, 2, 3, 4]), "m": told}, "p.body>m", variables={"gauge": gauge})
    assert gauge.most == 1


def test_a_heavy_pure_node_runs_in_another_process(run: Callable[..., Any]) -> None:
    report = run({"s": ("Spin", {"rounds": 1000}), "w": "Where", "z": N}, "s>w>z")
    assert report.outputs["s"] == {"total": 499500}
    assert report.outputs["w"]["process"] != os.getpid()


def test_an_error_comes_back_from_another_process(run: Callable[..., Any]) -> None:
    report = run({"w": ("Where", {"fails": True})})
    assert (report.status, report.errors[0].message) == ("failed", "no place")


def test_a_rate_keeps_starts_apart(run: Callable[..., Any]) -> None:
    facts: list[Any] = []
    run({"p": parallel([1, 2, 3]), "b": ("Block", {"_rate": 50})}, "p.body>b", options={"observer": facts.extend})
    starts = sorted(one.at for one in facts if type(one).__name__ == "NodeStarted" and one.node_id == "b")
    # However busy the machine, nothing starts before its time: at 0, 20 and 40 ms.
    assert [at >= number * 0.02 for number, at in enumerate(starts)] == [True] * 3

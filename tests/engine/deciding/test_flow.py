"""What runs, and in which order: section 5 of the design, a line for each case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

N = "Note"
IF = "IfNode"


def yes(value: Any = True) -> tuple[str, dict[str, Any]]:
    return IF, {"condition": value}


CASES = {
    "a chain runs in its order": ({"a": N, "b": N, "c": N}, "a>b>c", "a b c"),
    "without Start nodes every node that nothing leads to begins, in document order": (
        {"a": N, "b": N, "c": N},
        "c>b",
        "a c b",
    ),
    "with a Start node nothing else begins": ({"x": N, "s": "StartNode", "a": N, "y": N}, "s>a x>y", "a"),
    "several Start nodes all begin": ({"s": "StartNode", "t": "StartNode", "a": N, "b": N}, "s>a t>b", "a b"),
    "the true way of an If": ({"i": yes(), "a": N, "b": N}, "i.true>a i.false>b", "a"),
    "the false way of an If": ({"i": yes(False), "a": N, "b": N}, "i.true>a i.false>b", "b"),
    "a condition in the config counts": ({"i": yes("{{n}} > 3"), "a": N, "b": N}, "i.true>a i.false>b", "b"),
    "text that says no is no": ({"i": yes("no"), "a": N, "b": N}, "i.true>a i.false>b", "b"),
    "a merge after an If goes on with one wire": (
        {"i": yes(), "a": N, "b": N, "m": "MergeNode", "z": N},
        "i.true>a>m i.false>b>m m>z",
        "a z",
    ),
    "what hangs on nothing but dead wires is bypassed, however far": (
        {"i": yes(), "a": N, "b": N, "c": N, "d": N},
        "i.true>a i.false>b>c>d",
        "a",
    ),
    "an If inside of an If": (
        {"i": yes(), "j": yes(False), "a": N, "b": N, "c": N, "m": N},
        "i.true>j j.true>a>m j.false>b>m i.false>c>m",
        "b m",
    ),
    "a join after a fan-out waits for every live wire and runs once": (
        {"s": N, "a": N, "b": N, "j": N},
        "s>a>j s>b>j",
        "s a b j",
    ),
    "a wire straight to the meeting place counts too": ({"s": N, "a": N, "j": N}, "s>j s>a>j", "s a j"),
    "both wires of an If may lead to the same node": ({"i": yes(), "a": N}, "i.true>a i.false>a", "a"),
    "a switch takes the first case that equals": (
        {"w": ("SwitchNode", {"value": "{{n}}", "cases": [1, 2, 3]}), "a": N, "b": N, "c": N, "d": N},
        "w.case_0>a w.case_1>b w.case_2>c w.default>d",
        "b",
    ),
    "a switch without a match takes the default": (
        {"w": ("SwitchNode", {"value": "x", "cases": ["y"]}), "a": N, "d": N},
        "w.case_0>a w.default>d",
        "d",
    ),
    "a switch without a wired default ends there": ({"w": ("SwitchNode", {"value": "x", "cases": ["y"]}), "a": N},
        "w.case_0>a", ""),
    "a case may be named after its value": (
        {"w": ("SwitchNode", {"value": "red", "cases": ["red"]}), "a": N},
        "w.case_red>a",
        "a",
    ),
    "a disabled node passes on": ({"a": N, "b": (N, {"_disabled": True}), "c": N}, "a>b>c", "a c"),
    "a disabled loop goes on at completed": (
        {"f": ("ForLoopStartNode", {"items": [1], "_disabled": True}), "a": N, "z": N},
        "f.body>a f.completed>z",
        "z",
    ),
    "a node that decides and gives a value": (
        {"c": ("Choose", {"way": "right"}), "a": N, "b": N}, "c.left>a c.right>b", "b"),
    "an end ends only its own path": ({"a": N, "e": "EndNode", "b": N, "c": N}, "a>e a>b>c", "a b c"),
    "a comment on the way does nothing": ({"a": N, "c": "CommentNode", "b": N}, "a>c>b", "a b"),
    "a break outside of a loop does nothing": ({"a": N, "k": "BreakNode", "b": N}, "a>k>b", "a b"),
    "without control wires nodes run as their values arrive": (
        {"c": N, "b": N, "a": (N, {"value": 1})}, "a.value->b.value b.value->c.value", "a b c"),
    "a reference is a value that is waited for": (
        {"b": (N, {"value": "{{a.value}}"}), "a": (N, {"value": 1})}, "", "a b"),
    "a value-only node in a mixed graph runs once its values are there": (
        {"s": "StartNode", "a": (N, {"value": 1}), "v": N, "z": N},
        "s>a>z a.value->v.value v.value->z.value", "a v z"),
    "a value-only node behind a way not taken is bypassed": (
        {"s": "StartNode", "i": yes(False), "a": N, "v": N, "z": N},
        "s>i i.true>a i.false>z a.value->v.value v.value->z.value", "z"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_nodes_run_in_the_order_of_the_case(case: str, seen: Callable[..., str]) -> None:
    nodes, wires, expected = CASES[case]
    assert seen(nodes, wires, variables={"n": 2}) == expected


def test_statuses_tell_what_became_of_each_node(run: Callable[..., Any]) -> None:
    report = run({"i": yes(), "a": N, "b": N, "d": (N, {"_disabled": True})}, "i.true>a>d i.false>b")
    assert {one.id: (one.status, one.runs) for one in report.nodes} == {
        "i": ("completed", 1),
        "a": ("completed", 1),
        "b": ("bypassed", 0),
        "d": ("bypassed", 0),
    }


def test_a_value_from_a_bypassed_node_falls_back_to_the_configuration(run: Callable[..., Any]) -> None:
    report = run(
        {"i": yes(False), "a": (N, {"value": 1}), "z": (N, {"value": "typed"})},
        "i.true>a i.false>z a.value->z.value",
    )
    assert report.outputs["z"] == {"value": "typed"}


def test_a_value_from_a_bypassed_node_is_a_clear_error_when_nothing_takes_its_place(run: Callable[..., Any]) -> None:
    report = run({"i": yes(False), "a": N, "z": "Plus"}, "i.true>a i.false>z a.value->z.a")
    assert report.status == "failed"
    assert report.errors[0].node_id == "z"
    assert "“A” has no value" in report.errors[0].message


def test_a_disabled_node_passes_values_on_by_name(run: Callable[..., Any]) -> None:
    report = run(
        {"a": (N, {"value": 7}), "d": (N, {"_disabled": True}), "z": N}, "a>d>z a.value->d.value d.value->z.value"
    )
    assert report.outputs["z"] == {"value": 7}


def test_a_chain_as_long_as_a_workflow_may_be_runs_without_recursion(run: Callable[..., Any]) -> None:
    names = [f"n{number}" for number in range(5000)]
    report = run(dict.fromkeys(names, N), ">".join(names))
    assert (report.status, len(report.variables["seen"])) == ("completed", 5000)


def test_a_dead_way_of_thousands_of_nodes_is_bypassed_without_recursion(run: Callable[..., Any]) -> None:
    names = [f"n{number}" for number in range(5000)]
    report = run({"i": yes(False), **dict.fromkeys(names, N)}, "i.true>" + ">".join(names))
    assert {one.status for one in report.nodes[1:]} == {"bypassed"}

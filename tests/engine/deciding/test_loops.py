"""For each, While, Break, Continue, circles of wires: a line for each case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

N = "Note"


def each(items: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    return "ForLoopStartNode", {"items": items, **more}


def item(name: str = "item") -> tuple[str, dict[str, Any]]:
    return N, {"mark": f"{{{{{name}}}}}"}


def when(condition: str) -> tuple[str, dict[str, Any]]:
    return "IfNode", {"condition": condition}


END = ("ForLoopEndNode", {"paired_start_id": "f"})
LOOP = "f.body>a>e f.completed>z"
CASES = {
    "once for each item, then completed": ({"f": each([1, 2, 3]), "a": item(), "e": END, "z": N}, LOOP, "1 2 3 z"),
    "an empty list has no turn": ({"f": each([]), "a": item(), "e": END, "z": N}, LOOP, "z"),
    "a dictionary gives its values": ({"f": each({"x": 1, "y": 2}), "a": item(), "e": END, "z": N}, LOOP, "1 2 z"),
    "with their keys": ({"f": each({"x": 1, "y": 2}), "a": item("item_key"), "e": END, "z": N}, LOOP, "x y z"),
    "a text gives its letters": ({"f": each("ab"), "a": item(), "e": END, "z": N}, LOOP, "a b z"),
    "a single value is one item": ({"f": each(7), "a": item(), "e": END, "z": N}, LOOP, "7 z"),
    "a range counts": (
        {"f": ("ForLoopStartNode", {"mode": "range", "start": 2, "end": 8, "step": 3}), "a": item(), "e": END, "z": N},
        LOOP, "2 5 z"),
    "a list in a variable": ({"f": each("{{list}}"), "a": item(), "e": END, "z": N}, LOOP, "p q z"),
    "outputs of the loop name the item": (
        {"f": each([5, 6]), "a": item("f.current_item"), "e": END, "z": N}, LOOP, "5 6 z"),
    "without an end node": ({"f": each([1, 2]), "a": item(), "z": N}, "f.body>a f.completed>z", "1 2 z"),
    "an end that leads back by a wire": (
        {"f": each([1, 2]), "a": item(), "e": END, "z": N}, "f.body>a>e>f f.completed>z", "1 2 z"),
    "an unpaired end that leads back by a wire": (
        {"f": each([1, 2]), "a": item(), "z": N}, "f.body>a>f f.completed>z", "1 2 z"),
    "what hangs on the end goes on after the loop": (
        {"f": each([1, 2]), "a": item(), "e": END, "z": N}, "f.body>a>e>z", "1 2 z"),
    "an empty body": ({"f": each([1, 2]), "z": N}, "f.completed>z", "z"),
    "break leaves the loop": (
        {"f": each([1, 2, 3]), "i": when("{{item}} == 2"), "k": "BreakNode", "a": item(), "e": END, "z": N},
        "f.body>i i.true>k i.false>a>e f.completed>z", "1 z"),
    "continue begins the next turn": (
        {"f": each([1, 2, 3]), "i": when("{{item}} == 2"), "k": "ContinueNode", "a": item(), "e": END, "z": N},
        "f.body>i i.true>k i.false>a>e f.completed>z", "1 3 z"),
    "a loop in a loop": (
        {"f": each([1, 2], item_var="o"), "g": each(["x", "y"]), "a": (N, {"mark": "{{o}}{{item}}"}), "e": END,
         "h": ("ForLoopEndNode", {"paired_start_id": "g"}), "z": N},
        "f.body>g g.body>a>h g.completed>e f.completed>z", "1x 1y 2x 2y z"),
    "break in a nested loop leaves the inner one": (
        {"f": each([1, 2], item_var="o"), "g": each(["x", "y"]), "a": (N, {"mark": "{{o}}{{item}}"}),
         "k": "BreakNode", "e": END, "z": N},
        "f.body>g g.body>a>k g.completed>e f.completed>z", "1x 2x z"),
    "a paired break leaves the outer one": (
        {"f": each([1, 2], item_var="o"), "g": each(["x", "y"]), "a": (N, {"mark": "{{o}}{{item}}"}),
         "k": ("BreakNode", {"paired_loop_start_id": "f"}), "e": END, "z": N},
        "f.body>g g.body>a>k g.completed>e f.completed>z", "1x z"),
    "a paired continue goes on with the outer one": (
        {"f": each([1, 2], item_var="o"), "g": each(["x", "y"]), "a": (N, {"mark": "{{o}}{{item}}"}),
         "k": ("ContinueNode", {"paired_loop_start_id": "f"}), "e": END, "z": N},
        "f.body>g g.body>a>k g.completed>e f.completed>z", "1x 2x z"),
    "a way out of the body leads on after the loop": (
        {"f": each([1, 2]), "i": when("{{item}} == 1"), "a": item(), "z": N},
        "f.body>i i.false>a i.true>z f.completed>z", "2 z"),
    "parallel wires in a body both run in each turn": (
        {"f": each([1, 2]), "a": (N, {"mark": "a{{item}}"}), "b": (N, {"mark": "b{{item}}"}), "z": N},
        "f.body>a f.body>b f.completed>z", "a1 b1 a2 b2 z"),
    "while its condition holds": (
        {"w": ("WhileLoopStartNode", {"condition": "{{n}} < 3"}), "a": item("n"),
         "p": ("IncrementVariableNode", {"variable_name": "n"}),
         "e": ("WhileLoopEndNode", {"paired_start_id": "w"}), "z": N},
        "w.body>a>p>e w.completed>z", "0 1 2 z"),
    "a condition that never holds": (
        {"w": ("WhileLoopStartNode", {"condition": "{{n}} > 3"}), "a": N, "z": N}, "w.body>a w.completed>z", "z"),
    "a condition under its old name, without braces": (
        {"w": ("WhileLoopStartNode", {"expression": "n < 2"}), "a": item("n"),
         "p": ("IncrementVariableNode", {"variable_name": "n"}), "z": N},
        "w.body>a>p w.completed>z", "0 1 z"),
    "a loop that would never end is ended": (
        {"w": ("WhileLoopStartNode", {"condition": True, "max_iterations": 3}), "a": N, "z": N},
        "w.body>a w.completed>z", "a a a z"),
    "break in a while": (
        {"w": ("WhileLoopStartNode", {"condition": True}), "a": N, "k": "BreakNode", "z": N},
        "w.body>a>k w.completed>z", "a z"),
    "a condition wired from a value-only node is worked out anew": (
        {"s": "StartNode", "c": ("ComparisonNode", {"a": "{{n}}", "b": 2, "operator": "<"}), "w": "WhileLoopStartNode",
         "a": item("n"), "p": ("IncrementVariableNode", {"variable_name": "n"}), "z": N},
        "s>w c.result->w.condition w.body>a>p w.completed>z", "0 1 z"),
    "a circle of control wires goes round until the way out": (
        {"a": item("n"), "p": ("IncrementVariableNode", {"variable_name": "n"}), "i": when("{{n}} < 3"), "z": N},
        "a>p>i i.true>a i.false>z", "0 1 2 z"),
    "a circle inside of a loop": (
        {"f": each([1, 2]), "a": item("n"), "p": ("IncrementVariableNode", {"variable_name": "n"}),
         "i": when("{{n}} % 2 == 1"), "z": N},
        "f.body>a>p>i i.true>a f.completed>z", "0 1 2 3 z"),
    "a circle inside of a circle": (
        {"a": (N, {"mark": "a"}), "b": item("n"), "p": ("IncrementVariableNode", {"variable_name": "n"}),
         "i": when("{{n}} % 2 == 1"), "j": when("{{n}} < 4"), "z": N},
        "a>b>p>i i.true>b i.false>j j.true>a j.false>z", "a 0 1 a 2 3 z"),
    "what hangs inside of a circle runs on every visit": (
        {"a": N, "t": item("n"), "p": ("IncrementVariableNode", {"variable_name": "n"}), "i": when("{{n}} < 2"),
         "z": N},
        "a>t a>p p>i i.true>a i.false>z", "a 0 a 1 z"),
    "a loop can be entered again": (
        {"f": each([1, 2]), "a": item(), "p": ("IncrementVariableNode", {"variable_name": "n"}),
         "i": when("{{n}} < 2"), "z": N},
        "f.body>a f.completed>p>i i.true>f i.false>z", "1 2 1 2 z"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_turns_run_in_the_order_of_the_case(case: str, run: Callable[..., Any]) -> None:
    nodes, wires, expected = CASES[case]
    report = run(nodes, wires, variables={"n": 0, "list": ["p", "q"]})
    assert [one.message for one in report.errors] == []
    assert " ".join(report.variables["seen"]) == expected


def test_values_of_the_last_turn_can_be_seen_after_the_loop(run: Callable[..., Any]) -> None:
    report = run({"f": each([1, 2]), "a": (N, {"value": "{{item}}"}), "z": (N, {"value": "{{a.value}}"})},
                 "f.body>a f.completed>z")  # fmt: skip
    assert report.outputs["z"] == {"value": 2}


def test_values_of_all_turns_can_be_asked_for(run: Callable[..., Any]) -> None:
    report = run(
        {
            "f": each([3, 1, 2]),
            "a": (N, {"value": "{{item}}"}),
            "z": (N, {"value": "{{a[*].value}}"}),
            "y": (N, {"value": "{{max(a[*].value)}}"}),
            "x": (N, {"value": "{{a[0].value}}"}),
        },
        "f.body>a f.completed>z>y>x",
    )
    assert [report.outputs[name]["value"] for name in "zyx"] == [[3, 1, 2], 3, 3]


def test_a_value_of_an_earlier_turn_is_not_seen_in_a_later_one(run: Callable[..., Any]) -> None:
    report = run(
        {
            "f": each([1, 2]),
            "i": when("{{item}} == 1"),
            "a": (N, {"value": "first"}),
            "m": (N, {"value": "none"}),
        },
        "f.body>i i.true>a>m i.false>m a.value->m.value",
    )
    assert report.outputs["m"] == {"value": "none"}


def test_a_failure_in_a_body_ends_the_loop_and_names_the_turn(run: Callable[..., Any]) -> None:
    report = run({"f": each([1, 2]), "a": N, "i": when("{{item}} == 2"), "x": "Fail", "z": N},
                 "f.body>a>i i.true>x f.completed>z")  # fmt: skip
    assert report.status == "failed"
    assert report.variables["seen"] == ["a", "a"]
    assert report.errors[0].chain == ("x (turn 2)",)
    assert {one.id: one.status for one in report.nodes} | {"i": ""} == {
        "f": "failed",
        "a": "completed",
        "i": "",
        "x": "failed",
        "z": "skipped",
    }


def test_a_circle_that_never_ends_is_ended_with_a_clear_error(run: Callable[..., Any]) -> None:
    report = run({"s": N, "a": N, "b": N}, "s>a>b>a", settings={"visit_limit": 5})
    assert report.status == "failed"
    assert report.variables["seen"].count("a") == 5
    assert "more than 5 times" in report.errors[0].message


def test_runs_are_counted_per_node(run: Callable[..., Any]) -> None:
    report = run({"f": each([1, 2, 3]), "a": N, "z": N}, "f.body>a f.completed>z")
    assert {one.id: one.runs for one in report.nodes} == {"f": 1, "a": 3, "z": 1}

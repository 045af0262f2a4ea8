"""Addresses of values: a node, a branch, an iteration, all of them, and what is made of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
FORK = {
    "f": ("ForkNode", {"branch_count": 3}),
    **{name: ("Plus", {"a": number, "b": 0}) for name, number in (("a", 5), ("b", 9), ("c", 7))},
    "j": "JoinNode",
}
FORK_WIRES = "f.branch_1>a>j f.branch_2>b>j f.branch_3>c>j j>n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{b.sum}}", 9),
        ("{{f.branch_2}}", 9),
        ("{{f[*]}}", [5, 9, 7]),
        ("{{f[2]}}", 7),
        ("{{max(f[*])}}", 9),
        ("{{min(j.results[*])}}", 5),
        ("{{sum(f[*])}}", 21),
        ("{{count(f[*])}}", 3),
        ("{{first(f[*])}}", 5),
        ("{{last(f[*])}}", 7),
        ("{{j.results.branch_1}}", 5),
    ],
)
def test_one_branch_all_branches_and_aggregates_can_be_asked_for(run: Run, text: str, value: Any) -> None:
    report = run({**FORK, "n": ("Note", {"value": text})}, FORK_WIRES)
    assert report.status == "completed", report.errors
    assert report.outputs["n"]["value"] == value


@pytest.mark.parametrize(
    ("strategy", "results"),
    [
        ("all", {"branch_1": 5, "branch_2": 9, "branch_3": 7}),
        ("array", [5, 9, 7]),
        ("dict", {"branch_1": 5, "branch_2": 9, "branch_3": 7}),
        ("first", {"branch_1": 5}),
        ("last", {"branch_3": 7}),
    ],
)
def test_a_join_merges_by_its_strategy(run: Run, strategy: str, results: Any) -> None:
    nodes = {**FORK, "j": ("JoinNode", {"merge_strategy": strategy}), "n": "Note"}
    assert run(nodes, FORK_WIRES).outputs["j"]["results"] == results


@pytest.mark.parametrize(
    ("expression", "result"),
    [("{{max(branches[*])}}", 9), ("{{branch_1}} + {{branch_3}}", 12), ("sum(branches) / len(branches)", 7)],
)
def test_a_join_can_merge_by_an_expression_of_its_own(run: Run, expression: str, result: Any) -> None:
    nodes = {**FORK, "j": ("JoinNode", {"merge_strategy": "custom", "expression": expression}), "n": "Note"}
    report = run(nodes, FORK_WIRES)
    assert report.status == "completed", report.errors
    assert report.outputs["j"]["results"] == result


NESTED = {
    "o": ("ForLoopStartNode", {"items": [10, 20], "item_var": "x"}),
    "i": ("ForLoopStartNode", {"items": [1, 2, 3], "item_var": "y"}),
    "s": ("Plus", {"a": "{{x}}", "b": "{{y}}"}),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{s[*].sum}}", [11, 12, 13, 21, 22, 23]),
        ("{{s[1].sum}}", 23),
        ("{{s[0][1].sum}}", 12),
        ("{{s[-1][0].sum}}", 21),
        ("{{s[0][*].sum}}", [11, 12, 13]),
        ("{{max(s[*].sum)}}", 23),
        ("{{s.sum}}", 23),
    ],
)
def test_each_turn_of_loops_inside_each_other_has_an_address(run: Run, text: str, value: Any) -> None:
    report = run({**NESTED, "n": ("Note", {"value": text})}, "o.body>i i.body>s o.completed>n")
    assert report.status == "completed", report.errors
    assert report.outputs["n"]["value"] == value


def test_a_turn_that_never_was_is_told_with_those_that_were(run: Run) -> None:
    report = run({**NESTED, "n": ("Note", {"value": "{{s[5].sum}}"})}, "o.body>i i.body>s o.completed>n")
    assert report.status == "failed"
    assert "has no item 5" in report.errors[0].message

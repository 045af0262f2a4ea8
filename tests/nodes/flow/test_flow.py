"""If, switch, merge, fork, join."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.nodes.flow.flow import fork, if_, join, merge, switch
from casare.sdk import Arrivals, NodeError


@pytest.mark.parametrize(
    ("condition", "way"),
    [
        (True, "true"),
        (False, "false"),
        ("true", "true"),
        ("False", "false"),
        ("0", "false"),
        ("", "false"),
        (None, "false"),
    ],
)
def test_if_goes_the_way_its_condition_says_also_as_text(condition: Any, way: str) -> None:
    assert if_(condition) == way


def test_if_refuses_a_reference_that_names_nothing() -> None:
    with pytest.raises(ValueError, match=r"condition: expected true or false, but .* refers to nothing"):
        if_("{{missing.result}}")


@pytest.mark.parametrize(
    ("value", "cases", "way"),
    [
        ("b", ["a", "b"], "case_1"),
        (1, ["1"], "case_0"),
        ("1", [1], "case_0"),
        ("x", ["a", "b"], "default"),
        (True, ["False", "True"], "case_1"),
        ("b", "a, b", "case_1"),
        ("b", '["a", "b"]', "case_1"),
        ("a", ["a", "a"], "case_0"),
        (None, ["a"], "default"),
        ("a", None, "default"),
        ("k", {"j": 1, "k": 2}, "case_1"),
    ],
)
def test_switch_takes_the_first_case_that_equals_the_value(value: Any, cases: Any, way: str) -> None:
    assert switch(value, cases=cases) == way


@settings(max_examples=50)
@given(st.text(max_size=6), st.lists(st.text(max_size=6), max_size=6))
def test_switch_only_ever_takes_an_output_the_node_has(catalog: Catalog, value: str, cases: list[str]) -> None:
    assert catalog.ports("SwitchNode", {"cases": cases}).output(switch(value, cases=cases)) is not None


@pytest.mark.parametrize("cases", ["a, b, c", "a\nb", "", ["a"], {"a": 1}])
def test_switch_counts_its_cases_as_its_ports_do(catalog: Catalog, cases: Any) -> None:
    names = {port.name for port in catalog.ports("SwitchNode", {"cases": cases}).outputs}
    listed = [part.strip() for part in cases.replace("\n", ",").split(",") if part] if isinstance(cases, str) else cases
    assert {switch(case, cases=cases) for case in listed} == names - {"default"}


def test_merge_and_fork_have_no_value_of_their_own() -> None:
    assert merge() is None
    assert fork(branch_count=3, fail_fast=True) is None


BROUGHT = Arrivals(branch_2={"x": 1, "same": 0}, branch_1={"x": 2, "y": 3, "same": 0})


@pytest.mark.parametrize(
    ("strategy", "kept"), [("all", ["branch_2", "branch_1"]), ("first", ["branch_2"]), ("last", ["branch_1"])]
)
def test_join_keeps_the_branches_its_strategy_names(run: Any, strategy: Any, kept: list[str]) -> None:
    joined = join(arrivals=BROUGHT, context=run, merge_strategy=strategy)
    assert joined.results == {name: BROUGHT[name] for name in kept}
    assert joined.branch_count == 2


def test_join_merging_keeps_both_sides_of_a_collision_and_says_so(run: Any) -> None:
    joined = join(arrivals=BROUGHT, context=run, merge_strategy="merge")
    assert joined.results == {"branch_2.x": 1, "branch_1.x": 2, "same": 0, "y": 3}
    assert run.lines == ["warning: 2 branches set “x” differently; each is kept under its branch"]


def test_join_merges_plain_values_under_the_name_of_their_branch(run: Any) -> None:
    assert join(arrivals=Arrivals(a=1, b=2), context=run, merge_strategy="merge").results == {"a": 1, "b": 2}


def test_join_of_nothing_is_empty_and_an_unknown_strategy_is_refused(run: Any) -> None:
    assert join(arrivals=Arrivals(), context=run) == ({}, 0)
    with pytest.raises(NodeError, match="no merge strategy"):
        join(arrivals=Arrivals(), context=run, merge_strategy="vote")  # type: ignore[arg-type]

"""Loops over items, over a range, while a condition holds, and for many items at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.flow.loops import (
    break_,
    continue_,
    for_loop_end,
    for_loop_start,
    parallel_for_each,
    while_loop_end,
    while_loop_start,
)
from casare.sdk import NodeError


class Run:
    """A context that keeps variables and lines."""

    node_id = "loop"

    def __init__(self) -> None:
        self.variables: dict[str, Any] = {}
        self.lines: list[str] = []

    def get_variable(self, name: str, default: Any = None) -> Any:
        return self.variables.get(name, default)

    def set_variable(self, name: str, value: Any) -> None:
        self.variables[name] = value

    def log(self, message: str, *, level: str = "info", data: Any = None) -> None:
        self.lines.append(message)

    def path(self, text: str) -> Any:
        raise AssertionError(text)


@settings(max_examples=50)
@given(st.lists(st.integers()))
def test_every_item_of_a_list_gets_one_turn_in_order(items: list[int]) -> None:
    turns = list(for_loop_start(items, context=Run()))
    assert [turn.current_item for turn in turns] == items
    assert [turn.current_index for turn in turns] == list(range(len(items)))


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({"a": 1, "b": 2}, [(1, 0, "a"), (2, 1, "b")]),
        ("xy", [("x", 0, 0), ("y", 1, 1)]),
        ('["p", "q"]', [("p", 0, 0), ("q", 1, 1)]),
        (7, [(7, 0, 0)]),
        ("", []),
        ([], []),
        (b"ab", [(b"ab", 0, 0)]),
        (iter([5]), [(5, 0, 0)]),
    ],
)
def test_what_is_no_list_is_gone_through_as_it_makes_sense(items: Any, expected: list[tuple[Any, int, Any]]) -> None:
    assert [tuple(turn) for turn in for_loop_start(items, context=Run())] == expected


def test_the_loop_variables_hold_the_turn() -> None:
    run = Run()
    for turn in for_loop_start({"k": "v"}, context=run, item_var="row"):
        assert run.variables == {"row": turn.current_item, "row_index": 0, "row_key": "k"}
    quiet = Run()
    list(for_loop_start([1], context=quiet, item_var=""))
    assert quiet.variables == {}


@pytest.mark.parametrize(
    ("start", "end", "step", "counted"),
    [(0, 3, 1, [0, 1, 2]), (3, 0, -1, [3, 2, 1]), ("1", "6", "2", [1, 3, 5]), (0, 0, 1, []), (5, 1, 1, [])],
)
def test_a_range_leaves_its_end_out(start: Any, end: Any, step: Any, counted: list[int]) -> None:
    turns = for_loop_start(None, end, context=Run(), mode="range", start=start, step=step)
    assert [turn.current_item for turn in turns] == counted


def test_a_range_that_never_ends_is_refused() -> None:
    with pytest.raises(NodeError, match="step of 0"):
        list(for_loop_start(context=Run(), mode="range", step=0))


def test_items_can_come_from_a_variable_and_must_come_from_somewhere() -> None:
    run = Run()
    run.variables["rows"] = [1, 2]
    assert len(list(for_loop_start(context=run, list_var="rows"))) == 2
    with pytest.raises(NodeError, match="nothing to loop over"):
        list(for_loop_start(context=run))


def test_a_loop_over_a_stream_takes_one_item_a_turn() -> None:
    taken: list[int] = []

    def stream() -> Any:
        for number in range(10):
            taken.append(number)
            yield number

    turns = for_loop_start(stream(), context=Run())
    next(turns)
    assert taken == [0]


def test_while_goes_on_as_long_as_the_condition_sent_in_holds() -> None:
    loop = while_loop_start("true", context=Run())
    assert next(loop).current_iteration == 0
    assert loop.send(True).current_iteration == 1
    with pytest.raises(StopIteration):
        loop.send("false")


@pytest.mark.parametrize("condition", [False, "0", None, ""])
def test_while_with_a_false_condition_has_no_turn(condition: Any) -> None:
    assert list(while_loop_start(condition, context=Run())) == []


def test_while_ends_at_its_limit_and_says_so() -> None:
    run = Run()
    loop = while_loop_start(True, context=run, max_iterations=2)
    next(loop)
    loop.send(True)
    with pytest.raises(StopIteration):
        loop.send(True)
    assert run.lines == ["the loop was ended after 2 turns with its condition still true"]


@pytest.mark.parametrize("marker", [for_loop_end, while_loop_end])
def test_the_end_of_a_loop_does_nothing_itself(marker: Any) -> None:
    assert marker(paired_start_id="loop") is None


@pytest.mark.parametrize("marker", [break_, continue_])
def test_leaving_a_turn_is_a_mark_for_the_engine(marker: Any) -> None:
    assert marker(paired_loop_start_id="loop") is None


def test_parallel_turns_come_in_the_order_of_the_items() -> None:
    turns = list(parallel_for_each('["a", "b"]', batch_size=1))  # type: ignore[arg-type]
    assert turns == [("a", 0, []), ("b", 1, [])]

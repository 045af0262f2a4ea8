"""Start, end, comment, log, wait, reroute."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from casare.nodes.flow.basics import comment, end, log, reroute, start, wait
from casare.sdk import Context, NodeError


def test_the_run_of_these_tests_is_a_context(run: Any) -> None:
    assert isinstance(run, Context)


def test_nodes_that_only_mark_a_place_do_nothing() -> None:
    assert start() is None
    assert end() is None
    assert comment(comment="why") is None


@pytest.mark.parametrize(
    ("message", "line"),
    [("hello", "info: hello"), (5, "info: 5"), ({"a": True}, 'info: {"a": true}'), (None, "info: ")],
)
def test_a_log_line_is_written_as_people_read_it(run: Any, message: Any, line: str) -> None:
    log(message, context=run)
    assert run.lines == [line]


def test_a_log_line_can_carry_its_level_its_node_and_its_time(run: Any) -> None:
    log("full", context=run, level="error", include_node_id=True)
    assert run.lines == ["error: [node_1] full"]
    log("full", context=run, include_timestamp=True)
    assert run.lines[1][:8] == "info: 20"
    assert run.lines[1].endswith(" full")


@pytest.mark.parametrize("given", [{"duration": 0}, {"duration": 99, "duration_ms": 0}, {"duration": "0.001"}])
def test_waiting_is_over_after_the_duration_and_milliseconds_count_first(given: dict[str, Any]) -> None:
    asyncio.run(wait(**given))


@pytest.mark.parametrize("given", [{"duration": -1}, {"duration": "soon"}, {"duration": 1, "duration_ms": -5}])
def test_a_duration_that_is_none_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises((NodeError, ValueError), match=r"wait|duration"):
        asyncio.run(wait(**given))


def test_a_rerouted_value_is_the_same_object() -> None:
    value = [1]
    assert reroute(value).out is value

"""Plain functions that turn out to take long run on a thread the next time, where they are seen and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casare.engine import RunReport
from casare.events import NodeStarted

Run = Callable[..., RunReport]

LONG, SHORT = 0.06, 0.0


def threads_of(run: Run, seconds: list[float], **config: Any) -> tuple[list[bool], list[Any]]:
    """Return for each turn of a loop whether its body ran on another thread, and which turns were seen to begin."""
    facts: list[Any] = []
    nodes = {
        "each": ("ForLoopStartNode", {"items": seconds}),
        "n": ("Dawdle", {"seconds": "{{item}}", **config}),
        "all": ("Note", {"value": "{{n[*].thread}}"}),
    }
    report = run(nodes, "each.body>n each.completed>all", options={"observer": facts.extend})
    assert report.status == "completed", report.errors
    began = [fact.turns[-1] for fact in facts if isinstance(fact, NodeStarted) and fact.node_id == "n"]
    return [name.startswith("casare-worker") for name in report.outputs["all"]["value"]], began


def test_a_plain_function_that_took_long_runs_on_a_thread_from_then_on(run: Run) -> None:
    assert threads_of(run, [LONG, LONG, LONG]) == ([False, True, True], [1, 2])


def test_the_next_run_knows_of_it(run: Run) -> None:
    threads_of(run, [LONG])
    assert threads_of(run, [LONG]) == ([True], [0])


def test_one_that_is_quick_again_comes_back(run: Run) -> None:
    elsewhere, began = threads_of(run, [LONG, *[SHORT] * 30])
    assert (elsewhere[:2], elsewhere[-1], began[0]) == ([False, True], False, 1)


def test_one_that_is_told_where_to_run_stays_there(run: Run) -> None:
    assert threads_of(run, [LONG, LONG], _run_in="inline") == ([False, False], [])

"""Pipelines: stages busy with different items at once, queues that do not grow, items in their order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Annotated, Any

import pytest

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, Workflow, compile_graph
from casare.sdk import Bound, Context, Cost, NodeError, Out, node
from casare.sdk.declare import type_of

Make = Callable[..., Any]


class Yard:
    """What the stages of a test have seen."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inside: dict[str, int] = {}
        self.together = 0
        self.most: dict[str, int] = {}
        self.order: dict[str, list[Any]] = {}
        self.ahead = 0
        self.done: dict[str, int] = {}


@node("Stage", title="Stage", category="flow", cost=Cost(1, 1, 0, Bound.IO))
def stage(
    value: Any = None, *, context: Context, pause: float = 0.002, fails: Any = None
) -> Annotated[Any, Out("value")]:
    """Take a moment, and note who else is at work."""
    yard: Yard = context.get_variable("yard")
    with yard.lock:
        yard.inside[context.node_id] = yard.inside.get(context.node_id, 0) + 1
        yard.together = max(yard.together, sum(1 for count in yard.inside.values() if count))
        yard.most[context.node_id] = max(yard.most.get(context.node_id, 0), yard.inside[context.node_id])
        yard.order.setdefault(context.node_id, []).append(value)
        yard.ahead = max(yard.ahead, yard.done.get("a", 0) - yard.done.get("b", 0))
    time.sleep(pause)
    with yard.lock:
        yard.inside[context.node_id] -= 1
        yard.done[context.node_id] = yard.done.get(context.node_id, 0) + 1
    if fails is not None and value == fails:
        raise NodeError("a stage failed")
    return value


@pytest.fixture
def play(types: Catalog, make_graph: Make) -> Callable[..., Any]:
    types.register(type_of(stage), stage)

    def start(nodes: Any, wires: str, **options: Any) -> Any:
        graph = make_graph(nodes, wires)
        workflow = Workflow(graph, compile_graph(graph, types).plan, types)
        yard = Yard()
        report = Run(workflow, RunOptions(variables={"yard": yard}, **options)).run()
        return report, yard

    return start


def three(items: Any, queue: int = 2, **more: Any) -> dict[str, Any]:
    nodes: dict[str, Any] = {"p": ("PipelineNode", {"items": items, "queue_size": queue, **more})}
    nodes |= {name: ("Stage", {"value": "{{p.current_item}}"}) for name in "abc"}
    return nodes


WIRES = "p.body>a>b>c"


def test_stages_work_on_different_items_at_once_and_results_keep_their_order(play: Make) -> None:
    report, yard = play(three(list(range(12))), WIRES)
    assert report.status == "completed", report.errors
    assert report.outputs["p"]["results"] == list(range(12))
    assert yard.together == 3
    assert yard.most == {"a": 1, "b": 1, "c": 1}
    assert all(seen == list(range(12)) for seen in yard.order.values())


@pytest.mark.parametrize("queue", [1, 3])
def test_a_fast_stage_waits_while_the_queue_after_it_is_full(play: Make, queue: int) -> None:
    nodes = three(list(range(20)), queue)
    nodes["b"] = ("Stage", {"value": "{{p.current_item}}", "pause": 0.01})
    nodes["a"] = ("Stage", {"value": "{{p.current_item}}", "pause": 0})
    report, yard = play(nodes, WIRES)
    assert report.status == "completed", report.errors
    # One is at the slow stage, `queue` wait for it, and one has just come out.
    assert 1 <= yard.ahead <= queue + 2


def test_a_stage_may_take_several_items_at_once(play: Make) -> None:
    nodes = three(list(range(12)))
    nodes["b"] = ("Stage", {"value": "{{p.current_item}}", "pause": 0.01, "_concurrency": 3})
    report, yard = play(nodes, WIRES)
    assert report.outputs["p"]["results"] == list(range(12))
    assert 1 < yard.most["b"] <= 3


def test_an_item_that_fails_fails_the_pipeline_or_leaves_a_gap(play: Make) -> None:
    nodes = three([1, 2, 3])
    nodes["b"] = ("Stage", {"value": "{{p.current_item}}", "fails": 2})
    report, _ = play(nodes, WIRES)
    assert report.status == "failed"
    nodes["p"] = ("PipelineNode", {"items": [1, 2, 3], "fail_fast": False})
    report, _ = play(nodes, WIRES)
    assert (report.status, report.outputs["p"]["results"]) == ("degraded", [1, None, 3])


def test_plain_functions_between_stages_are_no_stages(play: Make) -> None:
    nodes = three(list(range(6)))
    nodes["x"] = ("Plus", {"a": "{{a.value}}", "b": 1})
    report, yard = play(nodes, "p.body>a>x>b>c")
    assert report.status == "completed", report.errors
    assert report.node("x").runs == 6
    assert yard.together == 3


def test_a_loop_or_a_try_can_be_a_stage(play: Make) -> None:
    nodes = three([1, 2, 3])
    nodes["t"] = "TryNode"
    nodes["f"] = ("ForLoopStartNode", {"items": [1, 2]})
    nodes["d"] = ("Stage", {"value": 0})
    report, yard = play(nodes, "p.body>a>t t.try_body>b t.exec_out>f f.body>d f.completed>c")
    assert report.status == "completed", report.errors
    assert (yard.done["b"], yard.done["d"], report.node("c").runs) == (3, 6, 3)


def test_a_cancelled_pipeline_leaves_nothing_behind(play: Make, types: Catalog, make_graph: Make) -> None:
    types.register(type_of(stage), stage)
    graph = make_graph(three(list(range(1000))), WIRES)
    run = Run(
        Workflow(graph, compile_graph(graph, types).plan, types),
        RunOptions(variables={"yard": Yard()}, observer=lambda facts: run.cancel() if len(facts) > 3 else None),
    )
    run.start()
    report = run.wait(20)
    assert report is not None
    assert report.status == "cancelled"
    assert not [one for one in threading.enumerate() if one.name.startswith("casare-worker")]


def test_no_items_go_straight_through(play: Make) -> None:
    report, _ = play({**three([]), "z": "Note"}, f"{WIRES} p.completed>z")
    assert report.outputs["p"]["results"] == []
    assert report.node("z").runs == 1

"""Random programs of loops, guards, branches and nested workflows run as a plain interpreter runs them."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, RunReport, Workflow, compile_graph
from casare.engine.planning.plan_cache import dump_plan, load_plan
from casare.events import NodeStarted
from casare.model import Connection, Graph, Node
from tests.engine.programs import Block, Interpreter, Program, blocks

OWNERS = {"ForLoopStartNode", "WhileLoopStartNode", "TryNode", "RetryNode", "ForkNode", "ParallelForEachNode"}
"""Types that stand for all their turns: what is counted is what runs in these."""
programs = st.lists(blocks(), max_size=5)


def run(graph: Graph, types: Catalog) -> RunReport:
    workflow = Workflow(graph, compile_graph(graph, types).plan, types)
    return Run(workflow, RunOptions(variables={"seen": []})).run()


def runs_of(report: RunReport) -> Counter[str]:
    """Return how often each node ran, in whichever workflows it lies."""
    counts: Counter[str] = Counter()
    for one in report.nodes:
        if one.type not in OWNERS | {"SubflowNode"}:
            counts[one.id] += one.runs
    return counts


@settings(max_examples=250)
@given(programs)
def test_every_node_of_a_program_runs_as_often_as_an_interpreter_says(types: Catalog, told: list[Block]) -> None:
    program = Program(told)
    expected = Interpreter(program)
    report = run(program.graph, types)
    assert +runs_of(report) == expected.counts
    assert report.status == expected.status


@settings(max_examples=100)
@given(st.lists(blocks(side_by_side=False), max_size=5))
def test_what_runs_in_one_order_runs_in_the_order_of_an_interpreter(types: Catalog, told: list[Block]) -> None:
    program = Program(told)
    report = run(program.graph, types)
    notes = {one.id for one in report.nodes if one.type == "Note"}
    assert report.variables["seen"] == [name for name in Interpreter(program).order if name in notes]


@settings(max_examples=60)
@given(programs)
def test_a_plan_made_twice_is_equal_and_comes_back_from_disk_unchanged(types: Catalog, told: list[Block]) -> None:
    graph = Program(told).graph
    plan = compile_graph(graph, types).plan
    assert compile_graph(graph.copy(), types).plan == plan
    assert load_plan(dump_plan(plan)) == plan


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=5), st.integers(0, 40), st.sampled_from(["Note", "Wait", "Block"]))
def test_a_cancel_at_any_moment_ends_the_run_and_leaves_nothing(
    types: Catalog, told: list[Block], moment: int, kind: str
) -> None:
    graph = Program(told).graph
    # One more node beside the program takes time, so that a cancel finds something under way.
    busy = Node("busy", kind, {"seconds": 30} if kind == "Wait" else {})
    wires = [*graph.connections.values(), Connection(next(iter(graph.nodes)), "exec_out", "busy", "exec_in")]
    graph = Graph([*graph.nodes.values(), busy], wires, extra=graph.extra)
    gate, ended = threading.Event(), threading.Event()
    seen = 0
    began_after: list[Any] = []

    def observe(facts: Any) -> None:
        nonlocal seen
        if ended.is_set():
            began_after.extend(one for one in facts if isinstance(one, NodeStarted))
        before, seen = seen, seen + len(facts)
        if before <= moment < seen or seen > moment:
            held.cancel()

    workflow = Workflow(graph, compile_graph(graph, types).plan, types)
    held = Run(workflow, RunOptions(variables={"seen": [], "counts": {}, "gate": gate}, observer=observe))
    held.start()
    if kind != "Note":
        held.cancel()
    report = held.wait(30)
    ended.set()
    assert report is not None
    # What blocks a thread cannot be stopped: it is told of, and its thread ends with it.
    left = [one for one in threading.enumerate() if one.name.startswith("casare-worker")]
    behind = [line.node_id for line in report.log if "left behind" in line.message]
    assert len(behind) <= len(left)
    gate.set()
    for thread in left:
        thread.join(10)
    assert not [one for one in left if one.is_alive()]
    assert began_after == []
    assert report.status in ("cancelled", "completed", "failed", "degraded")
    assert not [one for one in report.nodes if one.status in ("running", "pending")]
    assert not [one for one in threading.enumerate() if one.name.startswith(("casare-loop", "casare-process"))]

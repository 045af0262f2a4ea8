"""Every node runs exactly as often as a simple interpreter says, whatever the graph, alone or side by side."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, Workflow, compile_graph
from casare.engine.plan_cache import dump_plan, load_plan
from casare.events import NodeStarted
from casare.model import Connection, Graph, Node

QUICK = settings(max_examples=60)


class Edge(NamedTuple):
    source: int
    port: str
    target: int


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """Return ways ("", "left" or "right") and wires that only lead onward."""
    count = draw(st.integers(1, 14))
    ways = [draw(st.sampled_from(["", "left", "right"])) for _ in range(count)]
    edges: set[Edge] = set()
    for target in range(1, count):
        for source in draw(st.sets(st.integers(0, target - 1), max_size=3)):
            port = draw(st.sampled_from(["left", "right"])) if ways[source] else "exec_out"
            edges.add(Edge(source, port, target))
    return ways, sorted(edges)


def expected_runs(ways: list[str], edges: list[Edge]) -> list[int]:
    """Return how often each node runs: once when it is an entry or some wire to it fires, else not at all."""
    runs = [0] * len(ways)
    for node in range(len(ways)):
        incoming = [edge for edge in edges if edge.target == node]
        fires = any(runs[edge.source] and edge.port == (ways[edge.source] or "exec_out") for edge in incoming)
        runs[node] = int(not incoming or fires)
    return runs


def network_graph(ways: list[str], edges: list[Edge], kind: str) -> Graph:
    nodes = [
        Node(f"n{number}", "Choose", {"way": way}) if way else Node(f"n{number}", kind)
        for number, way in enumerate(ways)
    ]
    return Graph(nodes, [Connection(f"n{one.source}", one.port, f"n{one.target}", "exec_in") for one in edges])


def run(graph: Graph, types: Catalog) -> Any:
    workflow = Workflow(graph, compile_graph(graph, types).plan, types)
    return Run(workflow, RunOptions(variables={"seen": []})).run()


@QUICK
@given(networks())
def test_branches_and_meetings_run_as_often_as_the_wires_say(
    types: Catalog, network: tuple[list[str], list[Edge]]
) -> None:
    report = run(network_graph(*network, "Note"), types)
    assert report.status == "completed"
    assert [one.runs for one in report.nodes] == expected_runs(*network)
    assert {one.status for one in report.nodes} <= {"completed", "bypassed"}


@settings(max_examples=25)
@given(networks())
def test_side_by_side_nothing_is_lost_and_nothing_runs_twice(
    types: Catalog, network: tuple[list[str], list[Edge]]
) -> None:
    report = run(network_graph(*network, "Block"), types)
    assert [one.runs for one in report.nodes] == expected_runs(*network)


class Program:
    """A structured program: drawn, turned into a graph, and interpreted by plain recursion."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.wires: list[Connection] = []

    def add(self, kind: str, config: dict[str, Any] | None = None) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, kind, config or {}))
        return name

    def wire(self, source: tuple[str, str], target: str) -> None:
        self.wires.append(Connection(*source, target, "exec_in"))


Block = tuple[Any, ...]
blocks = st.recursive(
    st.sampled_from([("note",), ("fail",), ("break",), ("continue",)]),
    lambda inner: st.one_of(
        st.tuples(st.just("if"), st.booleans(), st.lists(inner, max_size=3), st.lists(inner, max_size=3)),
        st.tuples(st.just("each"), st.integers(0, 3), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("try"), st.lists(inner, min_size=1, max_size=3), st.lists(inner, max_size=2)),
        st.tuples(st.just("retry"), st.integers(1, 3), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=14,
)


class FailedError(Exception):
    """A node of the program failed."""


class LeftError(Exception):
    """A loop is left, or its turn."""

    def __init__(self, how: str) -> None:
        self.how = how


Step = tuple[str, Any]


def build(
    program: Program, told: list[Block], at: tuple[str, str], *, in_loop: bool
) -> tuple[list[Step], tuple[str, str]]:
    """Add the blocks to the graph, one after the other; return what the interpreter walks, and where it goes on."""
    steps: list[Step] = []
    plain = {"note": "Note", "fail": "Fail", "break": "BreakNode", "continue": "ContinueNode"}
    for block in told:
        kind = block[0]
        if kind in ("break", "continue") and not in_loop:
            continue
        if kind in plain:
            name = program.add(plain[kind])
            program.wire(at, name)
            at = (name, "exec_out")
            steps.append(("run" if kind == "note" else kind, name))
        else:
            step, at = build_inner(program, block, at, in_loop=in_loop)
            steps.append(step)
    return steps, at


def build_inner(program: Program, block: Block, at: tuple[str, str], *, in_loop: bool) -> tuple[Step, tuple[str, str]]:
    kind = block[0]
    if kind == "if":
        name = program.add("IfNode", {"condition": block[1]})
        program.wire(at, name)
        then, then_end = build(program, block[2], (name, "true"), in_loop=in_loop)
        other, other_end = build(program, block[3], (name, "false"), in_loop=in_loop)
        merge = program.add("MergeNode")
        program.wire(then_end, merge)
        program.wire(other_end, merge)
        return ("if", (name, block[1], then, other, merge)), (merge, "exec_out")
    if kind == "each":
        name = program.add("ForLoopStartNode", {"items": list(range(block[1]))})
        program.wire(at, name)
        body, end = build(program, block[2], (name, "body"), in_loop=True)
        last = program.add("ForLoopEndNode", {"paired_start_id": name})
        program.wire(end, last)
        return ("each", (name, block[1], [*body, ("run", last)])), (name, "completed")
    if kind == "try":
        name = program.add("TryNode")
        program.wire(at, name)
        body, _ = build(program, block[1], (name, "try_body"), in_loop=in_loop)
        caught = program.add("CatchNode", {"paired_try_id": name})
        handler, _ = build(program, block[2], (caught, "catch_body"), in_loop=in_loop)
        return ("try", (name, body, [("run", caught), *handler])), (name, "exec_out")
    name = program.add("RetryNode", {"max_attempts": block[1], "initial_delay": 0})
    program.wire(at, name)
    body, _ = build(program, block[2], (name, "retry_body"), in_loop=in_loop)
    return ("retry", (name, block[1], body)), (name, "success")


def interpret(steps: list[Step], counts: Counter[str]) -> None:
    """Walk the program, counting how often each node runs."""
    for kind, told in steps:
        if kind in ("run", "fail", "break", "continue"):
            counts[told] += 1
            if kind == "fail":
                raise FailedError
            if kind != "run":
                raise LeftError(kind)
        elif kind == "if":
            name, holds, then, other, merge = told
            counts[name] += 1
            interpret(then if holds else other, counts)
            counts[merge] += 1
        elif kind == "each":
            each(*told, counts)
        elif kind == "try":
            name, body, handler = told
            try:
                interpret(body, counts)
            except FailedError:
                interpret(handler, counts)
        else:
            retry(*told, counts)


def each(name: str, turns: int, body: list[Step], counts: Counter[str]) -> None:
    for _ in range(turns):
        try:
            interpret(body, counts)
        except LeftError as left:
            if left.how == "break":
                break


def retry(name: str, attempts: int, body: list[Step], counts: Counter[str]) -> None:
    for attempt in range(attempts):
        try:
            interpret(body, counts)
        except FailedError:
            if attempt == attempts - 1:
                raise
        else:
            return


def made(told: list[Block]) -> tuple[Graph, list[Step]]:
    program = Program()
    start = program.add("StartNode")
    steps, _ = build(program, told, (start, "exec_out"), in_loop=False)
    return Graph(program.nodes, program.wires), [("run", start), *steps]


@settings(max_examples=200)
@given(st.lists(blocks, max_size=5))
def test_structured_programs_run_as_an_interpreter_runs_them(types: Catalog, told: list[Block]) -> None:
    graph, steps = made(told)
    counts: Counter[str] = Counter()
    status = "completed"
    try:
        interpret(steps, counts)
    except FailedError:
        status = "failed"
    report = run(graph, types)
    owners = {"ForLoopStartNode", "TryNode", "RetryNode"}
    found = {one.id: one.runs for one in report.nodes if one.type not in owners}
    assert found == {name: counts[name] for name in found}
    assert report.status == status


@QUICK
@given(st.lists(blocks, max_size=5))
def test_a_plan_made_twice_is_equal_and_comes_back_from_disk_unchanged(types: Catalog, told: list[Block]) -> None:
    graph, _ = made(told)
    plan = compile_graph(graph, types).plan
    assert compile_graph(graph.copy(), types).plan == plan
    assert load_plan(dump_plan(plan)) == plan


@settings(max_examples=40, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=5), st.integers(0, 12), st.sampled_from(["Note", "Wait", "Block"]))
def test_a_cancel_at_any_moment_ends_the_run_and_leaves_nothing(
    types: Catalog, told: list[Block], moment: int, kind: str
) -> None:
    graph, _ = made(told)
    # One more node beside the program takes time, so that a cancel finds something under way.
    busy = Node("busy", kind, {"seconds": 30} if kind == "Wait" else {})
    wires = [*graph.connections.values(), Connection(next(iter(graph.nodes)), "exec_out", "busy", "exec_in")]
    graph = Graph([*graph.nodes.values(), busy], wires)
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
    told = [line.node_id for line in report.log if "left behind" in line.message]
    assert (len(told) <= len(left), set(told) <= {"busy"}) == (True, True)
    gate.set()
    for thread in left:
        thread.join(10)
    assert not [one for one in left if one.is_alive()]
    assert began_after == []
    assert report.status in ("cancelled", "completed", "failed", "degraded")
    assert not [one for one in report.nodes if one.status in ("running", "pending")]
    assert not [one for one in threading.enumerate() if one.name.startswith(("casare-loop", "casare-process"))]

"""What a grade costs: a whole analysis, and one after an edit, beside networkx ordering the same graph.

Three shapes: what `casare generate` makes, one with more forks and files, and a chain.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

import networkx

from casare.catalog import default_catalog
from casare.model import Change, Connect, Connection, Disconnect, Graph, MoveNodes, Node, SetConfig
from casare.profiling import Profiler, analyze
from casare.profiling.costs.facts import FactsBook
from casare.profiling.evidence import gather, shape_of
from casare.profiling.rules import RULES
from casare.profiling.scoring.ledger import judge
from casare.storage import generate
from tests_performance.harness import Bench

SIZES = (100, 1_000, 10_000)
WHOLE_MS, EDIT_MS = 50.0, 5.0
"""What the design asks for at 10,000 nodes."""
PEER = "networkx: build and order the same graph"
_WORK = (
    ("TextTrimNode", {"text": "{{%s.result}}"}),
    ("SetVariableNode", {"variable_name": "total", "value": "{{%s.result}}"}),
    ("ReadFileNode", {"file_path": "data/%s.txt"}),
    ("LogNode", {"message": "done {{%s.result}}"}),
    ("MathOperationNode", {"a": 1, "b": 2, "operation": "add"}),
    ("ListSortNode", {"list": "{{total}}"}),
)


def run(bench: Bench) -> None:
    """Time every shape and size, and at the largest size each stage and kind of edit."""
    catalog = default_catalog()
    for size in SIZES:
        graph = generate(size, 1)
        bench.measure(PEER, lambda graph=graph: _order(graph), size=size)  # type: ignore[misc]
        _whole(bench, "profile", graph, size, against=PEER)
        _whole(bench, "profile forks and files", forks_and_files(size), size)
        _whole(bench, "profile a chain", generate(size, 1, "chain"), size)
        _edits(bench, graph, size)
    graph = generate(SIZES[-1], 1)
    facts = FactsBook(catalog).facts(graph.nodes)
    shape = shape_of(graph, facts)
    evidence = gather(graph, facts, shape, 4)
    stages: dict[str, Callable[[], object]] = {
        "stage 1: facts of nodes": lambda: FactsBook(catalog).facts(graph.nodes),
        "stage 2: order, regions, slices": lambda: shape_of(graph, facts),
        "stage 3: path, schedule, memory, serial work": lambda: gather(graph, facts, shape, 4),
        "stage 4: rules": lambda: judge(evidence, RULES),
    }
    for name, work in stages.items():
        bench.measure(name, work, size=SIZES[-1])


def forks_and_files(size: int, seed: int = 7) -> Graph:
    """Return a workflow with lines, forks with a merge, branches and loops, and many files: 1.3 wires a node."""
    return _Drawn(random.Random(seed)).graph(size)


class _Drawn:
    """A workflow while it is being drawn."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._nodes = [Node("n0", "StartNode")]
        self._wires: list[Connection] = []

    def graph(self, size: int) -> Graph:
        end = "n0"
        while len(self._nodes) < size:
            end = self._block(end)
        return Graph(self._nodes, self._wires)

    def _block(self, end: str) -> str:
        kind = self._chance.random()
        if kind < 0.7:
            return self._work((end, "exec_out"))
        if kind < 0.85:
            sides = [self._work((end, "exec_out")) for _ in range(self._chance.randint(2, 6))]
            return self._add("MergeNode", {}, *[(side, "exec_out") for side in sides])
        if kind < 0.95:
            choice = self._add("IfNode", {"condition": "{{total}} > 3"}, (end, "exec_out"))
            ways = [self._work((choice, port)) for port in ("true", "false")]
            return self._add("MergeNode", {}, *[(way, "exec_out") for way in ways])
        start = self._add("ForLoopStartNode", {"items": [1, 2, 3]}, (end, "exec_out"))
        body = self._work((self._work((start, "body")), "exec_out"))
        self._add("ForLoopEndNode", {"paired_start_id": start}, (body, "exec_out"))
        return self._work((start, "completed"))

    def _work(self, source: tuple[str, str]) -> str:
        type_id, config = self._chance.choice(_WORK)
        near = f"n{max(1, len(self._nodes) - self._chance.randint(1, 20))}"
        named = {key: value % near if "%s" in str(value) else value for key, value in config.items()}
        return self._add(type_id, named, source)

    def _add(self, type_id: str, config: dict[str, object], *sources: tuple[str, str]) -> str:
        node_id = f"n{len(self._nodes)}"
        self._nodes.append(Node(node_id, type_id, config, (len(self._nodes) * 10.0, 0.0)))
        self._wires.extend(Connection(source, port, node_id, "exec_in") for source, port in sources)
        return node_id


def _whole(bench: Bench, name: str, graph: Graph, size: int, against: str = "") -> None:
    catalog = default_catalog()
    target = WHOLE_MS if size == SIZES[-1] else None
    bench.measure(name, lambda: analyze(graph, catalog), size=size, target_ms=target, against=against)


def _edits(bench: Bench, graph: Graph, size: int) -> None:
    profiler = Profiler(default_catalog())
    profiler.analyze(graph)
    logs = [node for node in graph.nodes.values() if node.type == "LogNode"]
    edited = logs[len(logs) // 2]
    numbers = count(2)

    def edit(change: Change) -> None:
        _, fact = change.carry_out(graph)
        profiler.regrade(graph, fact)

    def text() -> None:
        edit(SetConfig(edited.id, {**edited.config, "message": f"turn {next(numbers)}"}))

    def cost() -> None:
        edit(SetConfig(edited.id, {**edited.config, "iterations": 2 + next(numbers) % 50}))

    def beside() -> None:
        wire = _shortcut(graph, edited.id)
        edit(Disconnect((wire.key,)) if wire.key in graph.connections else Connect((wire,)))

    def cut() -> None:
        edit(Disconnect((last.key,)) if last.key in graph.connections else Connect((last,)))

    def move() -> None:
        edit(MoveNodes({edited.id: (float(next(numbers)), 5.0)}))

    last = next(reversed(graph.connections.values()))
    target = EDIT_MS if size == SIZES[-1] else None
    for name, work in (
        ("grade again after a text", text),
        ("grade again after a cost", cost),
        ("grade again after a wire beside others", beside),
        ("grade again after the last wire is cut or put back", cut),
        ("grade again after a move", move),
    ):
        bench.measure(name, work, size=size, target_ms=target, against="profile")


def _shortcut(graph: Graph, node_id: str) -> Connection:
    """Return a wire from a node past the next one to the one behind it."""
    first = next(iter(graph.outgoing(node_id).values()))
    second = next(iter(graph.outgoing(first.target_node).values()))
    return Connection(node_id, "exec_out", second.target_node, "exec_in")


def _order(graph: Graph) -> list[str]:
    built = networkx.DiGraph()
    built.add_nodes_from(graph.nodes)
    built.add_edges_from((wire.source_node, wire.target_node) for wire in graph.connections.values())
    # A workflow may hold loops, which no topological order has; its components always have one.
    return list(networkx.topological_sort(networkx.condensation(built)))

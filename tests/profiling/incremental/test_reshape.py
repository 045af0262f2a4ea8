"""After edits of wires in a large workflow, what is worked out again equals a full analysis to the last digit."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.events import GraphChanged
from casare.model import Connect, Connection, Disconnect, Graph, Node
from casare.profiling import Profiler, analyze
from casare.profiling.evidence import Evidence
from casare.profiling.incremental.reshape import gather_rewired
from casare.profiling.reporting.digest import digest_of

PORTS = (("exec_out", "exec_in"), ("exec_out", "exec_in"), ("result", "text"), ("true", "exec_in"))


@pytest.fixture(scope="module")
def real() -> Catalog:
    """Return the built-in types."""
    return default_catalog()


def woven(seed: int, blocks: int = 50, *, started: bool = True) -> Graph:
    """Return a workflow of some hundred nodes: lines, forks, branches, loops, and values read from earlier nodes."""
    chance = Random(seed)
    nodes, wires = [Node("n0", "StartNode" if started else "LogNode")], []

    def add(type_id: str, config: dict[str, object], *sources: tuple[str, str]) -> str:
        if chance.random() < 0.3:
            config = {**config, "seen": f"{{{{n{chance.randrange(len(nodes))}.result}}}}"}
        node_id = f"n{len(nodes)}"
        nodes.append(Node(node_id, type_id, config))
        wires.extend(Connection(source, port, node_id, "exec_in") for source, port in sources)
        return node_id

    def work(*sources: tuple[str, str]) -> str:
        type_id = chance.choice(("ReadCSVNode", "LogNode", "TextTrimNode", "ReadJSONFileNode", "WaitNode"))
        return add(type_id, {"file_path": f"{len(nodes)}.csv"} if "Read" in type_id else {"text": "x"}, *sources)

    end = ("n0", "exec_out")
    for _ in range(blocks):
        kind = chance.random()
        if kind < 0.5:
            end = (work(end), "exec_out")
        elif kind < 0.7:
            sides = [work(end) for _ in range(chance.randint(2, 5))]
            end = (add("MergeNode", {}, *[(side, "exec_out") for side in sides]), "exec_out")
        elif kind < 0.85:
            choice = add("IfNode", {"condition": "{{x}}"}, end)
            ways = [work((work((choice, "true")), "exec_out")), work((choice, "false"))]
            end = (add("MergeNode", {}, *[(way, "exec_out") for way in ways]), "exec_out")
        else:
            loop = add("ForLoopStartNode", {"items": [1, 2, 3]}, end)
            add("ForLoopEndNode", {"paired_start_id": loop}, (work((work((loop, "body")), "exec_out")), "exec_out"))
            end = (work((loop, "completed")), "exec_out")
    return Graph(nodes, wires)


def edited(graph: Graph, chance: Random) -> GraphChanged:
    """Cut a wire, draw one, or bring a node behind another; return what that touched."""
    kind = chance.random()
    ids = list(graph.nodes)
    keys: set[tuple[str, str, str, str]] = set()
    if kind < 0.45 and graph.connections:
        keys.add(chance.choice(list(graph.connections)))
        graph.apply(Disconnect(tuple(keys)))
    else:
        at = chance.randrange(len(ids) - 1)
        near = min(len(ids) - 1, at + chance.randint(1, 9))
        source, target = (ids[at], ids[near]) if kind < 0.9 else (ids[near], ids[at])
        port, into = chance.choice(PORTS)
        wire = Connection(source, port, target, into)
        if wire.key not in graph.connections:
            graph.apply(Connect((wire,)))
            keys.add(wire.key)
    return GraphChanged(wires=frozenset(keys))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), started=st.booleans())
def test_after_each_of_many_wire_edits_the_report_is_that_of_a_full_analysis(
    real: Catalog, seed: int, started: bool
) -> None:
    chance = Random(seed)
    graph = woven(seed, chance.randint(3, 60), started=started)
    profiler = Profiler(real, workers=1 + seed % 4)
    profiler.analyze(graph)
    for _ in range(12):
        report = profiler.regrade(graph, edited(graph, chance))
        assert digest_of(report) == digest_of(analyze(graph, real, workers=1 + seed % 4))


def test_a_wire_that_forks_a_line_is_worked_out_where_it_is(real: Catalog) -> None:
    graph = woven(3, 200)
    profiler = Profiler(real)
    profiler.analyze(graph)
    last = profiler.evidence
    assert isinstance(last, Evidence)
    near = 0
    for number, key in enumerate(list(graph.connections)):
        if number % 9 == 0 and key[1] == "exec_out":
            graph.apply(Connect((wire := Connection(key[0], "exec_out", key[2], "again"),)))
            found = gather_rewired(last, graph, (wire.key,))
            near += found is not None and found.shape.slices.slices[-1] is last.shape.slices.slices[-1]
            graph.apply(Disconnect((wire.key,)))
    assert near > 20

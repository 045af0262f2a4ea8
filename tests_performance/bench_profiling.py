"""What profiling costs: a whole analysis and one after an edit, 1,000 and 10,000 nodes.

Run it: `python tests_performance/bench_profiling.py`. Medians of several runs in one process, in ms.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable

from casare.catalog import default_catalog
from casare.events import GraphChanged
from casare.model import Connection, Graph, MoveNodes, Node, SetConfig
from casare.profiling import Profiler, analyze

_WORK = (
    ("TextTrimNode", {"text": "{{%s.result}}"}),
    ("SetVariableNode", {"variable_name": "total", "value": "{{%s.result}}"}),
    ("ReadFileNode", {"file_path": "data/%s.txt"}),
    ("LogNode", {"message": "done {{%s.result}}"}),
    ("MathOperationNode", {"a": 1, "b": 2, "operation": "add"}),
    ("ListSortNode", {"list": "{{total}}"}),
)


def mixed_graph(count: int, seed: int = 7) -> Graph:
    """Return a workflow of `count` nodes: lines, forks with a merge, branches and loops, about 1.3 wires a node."""
    chance = random.Random(seed)
    nodes: list[Node] = [Node("n0", "StartNode")]
    wires: list[Connection] = []
    ends = ["n0"]

    def add(type_id: str, config: dict[str, object], sources: list[tuple[str, str]]) -> str:
        node_id = f"n{len(nodes)}"
        nodes.append(Node(node_id, type_id, config, (len(nodes) * 10.0, 0.0)))
        wires.extend(Connection(source, port, node_id, "exec_in") for source, port in sources)
        return node_id

    def work(sources: list[tuple[str, str]]) -> str:
        type_id, config = chance.choice(_WORK)
        near = f"n{max(1, len(nodes) - chance.randint(1, 20))}"
        return add(
            type_id, {key: value % near if "%s" in str(value) else value for key, value in config.items()}, sources
        )

    while len(nodes) < count:
        last = ends[-1]
        kind = chance.random()
        if kind < 0.7:
            ends[-1] = work([(last, "exec_out")])
        elif kind < 0.85:
            sides = [work([(last, "exec_out")]) for _ in range(chance.randint(2, 6))]
            ends[-1] = add("MergeNode", {}, [(side, "exec_out") for side in sides])
        elif kind < 0.95:
            choice = add("IfNode", {"condition": "{{total}} > 3"}, [(last, "exec_out")])
            yes, no = work([(choice, "true")]), work([(choice, "false")])
            ends[-1] = add("MergeNode", {}, [(yes, "exec_out"), (no, "exec_out")])
        else:
            start = add("ForLoopStartNode", {"items": [1, 2, 3]}, [(last, "exec_out")])
            body = work([(work([(start, "body")]), "exec_out")])
            add("ForLoopEndNode", {"paired_start_id": start}, [(body, "exec_out")])
            ends[-1] = work([(start, "completed")])
    return Graph(nodes, wires)


def chain_graph(count: int) -> Graph:
    """Return `count` nodes one after another."""
    texts = [{"message": f"line {{{{n{max(0, number - 1)}.result}}}}"} for number in range(count)]
    nodes = [Node(f"n{number}", "LogNode", text) for number, text in enumerate(texts)]
    return Graph(
        nodes, [Connection(f"n{number}", "exec_out", f"n{number + 1}", "exec_in") for number in range(count - 1)]
    )


def median_ms(work: Callable[[], object], runs: int = 9) -> float:
    """Return the median time of `work` in ms."""
    times = []
    for _ in range(runs):
        gc.collect()
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def measure(shape: str, graph: Graph) -> None:
    """Print the figures of one graph."""
    catalog = default_catalog()
    fresh = median_ms(lambda: analyze(graph, catalog))
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    again = median_ms(lambda: profiler.analyze(graph))
    edited = next(node_id for node_id, node in graph.nodes.items() if node.type == "LogNode")
    turn = iter(range(1_000_000))

    def edit_text() -> None:
        graph.apply(SetConfig(edited, {"message": f"turn {next(turn)}"}))
        profiler.regrade(graph, GraphChanged(nodes=frozenset((edited,))))

    heavier = iter(range(1, 1_000_000))

    def edit_cost() -> None:
        graph.apply(SetConfig(edited, {"message": "x", "iterations": 2 + next(heavier) % 50}))
        profiler.regrade(graph, GraphChanged(nodes=frozenset((edited,))))

    def move() -> None:
        graph.apply(MoveNodes({edited: (float(next(turn)), 5.0)}))
        profiler.regrade(graph, GraphChanged(moved=frozenset((edited,))))

    print(
        f"{shape:>6} {len(graph.nodes):>7,} nodes {len(graph.connections):>7,} wires:"
        f"  analyse {fresh:7.1f}   again {again:7.1f}   after a text edit {median_ms(edit_text):7.1f}"
        f"   of a cost {median_ms(edit_cost):7.1f}"
        f"   after a move {median_ms(move):7.3f}"
    )


if __name__ == "__main__":
    for count in (1000, 10_000):
        measure("mixed", mixed_graph(count))
        measure("chain", chain_graph(count))

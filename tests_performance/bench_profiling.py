"""What profiling costs: a whole analysis and one after an edit, 1,000 and 10,000 nodes.

Run it: `python tests_performance/bench_profiling.py`. Medians of 15 runs in one process with the collector off, in ms.
Below stands what each stage takes, and which grades workflows of differing quality get; real files are included when
CASARE_SAMPLES names their folder.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from casare.catalog import default_catalog
from casare.events import GraphChanged
from casare.foundation.resources import samples
from casare.model import Connect, Connection, Disconnect, Graph, MoveNodes, Node, SetConfig
from casare.profiling import Profiler, analyze
from casare.profiling.evidence import gather, shape_of
from casare.profiling.facts import FactsBook
from casare.profiling.ledger import judge
from casare.profiling.rules import RULES
from casare.profiling.specimens import specimen
from casare.storage import load

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


def median_ms(work: Callable[[], object], runs: int = 15) -> float:
    """Return the median time of `work` in ms, with the cycle collector off."""
    times = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
        gc.enable()
    return statistics.median(times)


def measure(shape: str, graph: Graph) -> None:
    """Print the figures of one graph."""
    catalog = default_catalog()
    fresh = median_ms(lambda: analyze(graph, catalog))
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    edited = next(node_id for node_id, node in graph.nodes.items() if node.type == "LogNode")
    wire = next(reversed(graph.connections.values()))
    turn = iter(range(1_000_000))

    def edit(config: dict[str, object]) -> None:
        graph.apply(SetConfig(edited, config))
        profiler.regrade(graph, GraphChanged(nodes=frozenset((edited,))))

    def edit_wire() -> None:
        fact = GraphChanged(wires=frozenset((wire.key,)))
        graph.apply(Disconnect((wire.key,)) if wire.key in graph.connections else Connect((wire,)))
        profiler.regrade(graph, fact)

    def move() -> None:
        graph.apply(MoveNodes({edited: (float(next(turn)), 5.0)}))
        profiler.regrade(graph, GraphChanged(moved=frozenset((edited,))))

    figures = {
        "analyse": fresh,
        "again": median_ms(lambda: profiler.analyze(graph)),
        "with rows": median_ms(lambda: list(profiler.analyze(graph).nodes)),
        "after a text": median_ms(lambda: edit({"message": f"turn {next(turn)}"})),
        "after a cost": median_ms(lambda: edit({"message": "x", "iterations": 2 + next(turn) % 50})),
        "after a wire": median_ms(edit_wire),
        "after a move": median_ms(move),
    }
    told = "  ".join(f"{name} {taken:.2f}" for name, taken in figures.items())
    print(f"{shape:>6} {len(graph.nodes):>7,} nodes {len(graph.connections):>7,} wires, ms:  {told}")


def stages(shape: str, graph: Graph) -> None:
    """Print what each part of a whole analysis takes."""
    catalog = default_catalog()
    facts = FactsBook(catalog).facts(graph.nodes)
    shaped = shape_of(graph, facts)
    evidence = gather(graph, facts, shaped, 4)
    parts: dict[str, Callable[[], object]] = {
        "facts": lambda: FactsBook(catalog).facts(graph.nodes),
        "order, regions, slices": lambda: shape_of(graph, facts),
        "path, schedule, memory, serial": lambda: gather(graph, facts, shaped, 4),
        "rules": lambda: judge(evidence, RULES),
    }
    told = "  ".join(f"{name} {median_ms(work):.1f}" for name, work in parts.items())
    print(f"{shape:>6} {len(graph.nodes):>7,} nodes by stage, ms:  {told}")


def grades() -> None:
    """Print how many workflows get which grade: real files if there are any, our samples, and generated ones."""
    catalog = default_catalog()
    folder = os.environ.get("CASARE_SAMPLES")
    real = sorted(Path(folder).rglob("*.json")) if folder else []
    rows: dict[str, list[Graph]] = {
        "real files": [load(path, catalog).graph for path in real],
        "own samples": [load(path, catalog).graph for path in sorted(samples().glob("*.json"))],
    }
    for defects in (0, 1, 2, 4, 6, 9, 13, 19):
        rows[f"{defects} defects"] = [specimen(seed, defects) for seed in range(25)]
    print(f"{'grades':>14}" + "".join(f"{letter:>6}" for letter in "ABCDF") + "   lowest to highest score")
    for name, graphs in rows.items():
        if not graphs:
            continue
        reports = [analyze(graph, catalog) for graph in graphs]
        counts = Counter(report.grade for report in reports)
        scores = sorted(report.score or 0.0 for report in reports)
        told = "".join(f"{counts[letter] or '-':>6}" for letter in "ABCDF")
        print(f"{name:>14}{told}   {scores[0]:.1f} to {scores[-1]:.1f}")


if __name__ == "__main__":
    for count in (1000, 10_000):
        measure("mixed", mixed_graph(count))
        measure("chain", chain_graph(count))
    for count in (10_000,):
        stages("mixed", mixed_graph(count))
        stages("chain", chain_graph(count))
    grades()

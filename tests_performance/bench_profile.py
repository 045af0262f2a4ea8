"""What a grade costs: a whole analysis, and one after an edit, beside networkx ordering the same graph."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import networkx

from casare.catalog import default_catalog
from casare.events import GraphChanged
from casare.model import Connect, Disconnect, Graph, SetConfig
from casare.profiling import Profiler, analyze
from casare.storage import generate
from tests_performance.harness import Bench

SIZES = (100, 1_000, 10_000)
PEER = "networkx: build and order the same graph"


def run(bench: Bench) -> None:
    """Time every size and shape."""
    catalog = default_catalog()
    for size in SIZES:
        graph = generate(size, 1)
        bench.measure(PEER, lambda graph=graph: _order(graph), size=size)  # type: ignore[misc]
        whole = 50.0 if size == 10_000 else None
        bench.measure(
            "profile",
            lambda graph=graph: analyze(graph, catalog),
            size=size,
            target_ms=whole,
            against=PEER,  # type: ignore[misc]
        )
        edit = 5.0 if size == 10_000 else None
        bench.measure("grade again after one edit", _editing(graph), size=size, target_ms=edit, against="profile")
        bench.measure("grade again after a wire", _rewiring(graph), size=size, target_ms=edit, against="profile")
    for size in SIZES:
        chain = generate(size, 1, "chain")
        bench.measure("profile a chain", lambda chain=chain: analyze(chain, catalog), size=size)  # type: ignore[misc]


def _order(graph: Graph) -> list[str]:
    built = networkx.DiGraph()
    built.add_nodes_from(graph.nodes)
    built.add_edges_from((wire.source_node, wire.target_node) for wire in graph.connections.values())
    # A workflow may hold loops, which no topological order has; its components always have one.
    return list(networkx.topological_sort(networkx.condensation(built)))


def _editing(graph: Graph) -> Callable[[], None]:
    profiler = Profiler(default_catalog())
    profiler.analyze(graph)
    edited = next(node for node in graph.nodes.values() if node.type == "LogNode")
    numbers = count()

    def edit() -> None:
        graph.apply(SetConfig(edited.id, {**edited.config, "message": f"turn {next(numbers)}"}))
        profiler.regrade(graph, GraphChanged(nodes=frozenset((edited.id,))))

    return edit


def _rewiring(graph: Graph) -> Callable[[], None]:
    profiler = Profiler(default_catalog())
    profiler.analyze(graph)
    wire = next(reversed(graph.connections.values()))
    fact = GraphChanged(wires=frozenset((wire.key,)))

    def edit() -> None:
        graph.apply(Disconnect((wire.key,)) if wire.key in graph.connections else Connect((wire,)))
        profiler.regrade(graph, fact)

    return edit

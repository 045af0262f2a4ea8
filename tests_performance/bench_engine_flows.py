"""F-6: four workflows as people have them. F-7: what a node costs in memory, and what sharing ids and types saves."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

from casare.catalog import Catalog
from casare.engine import Run, compile_graph
from casare.model import Connection, Graph, Node
from casare.sdk.declare import type_of
from tests_performance.bench_engine import chain, light, nothing, plus, ready
from tests_performance.harness import Bench

ORDER = "receive>tax receive>shipping tax>total shipping>total total>charge charge>confirm"
ETL = "extract>check check>transform transform>load load>report"
APIS = "auth>users auth>orders users>profile orders>profile profile>answer orders>answer"
APPROVAL = "request>check check>manager manager>director director>book book>tell"


def run(bench: Bench) -> None:
    """Measure the four flows, then the memory of 10,000 nodes."""
    catalog = Catalog(time_to_live_s=float("inf"))
    for body in (nothing, plus, light):
        catalog.register(type_of(body), body)
    for title, wires, kind in (
        ("e-commerce order, 6 nodes", ORDER, "BenchLight"),
        ("ETL of 100 records, 5 nodes", ETL, "BenchPlus"),
        ("API orchestration, 5 nodes, two joins", APIS, "BenchLight"),
        ("approval, 6 nodes", APPROVAL, "BenchNothing"),
    ):
        graph = _flow(wires, kind)
        workflow = ready(graph, catalog)
        bench.measure(title, lambda workflow=workflow: Run(workflow).run(), size=len(graph.nodes))
    _memory(catalog)


def _flow(wires: str, kind: str) -> Graph:
    pairs = [tuple(one.split(">")) for one in wires.split()]
    names = dict.fromkeys(name for pair in pairs for name in pair)
    config: dict[str, Any] = {}
    if kind == "BenchPlus":
        config = {"a": "{{item}}", "_batch": {"items": list(range(100))}}
    return Graph(
        [Node(name, kind, config) for name in names],
        [Connection(source, "exec_out", target, "exec_in") for source, target in pairs],
    )


def _memory(catalog: Catalog) -> None:
    count = 10_000
    shared = _bytes(lambda: chain(count, "BenchPlus"))
    texts = "".join  # Joined at run time, so that every node has a text of its own.
    own = _bytes(lambda: Graph([Node(f"n{number}", texts(["Bench", "Plus"]), {}) for number in range(count)]))
    one = _bytes(lambda: Graph([Node(f"n{number}", "BenchPlus", {}) for number in range(count)]))
    graph = chain(count, "BenchPlus")
    plan = _bytes(lambda: compile_graph(graph, catalog).plan)
    workflow = ready(graph, catalog)
    ran = _bytes(lambda: Run(workflow).run())
    print(f"  graph: {shared / count:,.0f} bytes a node with its wire (Go's flow-orchestrator states about 200)")
    print(f"  without wires: {one / count:,.0f} bytes a node, {own / count:,.0f} if each had a type name of its own")
    print(f"  plan: {plan / count:,.0f} bytes a node; a finished run with its report: {ran / count:,.0f} bytes a node")


def _bytes(make: Callable[[], object]) -> int:
    """Return how much what `make` returns keeps."""
    gc.collect()
    tracemalloc.start()
    held = make()
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del held
    return kept

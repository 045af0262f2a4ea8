"""Documents to run, with a history in a folder of their own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casare.app.documents.document import Document
from casare.app.running.history import RunHistory
from casare.app.running.live_runs import DocumentRuns
from casare.app.subgraphs import group
from casare.catalog import Catalog
from casare.engine.keeping.records import RunBook
from casare.model import Connection, Graph, Node

Opens = Callable[[Graph], DocumentRuns]


@pytest.fixture
def history(tmp_path: Path) -> RunHistory:
    """Return a history of this test."""
    return RunHistory(RunBook(tmp_path / "runs.sqlite"))


@pytest.fixture
def opened(catalog: Catalog, history: RunHistory) -> Iterator[Opens]:
    """Return what opens a graph to run it; every run is over at the end."""
    made: list[DocumentRuns] = []

    def open_graph(graph: Graph) -> DocumentRuns:
        made.append(DocumentRuns(Document(graph, catalog=catalog), lambda: history))
        return made[-1]

    yield open_graph
    for runs in made:
        left = runs.under_way()
        runs.close()
        for one in [*left, *([runs.run] if runs.run is not None else [])]:
            assert one.wait(30)


def chain() -> Graph:
    """Return three nodes: start, a list of two kept of three, a log."""
    items = [{"name": "a", "ok": True}, {"name": "b", "ok": False}, {"name": "c", "ok": True}]
    return Graph(
        [
            Node("start", "StartNode", {}, (0, 0)),
            Node(
                "keep",
                "ListFilterNode",
                {"list": items, "condition": "equals", "value": True, "key_path": "ok"},
                (300, 0),
            ),
            Node("count", "ListLengthNode", {"list": "{{keep.result}}"}, (600, 0)),
            Node("tell", "LogNode", {"message": "{{count.length}} kept"}, (900, 0)),
        ],
        [
            Connection("start", "exec_out", "keep", "exec_in"),
            Connection("keep", "exec_out", "count", "exec_in"),
            Connection("keep", "result", "count", "list"),
            Connection("count", "exec_out", "tell", "exec_in"),
        ],
        metadata={"name": "chain"},
    )


def loop(turns: int = 5, wait_s: float = 0.0) -> Graph:
    """Return a loop whose body adds its index to ten, and waits where it is told to."""
    nodes = [
        Node("start", "StartNode", {}, (0, 0)),
        Node("each", "ForLoopStartNode", {"items": list(range(turns))}, (300, 0)),
        Node("add", "MathOperationNode", {"operation": "add", "a": 10, "b": "{{each.current_index}}"}, (600, 0)),
        Node("wait", "WaitNode", {"duration": wait_s}, (900, 0)),
        Node("next", "ForLoopEndNode", {"paired_start_id": "each"}, (1200, 0)),
        Node("end", "EndNode", {}, (600, 300)),
    ]
    order = ["start", "each", "add", "wait", "next"]
    ports = {"each": "body"}
    wires = [Connection(one, ports.get(one, "exec_out"), other, "exec_in") for one, other in itertools.pairwise(order)]
    return Graph(nodes, [*wires, Connection("each", "completed", "end", "exec_in")], metadata={"name": "loop"})


@pytest.fixture
def chain_graph() -> Graph:
    """Return the chain."""
    return chain()


@pytest.fixture
def make_loop() -> Callable[..., Graph]:
    """Return what makes a loop."""
    return loop


def flow(**config: Any) -> Graph:
    """Return start -> sum -> twice -> tell, where `twice` reads what `sum` gave and `tell` what `twice` gave."""
    nodes = [
        Node("start", "StartNode", {}, (0, 0)),
        Node("sum", "MathOperationNode", {"operation": "add", "a": 1, "b": 2}, (300, 0)),
        Node("twice", "MathOperationNode", {"operation": "multiply", "b": 2, **config}, (600, 0)),
        Node("tell", "LogNode", {}, (900, 0)),
    ]
    names = [one.id for one in nodes]
    wires = [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(names)]
    wires += [Connection("sum", "result", "twice", "a"), Connection("twice", "result", "tell", "message")]
    return Graph(nodes, wires)


@pytest.fixture
def nested(opened: Opens) -> Callable[..., tuple[DocumentRuns, str]]:
    """Return what opens the flow with `sum` and `twice` in a subgraph, and tells the id of the instance."""

    def make(inner: tuple[str, ...] = ("sum", "twice"), **config: Any) -> tuple[DocumentRuns, str]:
        runs = opened(flow(**config))
        grouped = group(runs.document.graph, runs.document.catalog, inner)
        assert grouped is not None
        runs.document.do(grouped.change)
        return runs, grouped.node_id

    return make

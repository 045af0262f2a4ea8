"""A node that may fail gets a Retry of its own, and the workflow still does what it did."""

from __future__ import annotations

from pathlib import Path

from casare.app.improving.improvements import improvements
from casare.app.running.runs import prepare_run
from casare.catalog import default_catalog
from casare.foundation.resources import samples
from casare.model import Connection, Graph, Node
from casare.profiling import analyze


def _graph(path: str) -> Graph:
    nodes = [
        Node("start", "StartNode"),
        Node("read", "ReadFileNode", {"file_path": path, "max_size": 1000}),
        Node("keep", "SetVariableNode", {"variable_name": "got", "value": "{{read.content}}"}),
    ]
    wires = [
        Connection("start", "exec_out", "read", "exec_in"),
        Connection("read", "exec_out", "keep", "exec_in"),
    ]
    return Graph(nodes, wires)


def test_a_node_in_a_retry_gives_what_it_gave_and_nothing_is_left_unguarded(tmp_path: Path) -> None:
    text = tmp_path / "in.txt"
    text.write_text("hello")
    graph = _graph(str(text))
    offer = next(one for one in improvements(graph, default_catalog()) if one.kind == "guard")
    inverse = offer.change.carry_out(graph)[0]
    report = prepare_run(graph, default_catalog()).run()
    assert report.status == "completed"
    assert report.variables["got"] == "hello"
    assert "unguarded-io" not in {entry.rule for entry in analyze(graph, default_catalog()).ledger}
    inverse.carry_out(graph)
    assert graph == _graph(str(text))


def test_what_writes_is_never_tried_again() -> None:
    nodes = [Node("start", "StartNode"), Node("write", "WriteFileNode", {"file_path": "a.txt", "content": "x"})]
    graph = Graph(nodes, [Connection("start", "exec_out", "write", "exec_in")])
    assert "guard" not in {one.kind for one in improvements(graph, default_catalog())}


def test_every_offer_for_a_shipped_sample_keeps_its_promise() -> None:
    from casare.storage import load

    catalog = default_catalog()
    for path in sorted(samples().glob("*.json")):
        graph = load(path, catalog).graph
        for offer in improvements(graph, catalog):
            copy = graph.copy()
            offer.change.carry_out(copy)
            after = analyze(copy, catalog)
            assert (after.score, after.grade) == (offer.score, offer.grade), (path.name, offer.title)

"""Claims about running and copying documents with subgraphs."""

from __future__ import annotations

from pathlib import Path

from casare.app.editing import copy_text, paste
from casare.app.running.runs import run_file
from casare.app.subgraphs import definition_of, group, inlined, promote, scoped
from casare.catalog import default_catalog
from casare.model import AddNodes, Connect, Connection, Graph, Node, SetConfig, SetVariables
from casare.storage import save

CATALOG = default_catalog()


def sums() -> Graph:
    """Return start -> add -> twice -> set, each told by a template or a wire."""
    return Graph(
        [
            Node("start", "StartNode", {}, (0, 0)),
            Node("add", "MathOperationNode", {"operation": "add", "a": "{{total}}", "b": 2}, (300, 0)),
            Node("twice", "MathOperationNode", {"operation": "multiply", "a": "{{add.result + 0}}", "b": 2}, (600, 0)),
            Node("keep", "SetVariableNode", {"variable_name": "total"}, (900, 0)),
        ],
        [
            Connection("start", "exec_out", "add", "exec_in"),
            Connection("add", "exec_out", "twice", "exec_in"),
            Connection("twice", "exec_out", "keep", "exec_in"),
            Connection("twice", "result", "keep", "value"),
        ],
        metadata={"name": "sums"},
        variables={"total": 3},
    )


def nested(depth: int) -> Graph:
    graph = level = sums()
    for _ in range(depth):
        chosen = ["add", "twice"] if level is graph else [*level.nodes]
        made = group(level, scoped(graph, CATALOG), chosen)
        assert made is not None
        level.apply(made.change)
        level = graph.subflows[made.definition_id].graph
    return graph


def test_a_subgraph_four_levels_deep_runs_as_the_graph_it_was_made_of(tmp_path: Path) -> None:
    for depth in (0, 1, 4):
        path = tmp_path / f"depth{depth}.json"
        save(nested(depth), path, catalog=CATALOG)
        report = run_file(path, catalog=CATALOG)
        assert report.variables["total"] == 10, depth


def test_each_instance_runs_with_its_own_promoted_value(tmp_path: Path) -> None:
    graph = nested(1)
    (subflow,) = graph.subflows.values()
    change = promote(subflow, CATALOG, "add", "b")
    assert change is not None
    graph.apply(change)
    graph.apply(SetConfig("subgraph", {**graph.nodes["subgraph"].config, "b": 7}))
    path = tmp_path / "promoted.json"
    save(graph, path, catalog=CATALOG)
    assert run_file(path, catalog=CATALOG).variables["total"] == 20


def test_an_instance_copied_into_another_document_brings_its_subgraphs_along() -> None:
    graph = nested(3)
    text = copy_text(graph, ["subgraph"])
    other = Graph()
    pasted = paste(other, text, CATALOG)
    assert pasted is not None
    other.apply(pasted.change)
    assert list(other.subflows) == list(graph.subflows)
    assert definition_of(other, other.nodes[pasted.nodes[0]]) is not None
    assert {one.rpartition("/")[2] for one in inlined(other).nodes} == {"add", "twice"}
    again = paste(other, text, CATALOG)
    assert again is not None
    other.apply(again.change)
    assert len(other.subflows) == 3


def test_an_instance_that_asks_for_variables_of_its_own_is_left_to_the_engine() -> None:
    graph = nested(1)
    graph.apply(SetConfig("subgraph", {**graph.nodes["subgraph"].config, "isolation": "isolated"}))
    flat = inlined(graph)
    assert "subgraph" in flat.nodes
    assert flat.subflows is graph.subflows


def test_an_instance_that_is_run_for_many_items_is_left_to_the_engine(tmp_path: Path) -> None:
    graph = nested(1)
    batch = {"items": [1, 2, 3]}
    graph.apply(SetConfig("subgraph", {**graph.nodes["subgraph"].config, "_batch": batch}))
    assert "subgraph" in inlined(graph).nodes
    path = tmp_path / "batch.json"
    save(graph, path, catalog=CATALOG)
    report = run_file(path, catalog=CATALOG)
    assert report.status == "completed", report.errors
    assert (report.status, len(report.outputs["subgraph"]["times_ms"])) == ("completed", 3)


def test_a_wire_from_the_error_port_of_an_instance_is_followed_when_its_inside_fails(tmp_path: Path) -> None:
    graph = nested(1)
    inner = graph.subflows[str(graph.nodes["subgraph"].config["subflow_id"])].graph
    inner.apply(SetConfig("twice", {"operation": "divide", "a": "{{add.result}}", "b": "{{divisor}}"}))
    told = Node("told", "SetVariableNode", {"variable_name": "went", "value": "wrong"}, (900, 300))
    graph.apply(AddNodes((told,)))
    graph.apply(Connect((Connection("subgraph", "error", "told", "exec_in"),)))
    for divisor, status, total, went in ((0, "completed", 3, "wrong"), (5, "completed", 1, "not")):
        graph.apply(SetVariables({"total": 3, "divisor": divisor, "went": "not"}))
        path = tmp_path / f"{divisor}.json"
        save(graph, path, catalog=CATALOG)
        report = run_file(path, catalog=CATALOG)
        assert (report.status, report.variables["total"], report.variables["went"]) == (status, total, went)

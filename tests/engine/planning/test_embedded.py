"""Subflows inside a document, what subflow files declare, and a workflow run once for each item."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.app.running.runs import run_file
from casare.catalog import Catalog
from casare.engine import CompileError, PlanCache, RunOptions, RunReport
from casare.engine import Run as OneRun
from casare.model import Connection, Definition, Graph, Node, Subflow
from casare.model import Interface as Faces
from casare.model import Outlet as Port
from tests.engine.conftest import graph_of

Run = Callable[..., RunReport]

DOUBLE = {
    "name": "Double",
    "inputs": [{"name": "n", "internal_node_id": "sum", "internal_port_name": "a", "default_value": 1}],
    "outputs": [{"name": "total", "internal_node_id": "sum", "internal_port_name": "sum"}],
    "parameters": [
        {"name": "extra", "internal_node_id": "sum", "internal_property_name": "b", "default_value": None},
    ],
    "nodes": {"sum": {"node_id": "sum", "node_type": "Plus", "config": {"b": 100}, "position": [0, 0]}},
    "connections": [],
}


def instance(**config: Any) -> tuple[str, dict[str, Any]]:
    return "SubflowNode", {"subflow_id": "double", "subflow_path": "", **config}


def embedded(**definitions: Any) -> dict[str, Any]:
    return {"extra": {"subflows": definitions}}


def test_an_instance_runs_the_subflow_inside_the_document(run: Run) -> None:
    report = run({"a": instance(n=5), "b": instance(), "c": instance(n=1, extra=2)}, "a>b>c", **embedded(double=DOUBLE))
    assert report.status == "completed", report.errors
    assert [report.outputs[name]["total"] for name in "abc"] == [105, 101, 3]


def test_a_promoted_parameter_takes_a_template_of_the_workflow_around(run: Run) -> None:
    nodes = {"a": instance(n="{{base}}", extra="{{base + 1}}")}
    report = run(nodes, "a", variables={"base": 7}, **embedded(double=DOUBLE))
    assert report.outputs["a"]["total"] == 15


def test_subflows_of_a_document_can_run_each_other(run: Run) -> None:
    outer = {
        "name": "Outer",
        "nodes": {"i": {"node_type": "SubflowNode", "config": {"subflow_id": "double", "n": 4}}},
        "outputs": [{"name": "out", "internal_node_id": "i", "internal_port_name": "total"}],
    }
    report = run({"o": ("SubflowNode", {"subflow_id": "outer"})}, "o", **embedded(double=DOUBLE, outer=outer))
    assert report.outputs["o"]["out"] == 104
    assert report.nodes[-1].chain == ("o", "i")


def test_a_subflow_that_runs_itself_is_refused(run: Run) -> None:
    again = {"name": "Again", "nodes": {"i": {"node_type": "SubflowNode", "config": {"subflow_id": "again"}}}}
    report = run({"o": ("SubflowNode", {"subflow_id": "again"})}, "o", **embedded(again=again))
    assert "Again → Again" in report.errors[0].message


def test_a_changed_subflow_inside_makes_another_plan(types: Catalog) -> None:
    plans = PlanCache(on_disk=False)
    changed = {**DOUBLE, "nodes": {"sum": {"node_type": "Plus", "config": {"b": 1}}}}
    one, other = (plans.workflow(Graph(extra={"subflows": {"double": held}}), types)[0] for held in (DOUBLE, changed))
    assert one is not other


BATCH = {"items": [1, 2, 3], "as": "each", "parallel": True}


@pytest.mark.parametrize("parallel", [False, True])
def test_a_workflow_runs_once_for_each_parameter_set(run: Run, parallel: bool) -> None:
    nodes = {"a": instance(n="{{each}}", extra="{{each_index}}", _batch={**BATCH, "parallel": parallel})}
    report = run(nodes, "a", **embedded(double=DOUBLE))
    assert report.outputs["a"]["total"] == [1, 3, 5]
    assert report.outputs["a"]["errors"] == []
    assert len(report.outputs["a"]["times_ms"]) == 3


def test_four_workflows_run_at_once_where_nobody_says(run: Run) -> None:
    from tests.engine.probes import Gauge

    gauge = Gauge()
    inner = {"name": "M", "nodes": {"m": {"node_type": "Meter", "config": {}}}}
    nodes = {"a": ("SubflowNode", {"subflow_id": "m", "isolation": "shared", "_batch": {**BATCH, "items": [0] * 20}})}
    report = run(
        nodes, "a", variables={"gauge": gauge}, options={"limits": {"service:network": 99}}, **embedded(m=inner)
    )
    assert report.status == "completed", report.errors
    assert gauge.most == 4


@pytest.mark.parametrize(("on_error", "status"), [("fail", "failed"), ("continue", "degraded")])
def test_a_failing_item_fails_the_batch_or_is_told_among_its_errors(run: Run, on_error: str, status: str) -> None:
    nodes = {"a": instance(n="{{each}}", _batch={"items": [1, "x", 3], "as": "each", "on_error": on_error})}
    report = run(nodes, "a", **embedded(double=DOUBLE))
    assert report.status == status
    assert report.errors[0].message.startswith("item 2: ")
    if on_error == "continue":
        assert report.outputs["a"]["total"] == [101, None, 103]
        assert report.outputs["a"]["errors"][0]["index"] == 1


def test_the_ports_and_parameters_of_a_subflow_file_are_filled(tmp_path: Path, types: Catalog) -> None:
    (tmp_path / "subflows").mkdir()
    (tmp_path / "subflows" / "double.json").write_text(json.dumps({"id": "subflow_0123", **DOUBLE}))
    config = {"subflow_path": "subflows/double.json", "n": 5, "extra": 3}
    node = {"node_id": "a", "node_type": "SubflowNode", "config": config, "position": [0, 0]}
    path = tmp_path / "main.json"
    path.write_text(json.dumps({"nodes": {"a": node}, "connections": []}))
    assert run_file(path, catalog=types).outputs["a"]["total"] == 8


def test_an_eager_run_refuses_before_anything_ran(tmp_path: Path, types: Catalog) -> None:
    call = {"node_id": "z", "node_type": "ExecuteWorkflowNode", "config": {"workflow_path": "no.json"}}
    (tmp_path / "child.json").write_text(json.dumps({"metadata": {"name": "child"}, "nodes": {"z": call}}))
    first = {"node_id": "a", "node_type": "ExecuteWorkflowNode", "config": {"workflow_path": "child.json"}}
    path = tmp_path / "main.json"
    path.write_text(json.dumps({"metadata": {"name": "main"}, "nodes": {"a": first}, "connections": []}))
    facts: list[Any] = []
    with pytest.raises(CompileError) as refused:
        run_file(path, catalog=types, options=RunOptions(eager=True, observer=facts.extend))
    assert refused.value.where == "main → child → z"
    assert facts == []
    assert run_file(path, catalog=types).status == "failed"


def several_ways() -> Graph:
    """Return a graph with a subgraph that has two ways in and two ways out, each way in leading to a way out."""
    names = ("left", "right")
    nodes = [Node(f"in_{name}", "SubflowEntryNode", {"port_name": name}) for name in names]
    nodes += [Node(f"at_{name}", "Note", {"mark": name}) for name in names]
    nodes += [Node(f"out_{name}", "SubflowExitNode", {"port_name": name}) for name in names]
    wires = [
        wire
        for name in names
        for wire in (
            Connection(f"in_{name}", "exec_out", f"at_{name}", "exec_in"),
            Connection(f"at_{name}", "exec_out", f"out_{name}", "exec_in"),
        )
    ]
    face = Faces(
        "Ways",
        inputs=tuple(Port(f"from_{name}", name, "exec", f"in_{name}", "exec_out") for name in names),
        outputs=tuple(Port(f"to_{name}", name, "exec", f"out_{name}", "exec_in") for name in names),
    )
    graph = Graph()
    graph.subflows["ways"] = Subflow.made(Definition("ways", face, tuple(nodes), tuple(wires)), graph.subflows)
    return graph


def through(graph: Graph, types: Catalog, wires: str, **config: Any) -> tuple[RunReport, str]:
    """Run an instance `s` of that subgraph between a Choose, and a Note at each way out."""
    held = {"subflow_id": "ways", "isolation": "shared", **config}
    outer: dict[str, Any] = {"c": ("Choose", {"way": "right"}), "s": ("SubflowNode", held), "l": "Note", "r": "Note"}
    graph.nodes.update(graph_of(outer).nodes)
    for word in wires.split():
        wire = Connection(*word.split(">")[0].split("."), *word.split(">")[1].split("."))
        graph.connections[wire.key] = wire
    workflow, _ = PlanCache(on_disk=False).workflow(graph, types)
    seen: list[str] = []
    report = OneRun(workflow, RunOptions(variables={"seen": seen})).run()
    return report, " ".join(seen)


OUT = "s.to_left>l.exec_in s.to_right>r.exec_in"


@pytest.mark.parametrize(
    ("wires", "seen"),
    [
        ("c.left>s.from_left c.right>s.from_right", "right r"),
        ("c.right>s.from_left", "left l"),
        ("c.right>s.from_left c.right>s.from_right", "left right l r"),
    ],
)
def test_a_subflow_is_entered_by_the_way_it_is_wired_and_left_by_the_exit_it_reaches(
    types: Catalog, wires: str, seen: str
) -> None:
    report, noted = through(several_ways(), types, f"{wires} {OUT}")
    assert report.status == "completed", report.errors
    assert noted == seen


def test_a_batch_of_a_subflow_is_left_by_every_exit_that_any_item_reaches(types: Catalog) -> None:
    batch = {"items": [1, 2]}
    report, noted = through(several_ways(), types, f"c.right>s.from_right {OUT}", _batch=batch)
    assert report.status == "completed", report.errors
    assert noted == "right right r"


def test_boundary_nodes_that_no_interface_lists_are_ports_by_their_ids(types: Catalog) -> None:
    graph = Graph()
    inner = (
        Node("n", "SubflowInputNode", {"port_name": "number"}),
        Node("sum", "Plus", {"b": 5}),
        Node("given", "SubflowOutputNode", {"port_name": "total"}),
    )
    wires = (Connection("n", "value", "sum", "a"), Connection("sum", "sum", "given", "value"))
    graph.subflows["d"] = Subflow.made(Definition("d", Faces("D"), inner, wires), graph.subflows)
    graph.nodes["i"] = Node("i", "SubflowNode", {"subflow_id": "d", "n": 4})
    workflow, _ = PlanCache(on_disk=False).workflow(graph, types)
    outputs = OneRun(workflow).run().outputs["i"]
    assert (outputs["total"], outputs["given"]) == (9, 9)

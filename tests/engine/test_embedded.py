"""Subflows inside a document, what subflow files declare, and a workflow run once for each item."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.app.runs import run_file
from casare.catalog import Catalog
from casare.engine import CompileError, PlanCache, RunOptions, RunReport
from casare.model import Graph

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

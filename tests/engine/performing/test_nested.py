"""Workflows inside workflows: found when reached, isolated as asked, limited in depth, told of by their chain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.app.running.runs import run_file
from casare.catalog import Catalog
from casare.engine import RunReport

Make = Callable[..., Any]


@pytest.fixture
def write(tmp_path: Path, make_graph: Make) -> Make:
    """Return a function that writes a workflow file and returns its path."""
    from casare.storage import save

    def to(name: str, nodes: Any, wires: str = "", **sections: Any) -> Path:
        path = tmp_path / f"{name}.json"
        save(make_graph(nodes, wires, metadata={"name": name}, **sections), path)
        return path

    return to


@pytest.fixture
def play(types: Catalog) -> Callable[..., RunReport]:
    return lambda path, **more: run_file(path, catalog=types, **more)


def calls(reference: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "ExecuteWorkflowNode", {"workflow_path": reference, **more}


CHILD = {
    "in": ("SubflowInputNode", {"port_name": "n", "default_value": 1}),
    "sum": ("Plus", {"b": 10}),
    "out": ("SubflowOutputNode", {"port_name": "total"}),
}
CHILD_WIRES = "in.value->sum.a sum.sum->out.value"


def test_a_child_takes_inputs_and_gives_outputs(write: Make, play: Make) -> None:
    write("child", CHILD, CHILD_WIRES)
    path = write("main", {"c": calls("child.json", inputs={"n": 5}), "d": calls("child")}, "c>d")
    report = play(path)
    assert report.status == "completed"
    assert report.outputs["c"]["outputs"] == {"total": 15}
    assert report.outputs["d"]["outputs"] == {"total": 11}


def test_the_ports_of_a_subflow_are_its_inputs_and_outputs(write: Make, play: Make) -> None:
    write("child", CHILD, CHILD_WIRES)
    path = write(
        "main",
        {"a": ("Plus", {"a": 1}), "c": ("SubflowNode", {"subflow_path": "child.json"}), "z": "Plus"},
        "a>c>z a.sum->c.n c.total->z.a",
    )
    report = play(path)
    assert report.errors == ()
    assert report.outputs["z"]["sum"] == 13


def test_a_child_is_found_by_name_in_a_folder_of_subflows(write: Make, play: Make, tmp_path: Path) -> None:
    (tmp_path / "subflows").mkdir()
    write("subflows/child", CHILD, CHILD_WIRES)
    report = play(write("main", {"c": ("CallSubworkflowNode", {"subworkflow_id": "child"})}))
    assert (report.outputs["c"]["success"], report.outputs["c"]["total"]) == (True, 11)


ISOLATION = {
    "mapped": ("7 own", "outer"),
    "isolated": ("default own", "outer"),
    "scoped": ("7 outer", "outer"),
    "shared": ("7 outer", "changed"),
}


@pytest.mark.parametrize("mode", ISOLATION)
def test_isolation_says_what_a_child_sees_and_changes(mode: str, write: Make, play: Make) -> None:
    write(
        "child",
        {"a": ("SetVariableNode", {"variable_name": "saw", "value": "{{given}} {{both}}"}),
         "b": ("SetVariableNode", {"variable_name": "both", "value": "changed"}),
         "o": ("SubflowOutputNode", {"port_name": "saw"})},
        "a>b a.value->o.value",
        variables={"given": "default", "both": "own"},
    )  # fmt: skip
    path = write("main", {"c": calls("child", isolation=mode, inputs={"given": 7})}, variables={"both": "outer"})
    report = play(path)
    assert (report.outputs["c"]["outputs"]["saw"], report.variables["both"]) == ISOLATION[mode]


def test_a_failure_inside_names_every_workflow_and_node_on_the_way(write: Make, play: Make) -> None:
    write("inner", {"x": ("Fail", {"message": "deep down"})})
    write("middle", {"m": calls("inner")})
    report = play(write("main", {"f": ("ForLoopStartNode", {"items": [1]}), "c": calls("middle")}, "f.body>c"))
    assert report.status == "failed"
    (problem,) = report.errors
    assert problem.message == "deep down"
    assert problem.chain[:2] == ("c", "m")
    assert problem.chain[-1].startswith("x")


def test_a_failure_inside_can_be_dealt_with_outside(write: Make, play: Make) -> None:
    write("child", {"x": "Fail"})
    log = ("LogNode", {"message": "dealt with"})
    report = play(write("main", {"c": calls("child"), "l": log, "n": "Note"}, "c.error>l c>n"))
    assert report.status == "completed"
    assert [line.message for line in report.log] == ["dealt with"]


def test_a_workflow_that_runs_itself_is_refused_with_the_chain(write: Make, play: Make) -> None:
    write("b", {"c": calls("a")})
    report = play(write("a", {"c": calls("b")}))
    assert report.status == "failed"
    assert "a → b → a" in report.errors[0].message


def test_too_many_levels_are_refused_and_many_are_warned_of(write: Make, play: Make) -> None:
    for level in range(13):
        write(f"w{level}", {"c": calls(f"w{level + 1}")})
    report = play(write("main", {"c": calls("w0")}))
    assert "more than 10 workflows" in report.errors[0].message
    assert "w0 → w1" in report.errors[0].message
    assert any("6 deep" in line.message for line in report.log)


def test_a_missing_child_matters_only_when_it_is_reached(write: Make, play: Make) -> None:
    nodes = {"i": ("IfNode", {"condition": False}), "c": calls("nowhere"), "z": "Note"}
    assert play(write("main", nodes, "i.true>c i.false>z")).status == "completed"
    report = play(write("main2", {"c": calls("nowhere")}))
    assert "no workflow “nowhere”" in report.errors[0].message


def test_children_run_at_the_same_time_with_results_in_order(write: Make, play: Make) -> None:
    write("child", CHILD, CHILD_WIRES)
    path = write(
        "main",
        {"p": ("ParallelForEachNode", {"items": [1, 2, 3]}), "c": calls("child", inputs={"n": "{{p.current_item}}"}),
         "o": ("Plus", {"a": "{{c.total}}", "b": 0})},
        "p.body>c>o",
    )  # fmt: skip
    assert play(path).outputs["p"]["results"] == [11, 12, 13]


def test_a_child_has_a_time_limit(write: Make, play: Make) -> None:
    write("child", {"w": "Wait"})
    path = write("main", {"c": ("CallSubworkflowNode", {"subworkflow_id": "child", "timeout_seconds": 0.05})})
    report = play(path)
    assert (report.status, "longer than 0.05 s" in report.errors[0].message) == ("failed", True)


def test_each_child_of_a_batch_has_that_time_limit(write: Make, play: Make) -> None:
    write("child", {"w": ("Wait", {"seconds": "{{seconds}}"})})
    config = {
        "subworkflow_id": "child",
        "timeout_seconds": 0.2,
        "inputs": {"seconds": "{{each}}"},
        "_batch": {"items": [0, 60], "as": "each", "parallel": True, "on_error": "continue"},
    }
    report = play(write("main", {"c": ("CallSubworkflowNode", config)}))
    assert report.status == "degraded"
    assert [one["index"] for one in report.outputs["c"]["errors"]] == [1]
    assert "longer than 0.2 s" in report.outputs["c"]["errors"][0]["message"]


def test_nodes_of_children_are_in_the_report(write: Make, play: Make) -> None:
    write("child", CHILD, CHILD_WIRES)
    report = play(write("main", {"f": ("ForLoopStartNode", {"items": [1, 2]}), "c": calls("child")}, "f.body>c"))
    inner = {one.id: one.runs for one in report.nodes if one.chain == ("c",)}
    assert inner == {"in": 2, "sum": 2, "out": 2}


def test_outputs_that_a_subflow_file_declares_are_handed_out(write: Make, play: Make, tmp_path: Path) -> None:
    path = write("child", {"p": ("Plus", {"a": 4})})
    raw = json.loads(path.read_bytes())
    raw["outputs"] = [{"name": "sum_of_it", "internal_node_id": "p", "internal_port_name": "sum"}]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert play(write("main", {"c": calls("child")})).outputs["c"]["outputs"] == {"sum_of_it": 5}

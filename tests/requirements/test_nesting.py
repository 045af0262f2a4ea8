"""Nested workflows, items N-1 to N-10: found late, isolated, cached, limited in depth, errors with the whole chain."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.app.running.runs import FileLibrary, run_file
from casare.catalog import Catalog
from casare.engine import CompileError, PlanCache, RunOptions
from casare.engine.performing.eager import make_ready
from casare.events import WorkflowCompiled
from casare.model import Graph, Node
from casare.sdk.declare import type_of
from casare.storage import generate, save
from tests.engine.conftest import graph_of
from tests.engine.probes import Gauge, note

Run = Callable[..., Any]


def call(path: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "ExecuteWorkflowNode", {"workflow_path": path, **more}


def write(folder: Path, name: str, nodes: Any, wires: str = "", **sections: Any) -> Path:
    save(graph_of(nodes, wires, metadata={"name": name}, **sections), folder / f"{name}.json")
    return folder / f"{name}.json"


def test_n_1_the_registry_is_read_once_and_again_when_its_time_is_up_or_a_type_is_added() -> None:
    now = [0.0]
    catalog = Catalog(time_to_live_s=300, clock=lambda: now[0])
    first, revision = catalog.types(), catalog.revision
    assert catalog.types() is first or catalog.types() == first
    assert catalog.revision == revision
    catalog.register(type_of(note), note)
    assert catalog.find("Note") is not None
    assert catalog.revision != revision


def test_n_2_the_stages_of_compiling_are_timed_apart_and_logged(
    tmp_path: Path, types: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    facts: list[Any] = []
    write(tmp_path, "child", {"a": "Note"})
    path = write(tmp_path, "main", {"c": call("child.json")})
    with caplog.at_level(logging.DEBUG, "casare.engine.planning.plan_cache"):
        run_file(path, catalog=types, options=RunOptions(observer=facts.extend))
    compiled = {fact.name: fact.stages for fact in facts if isinstance(fact, WorkflowCompiled)}
    assert set(compiled) == {"main", "child"}
    wanted = {"parse", "templates", "wire", "validate", "build", "instantiate"}
    assert all(wanted <= set(stages) for stages in compiled.values())
    assert "child made ready: parse" in caplog.text


def test_n_3_a_child_is_compiled_when_it_is_reached_or_before_when_asked(tmp_path: Path, types: Catalog) -> None:
    broken = write(tmp_path, "main", {"i": ("IfNode", {"condition": "false"}), "c": call("no.json")}, "i.true>c")
    assert run_file(broken, catalog=types).status == "completed"
    with pytest.raises(CompileError, match="no workflow"):
        run_file(broken, catalog=types, options=RunOptions(eager=True))


@pytest.mark.parametrize(
    ("isolation", "sees", "around"),
    [("mapped", [None, 2], 1), ("isolated", [None, None], 1), ("scoped", [1, 2], 1), ("shared", [1, 2], 9)],
)
def test_n_4_a_child_sees_what_its_isolation_says(
    tmp_path: Path, types: Catalog, isolation: str, sees: list[Any], around: int
) -> None:
    child = {
        "x": ("GetVariableNode", {"variable_name": "x", "default_value": ""}),
        "y": ("GetVariableNode", {"variable_name": "y", "default_value": ""}),
        "set": ("SetVariableNode", {"variable_name": "x", "value": 9}),
        "ox": ("SubflowOutputNode", {"port_name": "x", "value": "{{x.value}}"}),
        "oy": ("SubflowOutputNode", {"port_name": "y", "value": "{{y.value}}"}),
    }
    write(tmp_path, "child", child, "x>y>set")
    path = write(tmp_path, "main", {"c": call("child.json", isolation=isolation, inputs={"y": 2})}, variables={"x": 1})
    report = run_file(path, catalog=types)
    assert report.status == "completed", report.errors
    found = report.outputs["c"]["outputs"]
    assert [found["x"] or None, found["y"] or None] == sees
    assert report.variables["x"] == around


def test_n_4_large_values_are_handed_on_and_not_copied(run: Run) -> None:
    large = list(range(100_000))
    inner = {"name": "Inner", "nodes": {"o": {"node_type": "SubflowOutputNode", "config": {
        "port_name": "same", "value": "{{big}}"}}}}  # fmt: skip
    node = ("SubflowNode", {"subflow_id": "inner", "big": "{{big}}"})
    report = run({"s": node}, variables={"big": large}, extra={"subflows": {"inner": inner}})
    assert report.outputs["s"]["same"] is large


def test_n_5_plans_are_kept_by_content_in_memory_and_on_disk(tmp_path: Path, types: Catalog) -> None:
    graph = generate(300, 1)
    plans = PlanCache(2, folder=tmp_path)
    first, _ = plans.workflow(graph, types)
    assert plans.workflow(graph.copy(), types)[0] is first
    for stored in tmp_path.iterdir():
        stored.write_bytes(b"damaged")
    again, _ = PlanCache(2, folder=tmp_path).workflow(graph, types)
    assert again.plan == first.plan
    for number in range(3):
        plans.workflow(Graph([Node(f"n{number}", "Note")]), types)
    assert plans.workflow(graph, types)[0] is not first


def test_n_6_four_children_run_at_once_and_results_keep_their_order(run: Run) -> None:
    gauge = Gauge()
    inner = {
        "name": "Inner",
        "nodes": {"m": {"node_type": "Meter", "config": {"value": "{{one}}"}}},
        "outputs": [{"name": "out", "internal_node_id": "m", "internal_port_name": "value"}],
    }
    batch = {"items": list(range(12)), "as": "one", "parallel": True}
    node = ("SubflowNode", {"subflow_id": "m", "isolation": "scoped", "one": "{{one}}", "_batch": batch})
    told = {"limits": {"service:network": 99}}
    report = run({"s": node}, variables={"gauge": gauge}, options=told, extra={"subflows": {"m": inner}})
    assert report.status == "completed", report.errors
    assert (report.outputs["s"]["out"], gauge.most) == (list(range(12)), 4)


def test_n_7_more_than_five_levels_are_warned_of_ten_refused_and_circles_named(tmp_path: Path, types: Catalog) -> None:
    for level in range(13):
        write(tmp_path, f"w{level}", {"c": call(f"w{level + 1}.json")} if level < 12 else {"a": "Note"})
    report = run_file(tmp_path / "w0.json", catalog=types)
    assert "more than 10 workflows lie inside each other: w0 → w1" in report.errors[0].message
    assert any("6 deep" in line.message for line in report.log)
    assert not any("5 deep" in line.message for line in report.log)
    write(tmp_path, "a", {"c": call("b.json")})
    write(tmp_path, "b", {"c": call("a.json")})
    assert "a → b → a" in run_file(tmp_path / "a.json", catalog=types).errors[0].message


@pytest.mark.parametrize("value", ["x" * 11_000_000, ["x" * 1_000_000] * 11], ids=["one text", "inside a list"])
def test_n_8_more_than_ten_mb_handed_over_are_warned_of(run: Run, value: Any) -> None:
    inner = {"name": "Inner", "nodes": {"a": {"node_type": "Note", "config": {}}}}
    node = ("SubflowNode", {"subflow_id": "i", "big": "{{big}}"})
    report = run({"s": node}, variables={"big": value}, extra={"subflows": {"i": inner}})
    (told,) = [line.message for line in report.log if line.level == "warning"]
    assert "11 MB" in told
    assert "path of a file" in told


def test_n_9_a_warm_tree_reads_each_file_once(tmp_path: Path, types: Catalog) -> None:
    write(tmp_path, "leaf", dict.fromkeys("ab", "Note"))
    write(tmp_path, "middle", {"x": call("leaf.json"), "y": call("leaf.json")})
    path = write(tmp_path, "root", {"x": call("middle.json"), "y": call("leaf.json")})
    plans = PlanCache(on_disk=False)
    library = FileLibrary(types, plans)
    assert make_ready(library.open(path.resolve()), library) == 3
    misses = plans.misses
    assert make_ready(library.open(path.resolve()), library) == 3
    assert (misses, plans.misses) == (3, 3)


def test_n_10_an_error_inside_names_the_child_its_node_and_the_chain(tmp_path: Path, types: Catalog) -> None:
    write(tmp_path, "deep", {"bad": ("Fail", {"message": "out of paper"})})
    write(tmp_path, "middle", {"f": ("ForLoopStartNode", {"items": [1]}), "call": call("deep.json")}, "f.body>call")
    path = write(tmp_path, "main", {"first": call("middle.json")})
    (problem,) = run_file(path, catalog=types).errors
    assert (problem.node_id, problem.node_type, problem.message) == ("bad", "Fail", "out of paper")
    assert problem.chain[0] == "first"
    assert problem.chain[1].startswith("call")
    assert problem.chain[-1] == "bad"

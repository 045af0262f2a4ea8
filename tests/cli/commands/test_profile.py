"""`casare profile` as a gate: its files, its budgets, and what it can rest on."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casare.app.running.runs import run_file
from casare.model import Connection, Graph, Node
from casare.storage import save

Casare = Callable[..., Any]


def _graph(count: int, **settings: object) -> Graph:
    nodes = [Node("start", "StartNode"), *[Node(f"n{at}", "LogNode", {"message": "x"}) for at in range(count)]]
    ids = [node.id for node in nodes]
    wires = [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(ids)]
    return Graph(nodes, wires, settings=settings)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a workflow with a budget that it keeps."""
    path = tmp_path / "flow.json"
    save(_graph(6, profile_budget={"min_grade": "B", "max_wall_ms": 10_000}), path)
    return path


def test_every_file_that_is_asked_for_is_written(casare: Casare, file: Path, tmp_path: Path) -> None:
    wanted = {kind: tmp_path / f"out.{kind}" for kind in ("html", "trace", "junit", "sarif")}
    answer = casare("profile", file, *[word for kind, path in wanted.items() for word in (f"--{kind}", path)])
    assert answer.code == 0
    assert wanted["html"].read_text().startswith("<!doctype html>")
    assert json.loads(wanted["trace"].read_bytes())["traceEvents"]
    cases = ElementTree.fromstring(wanted["junit"].read_text()).findall("testcase")
    assert {case.get("name") for case in cases} == {"min_grade", "max_wall_ms"}
    assert json.loads(wanted["sarif"].read_bytes())["version"] == "2.1.0"


def test_a_budget_in_the_file_that_is_not_kept_ends_with_1_and_is_told(casare: Casare, tmp_path: Path) -> None:
    path = tmp_path / "slow.json"
    save(_graph(6, profile_budget={"max_wall_ms": 0.01}), path)
    answer = casare("profile", path)
    assert answer.code == 1
    assert "not met" in answer.out
    gates = casare("profile", path, "--json").json()["gates"]
    assert [gate["kept"] for gate in gates] == [False]


def test_a_budget_nobody_can_understand_is_bad_input(casare: Casare, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    save(_graph(2, profile_budget={"max_walls": 1}), path)
    answer = casare("profile", path)
    assert answer.code == 2
    assert "profile_budget" in answer.err


def test_costs_of_own_types_count(casare: Casare, tmp_path: Path) -> None:
    path, costs = tmp_path / "own.json", tmp_path / "costs.toml"
    save(Graph([Node("a", "MyOwnNode")]), path)
    costs.write_text("[types.MyOwnNode]\nruntime_ms = 4321\n")
    told = casare("profile", path, "--costs", costs, "--json").json()
    assert told["totals"]["runtime_ms"] == 4321
    assert casare("profile", path, "--costs", tmp_path / "none.toml").code == 2


def test_a_measured_run_is_what_counts_and_tells_how_far_off_the_estimates_were(casare: Casare, file: Path) -> None:
    assert casare("profile", file, "--measured", "last").code == 2
    report = run_file(file)
    told = casare("profile", file, "--measured", "last", "--json").json()
    assert {node["provenance"] for node in told["nodes"]} == {"measured"}
    assert told["estimate_error"] >= 1
    assert casare("profile", file, "--measured", report.run_id).code == 0


def test_two_versions_are_told_apart_node_by_node(casare: Casare, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "before.json"
    save(_graph(4), other)
    told = casare("profile", file, "--compare", other, "--json").json()["comparison"]
    assert {(one["id"], one["what"]) for one in told["nodes"]} >= {("n4", "new"), ("n5", "new")}
    assert told["runtime_ms"] > 0
    assert "Since before.json" in casare("profile", file, "--compare", other).out


def test_less_memory_never_makes_a_run_faster(casare: Casare, tmp_path: Path) -> None:
    path = tmp_path / "wide.json"
    nodes = [Node("start", "StartNode"), *[Node(f"n{at}", "ReadCSVNode") for at in range(8)]]
    save(Graph(nodes, [Connection("start", "exec_out", f"n{at}", "exec_in") for at in range(8)]), path)
    walls = [
        casare("profile", path, "--workers", "8", *cap, "--json").json()["totals"]["wall_ms"]
        for cap in ((), ("--memory-mb", "60"), ("--memory-mb", "5"))
    ]
    assert walls == sorted(walls)
    assert walls[0] < walls[-1]

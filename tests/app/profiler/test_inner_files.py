"""Inner workflows are found where the engine finds them."""

from __future__ import annotations

import itertools
from pathlib import Path

from casare.app.documents.document import Document
from casare.app.profiler.basis import Basis
from casare.app.profiler.inner_files import InnerFiles, embedded
from casare.app.profiler.live_profile import LiveProfile
from casare.catalog import default_catalog
from casare.model import Connection, Graph, Node, SetConfig, at_level
from casare.model.subflows import Interface, Subflow
from casare.storage import save


def _read(count: int) -> Graph:
    nodes = [Node("start", "StartNode"), *[Node(f"r{at}", "ReadCSVNode") for at in range(count)]]
    ids = [node.id for node in nodes]
    return Graph(nodes, [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(ids)])


def _caller(**config: str) -> Graph:
    nodes = [Node("start", "StartNode"), Node("call", "SubflowNode", dict(config))]
    return Graph(nodes, [Connection("start", "exec_out", "call", "exec_in")])


def _taken(graph: Graph, resolve: InnerFiles) -> float:
    report = Basis(resolve=resolve).profiler(default_catalog()).analyze(graph)
    return next(node.runtime_ms for node in report.nodes if node.id == "call")


def test_a_file_is_found_by_path_and_by_name_and_read_again_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / "subflows").mkdir()
    inner = tmp_path / "subflows" / "inner.json"
    save(_read(1), inner)
    resolve = InnerFiles(tmp_path, default_catalog())
    by_path = _taken(_caller(subflow_path="subflows/inner.json"), resolve)
    assert by_path == _taken(_caller(subflow_name="inner"), resolve)
    save(_read(5), inner)
    assert _taken(_caller(subflow_name="inner"), resolve) > by_path


def test_a_definition_of_the_document_comes_before_files(tmp_path: Path) -> None:
    save(_read(1), tmp_path / "a.json")
    resolve = InnerFiles(tmp_path, default_catalog(), {"a": _read(4)})
    alone = InnerFiles(tmp_path, default_catalog())
    config = {"subflow_id": "a", "subflow_path": "a.json"}
    assert _taken(_caller(**config), resolve) > _taken(_caller(**config), alone)


def test_what_cannot_be_read_costs_what_its_type_declares(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("no workflow")
    resolve = InnerFiles(tmp_path, default_catalog())
    spec = default_catalog().find("SubflowNode")
    assert spec is not None
    assert _taken(_caller(subflow_path="broken.json"), resolve) == spec.cost.runtime_ms
    assert _taken(_caller(subflow_path="{{which}}"), resolve) == spec.cost.runtime_ms
    assert _taken(_caller(), InnerFiles(None, default_catalog())) == spec.cost.runtime_ms


def test_a_subgraph_of_the_document_costs_what_is_in_it(tmp_path: Path) -> None:
    graph = _caller(subflow_id="a")
    graph.subflows["a"] = Subflow("a", Interface("A"), _read(4))
    one, two = InnerFiles(tmp_path, default_catalog()), InnerFiles(tmp_path, default_catalog(), embedded(graph))
    assert _taken(graph, two) > _taken(graph, one)


def test_an_edit_inside_a_subgraph_changes_what_its_instances_cost() -> None:
    graph = _caller(subflow_id="a")
    graph.subflows["a"] = Subflow("a", Interface("A"), _read(1))
    document = Document(graph, catalog=default_catalog())
    profile = LiveProfile(document, Basis(resolve=InnerFiles(None, document.catalog, embedded(graph))))
    assert profile.wait(5)
    assert profile.report is not None
    before = profile.report.totals.runtime_ms
    inner = document.graph.subflows["a"].graph.nodes["r0"]
    document.do(at_level(SetConfig(inner.id, {"retry_count": 9}), "a"))
    assert profile.wait(5)
    assert profile.report.totals.runtime_ms > before
    profile.close()

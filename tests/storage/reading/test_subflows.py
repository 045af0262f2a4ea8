"""Claims about subgraphs in files: read, written back, and never lost."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from casare.catalog import default_catalog
from casare.storage import encode, load_bytes

CATALOG = default_catalog()


def document(**subflows: Any) -> bytes:
    return orjson.dumps({"metadata": {"name": "n"}, "nodes": {}, "connections": [], "subflows": subflows})


def a_subflow(**more: Any) -> dict[str, Any]:
    node = {"node_id": "log", "node_type": "LogNode", "config": {"message": "hi"}, "position": [1, 2]}
    return {"name": "Say", "inputs": [], "outputs": [], "parameters": [], "nodes": {"log": node}, **more}


def test_the_shape_of_a_subflow_file_is_read_and_unknown_keys_are_kept() -> None:
    told = a_subflow(
        version="2.0",
        metadata={"icon": "star", "color": "#6366F1", "author": "me"},
        inputs=[{"name": "In", "type": "exec", "internal_node_id": "log", "internal_port_name": "exec_in", "since": 3}],
        parameters=[
            {"name": "msg", "display_name": "Text", "internal_node_id": "log", "internal_property_name": "message"}
        ],
    )
    loaded = load_bytes(document(s=told), CATALOG)
    face = loaded.graph.subflows["s"].interface
    assert (face.name, face.icon, face.color) == ("Say", "star", "#6366F1")
    assert (face.inputs[0].id, face.inputs[0].node, face.inputs[0].type) == ("In", "log", "exec")
    assert face.parameters[0].label == "Text"
    written = orjson.loads(encode(loaded.graph))["subflows"]["s"]
    assert written["version"] == "2.0"
    assert written["metadata"] == told["metadata"]
    assert written["inputs"][0]["since"] == 3
    assert written["parameters"][0]["display_name"] == "Text"
    again = load_bytes(encode(loaded.graph), CATALOG)
    assert again.graph == loaded.graph
    assert encode(again.graph) == encode(loaded.graph)


@pytest.mark.parametrize("broken", [3, {"name": "no nodes"}, {"nodes": []}, {"nodes": {}, "inputs": ["x"]}])
def test_a_broken_definition_is_a_problem_and_is_written_back(broken: Any) -> None:
    loaded = load_bytes(document(good=a_subflow(), bad=broken), CATALOG)
    assert list(loaded.graph.subflows) == ["good"]
    assert [one.code for one in loaded.problems if one.severity == "error"] == ["broken-subgraph"]
    assert orjson.loads(encode(loaded.graph))["subflows"]["bad"] == broken


def test_problems_inside_a_subgraph_name_it() -> None:
    told = a_subflow(
        connections=[{"source_node": "log", "source_port": "a", "target_node": "gone", "target_port": "b"}]
    )
    (problem,) = [one for one in load_bytes(document(s=told), CATALOG).problems if one.code == "orphaned-connection"]
    assert problem.level == "s"


def test_counts_of_a_preview_are_those_of_the_workflow_itself() -> None:
    from casare.storage.skeletons.describe import describe

    assert describe(load_bytes(document(s=a_subflow()), CATALOG).graph, CATALOG).node_count == 0

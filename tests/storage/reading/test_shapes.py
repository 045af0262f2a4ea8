"""The related shapes of a workflow file are imported with their meaning."""

from __future__ import annotations

import json
from typing import Any

import pytest

from casare.model import Connection, Node
from casare.storage import Loaded, encode, load_bytes
from tests.storage.workflows import as_bytes, catalog, codes

CATALOG = catalog()

DRAFT_SCHEMA: dict[str, Any] = {
    "workflow_id": "6a8f0a52-0000-4000-8000-000000000000",
    "name": "Draft",
    "version": "1.2.3",
    "nodes": [
        {"node_id": "a", "type": "SetVariableNode", "x": 10, "y": 20, "properties": {"variable_name": "v"}},
        {"node_id": "b", "type": "LogNode", "x": 30, "y": 40, "properties": {}},
    ],
    "connections": [{"from_node": "a", "from_port": "exec_out", "to_node": "b", "to_port": "exec_in"}],
    "variables": [{"name": "v", "type": "STRING", "value": "x"}],
    "metadata": {"created_at": "2025-01-01", "tags": ["t"]},
}
USER_GUIDE: dict[str, Any] = {
    "schema_version": "1.0.0",
    "nodes": [
        {"id": "a", "type": "SetVariableNode", "position": {"x": 10, "y": 20}, "config": {"variable_name": "v"}},
        {"id": "b.c", "type": "LogNode", "position": {"x": 30, "y": 40}, "config": {}},
    ],
    "connections": [{"source": "a.exec_out", "target": "b.c.exec_in"}],
}
TEMPLATE: dict[str, Any] = {
    "$schema_version": "2.0.0",
    "id": "tpl",
    "name": "Template",
    "description": "From a template",
    "category": "demo",
    "icon": "box",
    "default_variables": [{"name": "v", "data_type": "String", "default_value": "x"}],
    "default_settings": {"stop_on_error": False, "timeout_seconds": 9, "retry_count": 2},
    "base_workflow": {
        "nodes": [
            {
                "node_id": "a",
                "node_type": "SetVariableNode",
                "position": {"x": 10, "y": 20},
                "config": {},
                "display_name": "First",
            },
            {"node_id": "b", "node_type": "LogNode", "position": {"x": 30, "y": 40}, "config": {}},
        ],
        "connections": [{"from_node": "a", "from_port": "out", "to_node": "b", "to_port": "in"}],
    },
}


def opened(raw: Any) -> Loaded:
    return load_bytes(as_bytes(raw), CATALOG)


def test_the_draft_schema_is_imported() -> None:
    loaded = opened(DRAFT_SCHEMA)
    assert codes(loaded.problems) == {"imported"}
    graph = loaded.graph
    assert list(graph.nodes.values()) == [
        Node("a", "SetVariableNode", {"variable_name": "v"}, (10, 20)),
        Node("b", "LogNode", {}, (30, 40)),
    ]
    assert list(graph.connections.values()) == [Connection("a", "exec_out", "b", "exec_in")]
    assert graph.metadata == {"name": "Draft", "version": "1.2.3", "created_at": "2025-01-01", "tags": ["t"]}
    assert graph.variables == {"v": {"name": "v", "type": "STRING", "value": "x"}}
    assert graph.extra == {"workflow_id": DRAFT_SCHEMA["workflow_id"]}


def test_the_user_guides_form_is_imported_also_with_dots_in_ids() -> None:
    graph = opened(USER_GUIDE).graph
    assert graph.nodes["b.c"].position == (30, 40)
    assert list(graph.connections) == [("a", "exec_out", "b.c", "exec_in")]


def test_a_project_template_is_imported_with_its_defaults() -> None:
    graph = opened(TEMPLATE).graph
    assert graph.name == "Template"
    assert graph.nodes["a"].name == "First"
    assert list(graph.connections) == [("a", "exec_out", "b", "exec_in")]
    assert graph.variables == {"v": TEMPLATE["default_variables"][0]}
    assert graph.settings == {"stop_on_error": False, "timeout": 9, "retry_count": 2}
    assert graph.extra["icon"] == "box"


@pytest.mark.parametrize("raw", [DRAFT_SCHEMA, USER_GUIDE, TEMPLATE], ids=["draft", "guide", "template"])
def test_what_was_imported_is_saved_as_native_and_opens_without_import(raw: dict[str, Any]) -> None:
    first = opened(raw)
    again = load_bytes(encode(first.graph), CATALOG)
    assert again.graph == first.graph
    assert "imported" not in codes(again.problems)


def test_listed_nodes_with_the_same_id_are_both_kept() -> None:
    raw = json.loads(json.dumps(USER_GUIDE))
    raw["nodes"][1]["id"] = "a"
    raw["nodes"].append("no node at all")
    loaded = opened(raw)
    assert list(loaded.graph.nodes) == ["a", "a_2"]
    assert "duplicate-node-id" in codes(loaded.problems)
    assert json.loads(encode(loaded.graph))["nodes"]["node_3"] == "no node at all"


def test_out_and_in_pairs_are_connections() -> None:
    raw = {
        "metadata": {"name": "x"},
        "nodes": {name: {"node_id": name, "node_type": "LogNode", "config": {}, "position": [0, 0]} for name in "ab"},
        "connections": [{"out": ["a", "exec_out"], "in": ["b", "exec_in"], "note": 1}],
    }
    assert list(opened(raw).graph.connections.values()) == [Connection("a", "exec_out", "b", "exec_in", {"note": 1})]


def test_a_position_as_an_object_is_read() -> None:
    raw = {"nodes": {"a": {"node_id": "a", "node_type": "LogNode", "config": {}, "position": {"x": 1.5, "y": -2}}}}
    loaded = opened(raw)
    assert loaded.graph.nodes["a"].position == (1.5, -2)
    assert codes(loaded.problems) == {"missing-name"}


def test_a_subflow_file_keeps_its_inputs_and_outputs() -> None:
    raw = {
        "id": "subflow_0123456789ab",
        "name": "Part",
        "inputs": [{"name": "value", "type": "ANY"}],
        "outputs": [],
        "nodes": {"a": {"node_id": "a", "node_type": "LogNode", "config": {}, "position": [0, 0]}},
        "connections": [],
        "bounds": {"x": 0, "y": 0, "width": 10, "height": 10},
    }
    written = json.loads(encode(opened(raw).graph))
    assert {key: written[key] for key in raw} == raw


def test_a_file_without_nodes_but_with_other_sections_opens_empty() -> None:
    loaded = opened({"metadata": {"name": "x"}, "connections": [], "variables": {"a": 1}})
    assert codes(loaded.problems) == {"missing-nodes"}
    assert loaded.graph.variables == {"a": 1}

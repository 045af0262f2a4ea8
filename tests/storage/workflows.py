"""Workflows and catalogs that the storage tests share."""

from __future__ import annotations

from typing import Any

import orjson

from casare.catalog import Catalog
from casare.sdk import NodeType


def catalog() -> Catalog:
    """Return a catalog of a few types, one of which has been replaced by another."""
    known = Catalog(sources=lambda: ())
    for type_id, category in (("SetVariableNode", "variable"), ("LogNode", "utility"), ("IfNode", "control_flow")):
        known.register(NodeType(type_id, type_id, category))
    known.register(NodeType("FileSystemSuperNode", "File", "file"))
    replacement = ("FileSystemSuperNode", (("action", "Read File"), ("encoding", "utf-8")))
    known.register(NodeType("ReadFileNode", "Read file", "file", replaced_by=replacement))
    return known


def document() -> dict[str, Any]:
    """Return a small workflow that uses every section and field."""
    return {
        "metadata": {"name": "Demo", "description": "All fields", "version": "1.0.0", "tags": ["a"]},
        "nodes": {
            "set": {
                "node_id": "set",
                "node_type": "SetVariableNode",
                "config": {"variable_name": "x", "value": 1, "deep": {"list": [1, {"a": None}]}},
                "position": [0, 0],
            },
            "log": {
                "node_id": "log",
                "node_type": "LogNode",
                "config": {"message": "{{x}}"},
                "position": [400, -20.5],
                "name": "Say it",
                "color": "red",
            },
        },
        "connections": [
            {"source_node": "set", "source_port": "exec_out", "target_node": "log", "target_port": "exec_in"},
            {
                "source_node": "set",
                "source_port": "value",
                "target_node": "log",
                "target_port": "message",
                "label": "value",
            },
        ],
        "variables": {"x": {"name": "x", "type": "Integer", "default_value": 0}, "plain": 3},
        "settings": {"stop_on_error": True, "timeout": 30, "retry_count": 0},
        "frames": [
            {
                "id": "f1",
                "title": "Group",
                "color": "#ff0000",
                "position": [-20, -20],
                "size": [700, 300],
                "node_ids": ["set", "log"],
                "collapsed": True,
                "z": 1,
            }
        ],
        "notes": [
            {"id": "n1", "text": "Hi", "position": [5, 5], "size": [240, 160], "color": "yellow", "pinned": True}
        ],
        "plugin_data": {"keep": [1, 2, 3]},
    }


def as_bytes(value: Any) -> bytes:
    """Return a value as JSON text."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def codes(problems: Any) -> set[str]:
    """Return the codes of these problems."""
    return {problem.code for problem in problems}

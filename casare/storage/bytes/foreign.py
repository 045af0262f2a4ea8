"""Say what a JSON file is when it is not a workflow, so that nobody has to guess why it does not open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from casare.storage.reading.problems import kind_of

_Test = Callable[[dict[str, Any]], bool]


def _node_items(document: dict[str, Any]) -> list[dict[str, Any]]:
    nodes = document.get("nodes")
    values = nodes if isinstance(nodes, list) else list(nodes.values()) if isinstance(nodes, dict) else []
    return [item for item in values if isinstance(item, dict)]


def _is_n8n(document: dict[str, Any]) -> bool:
    return isinstance(document.get("nodes"), list) and any(
        "typeVersion" in item or (isinstance(kind := item.get("type"), str) and "n8n-nodes" in kind)
        for item in _node_items(document)
    )


def _is_comfy_prompt(document: dict[str, Any]) -> bool:
    values = list(document.values())
    return bool(values) and all(isinstance(item, dict) and "class_type" in item for item in values)


_DOCUMENTS: Final[tuple[tuple[str, _Test], ...]] = (
    ("an n8n workflow", _is_n8n),
    ("a ComfyUI workflow", lambda doc: "last_link_id" in doc or ("links" in doc and "last_node_id" in doc)),
    ("a ComfyUI prompt", _is_comfy_prompt),
    ("a pflow workflow", lambda doc: "ir_version" in doc),
    (
        "a graph of nodes and edges, as React Flow, Langflow or Dify write it",
        lambda doc: isinstance(doc.get("edges"), list) and "connections" not in doc,
    ),
    (
        "a graph of nodes and edges inside another document",
        lambda doc: any(
            isinstance(doc.get(key), dict) and "edges" in doc[key] for key in ("graph", "data", "workflow")
        ),
    ),
)
_OTHERS: Final[tuple[tuple[str, _Test], ...]] = (
    ("one node on its own", lambda doc: "node_type" in doc and "nodes" not in doc),
    (
        "an npm package file",
        lambda doc: "name" in doc and bool({"dependencies", "scripts", "devDependencies"} & set(doc)),
    ),
    ("a Jupyter notebook", lambda doc: "nbformat" in doc),
    ("a JSON schema", lambda doc: "$schema" in doc and bool({"properties", "$defs", "definitions"} & set(doc))),
    ("an OpenAPI description", lambda doc: "openapi" in doc or "swagger" in doc),
    ("GeoJSON", lambda doc: doc.get("type") in ("FeatureCollection", "Feature")),
    ("a TypeScript configuration", lambda doc: "compilerOptions" in doc),
    ("an empty object", lambda doc: not doc),
)


def foreign_document(document: dict[str, Any]) -> str:
    """Return which other tool's workflow this is, or an empty text; such a file must not be mistaken for ours."""
    return next((name for name, test in _DOCUMENTS if test(document)), "")


def looks_like(value: Any) -> str:
    """Return what a value that is no workflow looks like, in words."""
    if isinstance(value, list):
        if any(isinstance(item, dict) and "wires" in item and "type" in item for item in value):
            return "a Node-RED flow"
        return "a list"
    if not isinstance(value, dict):
        return kind_of(value)
    named = foreign_document(value) or next((name for name, test in _OTHERS if test(value)), "")
    if named:
        return named
    keys = ", ".join(list(value)[:4])
    return f"an object with other keys ({keys[:80]})"

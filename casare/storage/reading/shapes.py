"""Recognise the shapes a workflow file comes in, and turn the foreign ones of the same family into the native one.

Native: nodes as an object by id. Also read: nodes as a list (a draft schema, a user guide), and project templates with
a `base_workflow`. What is none of them is refused by name.
"""

from __future__ import annotations

from typing import Any, Final

from casare.foundation.errors import NotAWorkflowError
from casare.storage.bytes.duplicates import report_renamed
from casare.storage.bytes.foreign import foreign_document, looks_like
from casare.storage.reading.problems import ProblemList, kind_of
from casare.storage.reading.wires_in import as_wire, named

_EVIDENCE: Final[dict[str, type]] = {
    "metadata": dict,
    "connections": list,
    "variables": dict,
    "settings": dict,
    "frames": list,
    "notes": list,
}
_METADATA_KEYS: Final = ("name", "description", "version", "author", "tags", "schema_version")
_TEMPLATE_PORTS: Final = {"out": "exec_out", "in": "exec_in"}
_TEMPLATE_SETTINGS: Final = {"timeout_seconds": "timeout"}


def as_native(document: Any, problems: ProblemList, *, where: str = "") -> dict[str, Any]:
    """Return the document in the native shape; the document itself when it is in it already.

    Raises NotAWorkflowError, saying what the document looks like, when it is no workflow.
    """
    if not isinstance(document, dict):
        raise _refusal(document, where)
    if isinstance(document.get("base_workflow"), dict):
        problems.add("imported", "This is a project template; its base workflow was imported.", hint=_HINT)
        return _from_template(document, problems)
    nodes = document.get("nodes")
    if isinstance(nodes, dict) and _has_our_node(nodes):
        return document
    if foreign_document(document):
        raise _refusal(document, where)
    evidence = sum(isinstance(document.get(key), kind) for key, kind in _EVIDENCE.items())
    if isinstance(nodes, list) and (not nodes or any(_is_listed_node(item) for item in nodes)):
        problems.add("imported", "The nodes stand in a list, an older form; they were imported.", hint=_HINT)
        return _from_lists(document, problems)
    if isinstance(nodes, dict) and (evidence or not nodes):
        return document
    if evidence >= 2:
        _report_missing(document, problems)
        return document
    raise _refusal(document, where)


_HINT: Final = "Saving writes casare's own form."


def _refusal(document: Any, where: str) -> NotAWorkflowError:
    return NotAWorkflowError(
        f"This is not a workflow; it looks like {looks_like(document)}.",
        where=where,
        mend="Open a file whose top level has nodes and connections, as casare and CasareRPA write it.",
    )


def _has_our_node(nodes: dict[str, Any]) -> bool:
    return any(
        isinstance(node, dict) and ("node_type" in node or "node_id" in node or ("type" in node and "config" in node))
        for node in nodes.values()
    )


def _is_listed_node(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and named(item.get("node_id", item.get("id"))) is not None
        and isinstance(item.get("node_type", item.get("type")), str)
    )


def _report_missing(document: dict[str, Any], problems: ProblemList) -> None:
    if "nodes" in document:
        message = f"The nodes are {kind_of(document['nodes'])} instead of an object."
        problems.add("missing-nodes", message, hint="They are written back as they are until you add a node.")
    else:
        problems.add("missing-nodes", "The file has no nodes.", hint="Add nodes and save, or restore the file.")


def _from_lists(document: dict[str, Any], problems: ProblemList, ports: dict[str, str] | None = None) -> dict[str, Any]:
    native: dict[str, Any] = {"metadata": _metadata(document)}
    native["nodes"] = _nodes_by_id(document["nodes"], problems)
    connections = document.get("connections", [])
    native["connections"] = (
        [_native_wire(raw, ports or {}) for raw in connections] if isinstance(connections, list) else connections
    )
    native["variables"] = _variables(document.get("variables", {}))
    moved = {"metadata", "nodes", "connections", "variables"}
    if not isinstance(document.get("metadata", {}), dict):
        moved.discard("metadata")
    native.update((key, value) for key, value in document.items() if key not in moved and key not in _METADATA_KEYS)
    return native


def in_native_form(section: str, value: Any, problems: ProblemList) -> Any:
    """Return connections given as an object, and variables given as a list, in the native form; else the value."""
    native = value
    if section == "variables":
        native = _variables(value)
    elif section == "connections" and value and isinstance(value, dict) and all(map(as_wire, value.values())):
        native = list(value.values())
    if native is not value:
        problems.add("imported", f"The {section} stand in {kind_of(value)}; they were imported.", hint=_HINT)
    return native


def _metadata(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {key: document[key] for key in _METADATA_KEYS if key in document}
    given = document.get("metadata")
    return {**found, **given} if isinstance(given, dict) else found


def _nodes_by_id(items: list[Any], problems: ProblemList) -> dict[str, Any]:
    nodes: dict[str, Any] = {}
    for index, item in enumerate(items):
        node_id, node = _listed_node(item) if isinstance(item, dict) else ("", item)
        node_id = node_id or f"node_{index + 1}"
        key, number = node_id, 2
        while key in nodes:
            key, number = f"{node_id}_{number}", number + 1
        if key != node_id:
            report_renamed(node_id, key, problems)
        if isinstance(node, dict):
            node["node_id"] = key
        nodes[key] = node
    return nodes


def _listed_node(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the id and the native form of a node that stands in a list."""
    rest = dict(item)
    node: dict[str, Any] = {}
    id_key = "node_id" if "node_id" in rest else "id"
    node_id = named(rest.get(id_key)) or ""
    if node_id:
        del rest[id_key]
    for ours, others in (
        ("node_type", ("type",)),
        ("config", ("properties", "params")),
        ("position", ()),
        ("name", ("display_name",)),
    ):
        key = next((key for key in (ours, *others) if key in rest), None)
        if key is not None:
            node[ours] = rest.pop(key)
    if "position" not in node and "x" in rest and "y" in rest:
        node["position"] = [rest.pop("x"), rest.pop("y")]
    return node_id, {**node, **rest}


def _native_wire(raw: Any, ports: dict[str, str]) -> Any:
    wire = as_wire(raw)
    if wire is None:
        return raw
    native = {
        "source_node": wire.source_node,
        "source_port": ports.get(wire.source_port, wire.source_port),
        "target_node": wire.target_node,
        "target_port": ports.get(wire.target_port, wire.target_port),
    }
    return {**native, **{key: value for key, value in wire.extra.items() if key not in native}}


def _variables(given: Any) -> Any:
    """Return variables by name; a list of objects with unlike names becomes that, anything else stays as it is."""
    if not isinstance(given, list):
        return given
    names = [item.get("name") if isinstance(item, dict) else None for item in given]
    if len(set(map(str, names))) < len(names) or not all(isinstance(name, str) for name in names):
        return given
    return dict(zip(names, given, strict=True))


def _from_template(document: dict[str, Any], problems: ProblemList) -> dict[str, Any]:
    base = document["base_workflow"]
    if not isinstance(base.get("nodes"), list):
        native = {"metadata": _metadata(document), **base}
    else:
        metadata = {**_metadata(document), **_metadata(base)}
        native = _from_lists({**base, "metadata": metadata}, problems, _TEMPLATE_PORTS)
    if not native.get("variables"):
        native["variables"] = _variables(document.get("default_variables", {}))
    settings = document.get("default_settings")
    if isinstance(settings, dict) and "settings" not in native:
        native["settings"] = {_TEMPLATE_SETTINGS.get(key, key): value for key, value in settings.items()}
    used = {"base_workflow", "default_variables", "default_settings", *_METADATA_KEYS}
    native.update((key, value) for key, value in document.items() if key not in used and key not in native)
    return native

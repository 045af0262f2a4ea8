"""The canonical text of a graph: fixed key order, two spaces, one node after another, nothing of its own added."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from casare.foundation.errors import FileError
from casare.model import Frame, Graph, Note, Outlet, Promoted, Subflow
from casare.storage.reading.fields import FRAME_READS, NODE_READS, NOTE_READS, OUTLET_READS, PROMOTED_READS

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def encode(graph: Graph) -> bytes:
    """Return the canonical JSON text of a graph. Only reads it, so a worker thread may run it on `graph.copy()`.

    Raises FileError, naming the node, when a value is none that JSON could hold.
    """
    document = _document(graph)
    try:
        return orjson.dumps(document, default=_plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except (TypeError, UnicodeError) as error:
        # Integers past 64 bits, keys that are no text, half characters: the slower writer knows them.
        return _encode_odd(graph, document, error)


def _document(graph: Graph) -> dict[str, Any]:
    held = graph.unreadable
    document: dict[str, Any] = {"metadata": graph.metadata, "nodes": _nodes(graph)}
    document["connections"] = [*_connections(graph), *held.connections]
    document["variables"] = graph.variables
    document["settings"] = graph.settings
    extra = graph.extra
    _write_decor(document, graph, extra)
    if graph.subflows or held.subflows or "subflows" in extra:
        document["subflows"] = {**{key: subflow_object(one) for key, one in graph.subflows.items()}, **held.subflows}
    for key, value in held.sections.items():
        if not document.get(key):
            document[key] = value
    for key, value in extra.items():
        if key not in document:
            document[key] = value
    return document


def _write_decor(document: dict[str, Any], graph: Graph, extra: Mapping[str, Any]) -> None:
    for key, items, rest in (
        ("frames", [_frame(frame) for frame in graph.frames.values()], graph.unreadable.frames),
        ("notes", [_note(note) for note in graph.notes.values()], graph.unreadable.notes),
    ):
        if items or rest or key in extra:
            document[key] = [*items, *rest]


def subflow_object(subflow: Subflow) -> dict[str, Any]:
    """Return a subgraph in the shape of a subflow file, ready to be encoded."""
    face, graph = subflow.interface, subflow.graph
    document: dict[str, Any] = {"name": face.name}
    if face.description:
        document["description"] = face.description
    document["inputs"] = [_outlet(one) for one in face.inputs]
    document["outputs"] = [_outlet(one) for one in face.outputs]
    document["parameters"] = [_promoted(one) for one in face.parameters]
    document["nodes"] = _nodes(graph)
    document["connections"] = [*_connections(graph), *graph.unreadable.connections]
    document.update((key, held) for key in ("variables", "settings") if (held := getattr(graph, key)))
    _write_decor(document, graph, {})
    told = face.extra.get("metadata")
    metadata = dict(told) if isinstance(told, dict) else {}
    for key, value in (("icon", face.icon), ("color", face.color)):
        if value or isinstance(metadata.get(key), str):
            metadata[key] = value
    if metadata or told is not None:
        document["metadata"] = metadata
    for key, value in face.extra.items():
        if not document.get(key):
            document[key] = value
    return document


def _outlet(outlet: Outlet) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "id": outlet.id,
        "name": outlet.name,
        "type": outlet.type,
        "internal_node_id": outlet.node,
        "internal_port_name": outlet.port,
    }
    if outlet.required:
        raw["required"] = True
    if outlet.default is not None:
        raw["default_value"] = outlet.default
    if outlet.description:
        raw["description"] = outlet.description
    _write_extra(raw, outlet.extra, {**OUTLET_READS, "type": lambda value: str(value).lower() or "any"})
    return raw


def _promoted(promoted: Promoted) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "name": promoted.id,
        "internal_node_id": promoted.node,
        "internal_property_name": promoted.param,
    }
    if promoted.label and promoted.extra.get("display_name") != promoted.label:
        raw["label"] = promoted.label
    if promoted.default is not None:
        raw["default_value"] = promoted.default
    # A label under its other name is written as it came, while it still is the label.
    stale = promoted.extra.get("display_name") != promoted.label
    rest = {key: value for key, value in promoted.extra.items() if key not in raw}
    if stale:
        rest.pop("display_name", None)
    _write_extra(raw, rest, {key: read for key, read in PROMOTED_READS.items() if key != "display_name"})
    return raw


def _nodes(graph: Graph) -> dict[str, Any]:
    nodes: dict[str, Any] = {}
    for node_id, node_type, config, position, name, extra in graph.nodes.values():
        raw = {"node_id": node_id, "node_type": node_type, "config": config, "position": position}
        if name:
            raw["name"] = name
        if extra:
            _write_extra(raw, extra, NODE_READS)
        nodes[node_id] = raw
    for key, value in graph.unreadable.nodes.items():
        free, number = key, 2
        while free in nodes:
            free, number = f"{key}_{number}", number + 1
        nodes[free] = value
    return nodes


def _connections(graph: Graph) -> list[dict[str, Any]]:
    wires: list[dict[str, Any]] = []
    add = wires.append
    for source_node, source_port, target_node, target_port, extra in graph.connections.values():
        raw = {
            "source_node": source_node,
            "source_port": source_port,
            "target_node": target_node,
            "target_port": target_port,
        }
        if extra:
            raw.update((key, value) for key, value in extra.items() if key not in raw)
        add(raw)
    return wires


def _frame(frame: Frame) -> dict[str, Any]:
    raw: dict[str, Any] = {} if frame.id.startswith("~") else {"id": frame.id}
    raw["title"] = frame.title
    raw["color"] = frame.color
    raw["position"], raw["size"] = frame.position, frame.size
    raw["node_ids"] = list(frame.node_ids)
    if frame.collapsed:
        raw["collapsed"] = True
    _write_extra(raw, frame.extra, FRAME_READS, {"collapsed": frame.collapsed})
    return raw


def _note(note: Note) -> dict[str, Any]:
    raw: dict[str, Any] = {} if note.id.startswith("~") else {"id": note.id}
    raw.update(text=note.text, position=note.position, size=note.size, color=note.color)
    _write_extra(raw, note.extra, NOTE_READS)
    return raw


def _write_extra(
    raw: dict[str, Any],
    extra: Mapping[str, Any],
    reads: Mapping[str, Callable[[Any], Any]],
    defaults: Mapping[str, Any] | None = None,
) -> None:
    """Add the extra keys; one that is known replaces the field while it still reads as what the field holds."""
    for key, value in extra.items():
        read = reads.get(key)
        if read is None:
            raw[key] = value
            continue
        current = raw.get(key, (defaults or {}).get(key, ""))
        said = read(value)
        if (list(said) if isinstance(said, tuple) else said) == (
            list(current) if isinstance(current, tuple) else current
        ):
            raw[key] = value


def _plain(value: Any) -> Any:
    """Return the JSON form of a value a Python caller may have put into a graph. Raises TypeError for the rest."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, list)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _encode_odd(graph: Graph, document: dict[str, Any], cause: Exception) -> bytes:
    try:
        text = json.dumps(document, indent=2, ensure_ascii=False, default=_plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise FileError(
            f"A value cannot be saved: {error}.", where=_culprit(graph), mend="Give that setting another value."
        ) from cause
    text = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.encode() + b"\n"


def _culprit(graph: Graph) -> str:
    for node in graph.nodes.values():
        for key, value in node.config.items():
            try:
                json.dumps(value, default=_plain, allow_nan=False)
            except (TypeError, ValueError, RecursionError):
                return f"node {node.id}, setting {key}"
    return "the workflow's metadata, variables or settings"

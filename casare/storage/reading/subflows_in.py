"""Subgraphs from parsed JSON: each in the shape of a subflow file, under its id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from casare.model import Definition, Interface, Node, Outlet, Promoted, Unreadable
from casare.storage.reading.decor_in import read_frames, read_notes
from casare.storage.reading.fields import OUTLET_READS, PROMOTED_READS, text
from casare.storage.reading.nodes_in import read_nodes
from casare.storage.reading.placing import placed
from casare.storage.reading.problems import ProblemList, kind_of
from casare.storage.reading.wires_in import read_wires

_KINDS: Final[dict[str, type]] = {
    "nodes": dict,
    "connections": list,
    "inputs": list,
    "outputs": list,
    "parameters": list,
    "frames": list,
    "notes": list,
    "variables": dict,
    "settings": dict,
    "metadata": dict,
}
"""The sections of a definition and their kinds; one of another kind makes the definition unreadable."""
_FACE: Final = ("name", "description")

Migrate = Callable[[dict[str, Node], ProblemList], dict[str, Node]]


def read_subflows(
    raws: Mapping[str, Any], problems: ProblemList, migrate: Migrate
) -> tuple[list[Definition], dict[str, Any]]:
    """Return the subgraphs of the `subflows` section, and what cannot be read as one, by id."""
    found: list[Definition] = []
    unreadable: dict[str, Any] = {}
    for definition_id, raw in raws.items():
        fault = _fault(raw)
        if fault:
            unreadable[definition_id] = raw
            problems.add(
                "broken-subgraph",
                f"The subgraph {definition_id!r} cannot be read: {fault}.",
                hint="Its instances do not run. It is written back as it is; mend it in the file.",
            )
            continue
        inner = ProblemList()
        found.append(_definition(definition_id, raw, inner, migrate))
        problems.items += [one._replace(level=definition_id) for one in inner.items]
    return found, unreadable


def _fault(raw: Any) -> str:
    if not isinstance(raw, dict):
        return f"it is {kind_of(raw)} instead of an object"
    for key, kind in _KINDS.items():
        if key in raw and not isinstance(raw[key], kind):
            return f"its {key} are {kind_of(raw[key])} instead of {kind_of(kind())}"
    for key in ("inputs", "outputs", "parameters"):
        if not all(isinstance(one, dict) for one in raw.get(key, ())):
            return f"one of its {key} is no object"
    return "" if "nodes" in raw else "it has no nodes"


def _definition(definition_id: str, raw: dict[str, Any], problems: ProblemList, migrate: Migrate) -> Definition:
    read = read_nodes(raw["nodes"], problems)
    nodes = migrate({node.id: node for node in read.nodes}, problems)
    wires = read_wires(raw.get("connections", []), nodes, problems)
    if read.unplaced:
        nodes = placed(nodes, wires.wires, read.unplaced, problems)
    frames, odd_frames = read_frames(raw.get("frames", []), nodes, problems)
    notes, odd_notes = read_notes(raw.get("notes", []), problems)
    return Definition(
        definition_id,
        interface_of(raw),
        tuple(nodes.values()),
        tuple(wires.wires.values()),
        tuple(frames),
        tuple(notes),
        variables=raw.get("variables", {}),
        settings=raw.get("settings", {}),
        unreadable=Unreadable(read.unreadable, tuple(wires.unreadable), tuple(odd_frames), tuple(odd_notes)),
    )


def nodes_inside(section: Any) -> int:
    """Return how many nodes stand in the definitions of a `subflows` section."""
    raws = section.values() if isinstance(section, dict) else ()
    return sum(len(raw["nodes"]) for raw in raws if isinstance(raw, dict) and isinstance(raw.get("nodes"), dict))


def interface_of(raw: Mapping[str, Any]) -> Interface:
    """Return the interface that a subflow's JSON object declares, whatever of it can be read."""
    metadata = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    assert isinstance(metadata, dict)
    known = {*_FACE, *_KINDS} - {"metadata"}
    extra = {key: value for key, value in raw.items() if key not in known}
    extra.update((key, raw[key]) for key in _FACE if key in raw and not isinstance(raw[key], str))
    return Interface(
        text(raw.get("name")),
        text(raw.get("description")),
        _outlets(raw.get("inputs")),
        _outlets(raw.get("outputs")),
        _promoted(raw.get("parameters")),
        text(metadata.get("icon")),
        text(metadata.get("color")),
        extra,
    )


def _outlets(raws: Any) -> tuple[Outlet, ...]:
    found: dict[str, Outlet] = {}
    for number, raw in enumerate(_objects(raws), 1):
        known, extra = _fields(raw, OUTLET_READS)
        outlet = Outlet(
            _free(known["id"] or known["name"] or f"port_{number}", found),
            known["name"],
            known["type"].lower() or "any",
            known["internal_node_id"],
            known["internal_port_name"],
            known["required"],
            raw.get("default_value"),
            known["description"],
            extra,
        )
        found[outlet.id] = outlet
    return tuple(found.values())


def _promoted(raws: Any) -> tuple[Promoted, ...]:
    found: dict[str, Promoted] = {}
    for number, raw in enumerate(_objects(raws), 1):
        known, extra = _fields(raw, PROMOTED_READS)
        label = known["label"] or known["display_name"]
        if not known["label"] and known["display_name"]:
            # Elsewhere this is the label; it is written under the key it came with.
            extra["display_name"] = known["display_name"]
        promoted = Promoted(
            _free(known["name"] or f"parameter_{number}", found),
            known["internal_node_id"],
            known["internal_property_name"],
            label,
            raw.get("default_value"),
            extra,
        )
        found[promoted.id] = promoted
    return tuple(found.values())


def _objects(raws: Any) -> list[dict[str, Any]]:
    return [raw for raw in raws if isinstance(raw, dict)] if isinstance(raws, list) else []


def _fields(raw: dict[str, Any], reads: Mapping[str, Callable[[Any], Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the known fields, and what else the object says: other keys, and originals that read as another value."""
    known = {key: read(raw.get(key)) for key, read in reads.items()}
    extra = {
        key: value for key, value in raw.items() if key != "default_value" and (key not in known or known[key] != value)
    }
    return known, extra


def _free(wanted: str, taken: Mapping[str, object]) -> str:
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}_{number}", number + 1
    return free

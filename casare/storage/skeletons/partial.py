"""Read of a JSON body only what a skeleton needs.

msgspec decodes ids, types, positions and ends into small structs and skips the rest: 2-3 times as fast as orjson on a
large body, and the structs are never seen by the collector. Importing it takes longer than orjson takes for a small
body, so it is used from `WORTH_IT` bytes on. Whatever does not fit exactly is left to the reader, which knows all
forms.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from operator import attrgetter, eq, itemgetter
from typing import TYPE_CHECKING, Any, Final

import orjson

from casare.foundation.collection import without_collection
from casare.storage.reading.fields import COORDINATE_LIMIT
from casare.storage.reading.known_types import KnownTypes
from casare.storage.skeletons.describe import describe_columns
from casare.storage.skeletons.sketch import Columns

if TYPE_CHECKING:
    import msgspec

    from casare.storage.skeletons.skeleton import Skeleton

WORTH_IT: Final = 512 * 1024
"""Bytes of body from which the import of msgspec pays; below, orjson is quick enough."""


_ENDS: Final = ("source_node", "source_port", "target_node", "target_port")
_FOUR: Final = itemgetter(*_ENDS)
_FOUR_OF: Final = attrgetter(*_ENDS)
_PORTS_UP_TO: Final = 2 * 1024 * 1024
"""Up to so many bytes of body the ports are decoded too, which tells wires that stand in it twice; of a larger one,
where that takes a tenth of the time, opening it tells."""


def partial_skeleton(body: bytes, catalog: KnownTypes) -> Skeleton | None:
    """Return the skeleton of a plain, native and well-formed body, or None when it needs the full reader."""
    try:
        with without_collection():
            if len(body) >= WORTH_IT or "msgspec" in sys.modules:
                return _by_msgspec(body, catalog)
            return _by_orjson(body, catalog)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _by_orjson(body: bytes, catalog: KnownTypes) -> Skeleton | None:
    document = orjson.loads(body)
    nodes, wires = document["nodes"], document["connections"]
    raws = nodes.values()
    positions = [raw["position"] for raw in raws]
    types = [raw["node_type"] for raw in raws]
    ends = [_FOUR(raw) for raw in wires]
    sources, targets = [end[0] for end in ends], [end[2] for end in ends]
    metadata, variables = document.get("metadata", {}), document.get("variables", {})
    numbers = {type(value) for position in positions for value in position}
    if {*map(type, types), *map(type, sources), *map(type, targets)} - {str} or not numbers <= {int, float}:
        return None
    if set(map(type, positions)) - {list} or not isinstance(metadata, dict) or not isinstance(variables, dict):
        return None
    if _repeats(ends):
        return None
    return _described(nodes, types, positions, sources, targets, metadata, variables, catalog)


def _by_msgspec(body: bytes, catalog: KnownTypes) -> Skeleton | None:
    with_ports = len(body) <= _PORTS_UP_TO
    head = _decoder(with_ports).decode(body)
    raws, wires = head.nodes.values(), head.connections
    if with_ports and _repeats([_FOUR_OF(wire) for wire in wires]):
        return None
    return _described(
        head.nodes,
        [raw.node_type for raw in raws],
        [raw.position for raw in raws],
        [wire.source_node for wire in wires],
        [wire.target_node for wire in wires],
        {"name": head.metadata.name, "description": head.metadata.description},
        head.variables,
        catalog,
    )


def _described(
    nodes: Mapping[str, Any],
    types: list[str],
    positions: list[Any],
    sources: list[str],
    targets: list[str],
    metadata: Mapping[str, Any],
    variables: Mapping[str, Any],
    catalog: KnownTypes,
) -> Skeleton | None:
    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()
    if positions:
        xs, ys = zip(*positions, strict=True)
    there = nodes.__contains__
    if not all(map(there, sources)) or not all(map(there, targets)) or any(map(eq, sources, targets)):
        return None
    columns = Columns(list(nodes), types, xs, ys, sources, targets)
    skeleton = describe_columns(columns, catalog, metadata=metadata, variables=variables)
    bounds = skeleton.bounds
    within = bounds is None or max(map(abs, bounds)) <= COORDINATE_LIMIT
    return skeleton if within else None


def _repeats(ends: list[tuple[str, str, str, str]]) -> bool:
    return len(set(ends)) < len(ends)


@cache
def _decoder(with_ports: bool) -> msgspec.json.Decoder[Any]:
    import msgspec

    number = int | float
    node = msgspec.defstruct("Node", [("node_type", str), ("position", tuple[number, number])], gc=False)
    wire = msgspec.defstruct("Wire", [(end, str) for end in (_ENDS if with_ports else _ENDS[::2])], gc=False)
    metadata = msgspec.defstruct("Metadata", [("name", str, ""), ("description", str, "")])
    head = msgspec.defstruct(
        "Head",
        [
            ("nodes", dict[str, node]),  # type: ignore[valid-type]
            ("connections", list[wire]),  # type: ignore[valid-type]
            ("metadata", metadata, msgspec.field(default_factory=metadata)),
            ("variables", dict[str, msgspec.Raw], msgspec.field(default_factory=dict)),
        ],
    )
    return msgspec.json.Decoder(head)

"""Make the skeleton of a workflow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from casare.model import Graph
from casare.sdk import PortKind
from casare.storage.reading.fields import text
from casare.storage.reading.known_types import KnownTypes
from casare.storage.skeletons.skeleton import Skeleton, names_of
from casare.storage.skeletons.sketch import Card, Columns, sketch

UNKNOWN: Final = "unknown"
"""The category of a type nobody knows."""

_HEADER: Final = 36.0
_ROW: Final = 24.0
_TALLEST: Final = 160.0


def cards(catalog: KnownTypes) -> Callable[[str], Card]:
    """Return a function that tells how a node of a type is drawn; it asks the catalog once for each type."""

    @cache
    def card_of(node_type: str) -> Card:
        spec = catalog.find(node_type)
        if spec is None:
            return Card(UNKNOWN, _HEADER + _ROW)
        rows = max(
            sum(port.kind is PortKind.DATA for port in spec.inputs),
            sum(port.kind is PortKind.DATA for port in spec.outputs),
        )
        return Card(spec.category, min(_TALLEST, _HEADER + _ROW * (1 + rows)))

    return card_of


def columns_of(graph: Graph) -> Columns:
    """Return the columns of a graph that a picture needs."""
    nodes, wires = graph.nodes.values(), graph.connections
    return Columns(
        ids=list(graph.nodes),
        types=[node.type for node in nodes],
        xs=[node.position[0] for node in nodes],
        ys=[node.position[1] for node in nodes],
        sources=[key[0] for key in wires],
        targets=[key[2] for key in wires],
    )


def describe(graph: Graph, catalog: KnownTypes, *, grade: str = "", sha256: str = "") -> Skeleton:
    """Return the skeleton of a graph; `sha256` is that of its encoded body."""
    return describe_columns(
        columns_of(graph), catalog, metadata=graph.metadata, variables=graph.variables, grade=grade, sha256=sha256
    )


def describe_columns(
    columns: Columns,
    catalog: KnownTypes,
    *,
    metadata: Mapping[str, Any],
    variables: Mapping[str, Any],
    grade: str = "",
    sha256: str = "",
) -> Skeleton:
    """Return the skeleton of a workflow given as columns."""
    picture, bounds = sketch(columns, cards(catalog))
    return Skeleton(
        name=text(metadata.get("name")),
        description=text(metadata.get("description")),
        node_count=len(columns.ids),
        connection_count=len(columns.sources),
        node_types=dict(Counter(columns.types).most_common()),
        variables=names_of(variables),
        bounds=None if bounds is None else (bounds.x, bounds.y, bounds.width, bounds.height),
        grade=grade,
        picture=picture,
        sha256=sha256,
    )

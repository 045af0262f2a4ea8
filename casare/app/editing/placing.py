"""Put new nodes on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any, NamedTuple

from casare.app.editing.naming import fresh_ids, id_stem
from casare.model import AddNodes, Change, Graph, Node
from casare.model.values import Point


class Placed(NamedTuple):
    """A change that adds a node, and the id the node will have."""

    change: Change
    node_id: str


def add_node(graph: Graph, type_id: str, position: Point, config: Mapping[str, Any] | None = None) -> Placed:
    """Return the change that adds a node of a type with its card's top-left corner at `position` (scene px).

    Defaults stay out of the configuration, so that a better default in a later version reaches old files.
    """
    taken = graph.nodes.keys() | graph.variables.keys()
    node_id = fresh_ids([id_stem(type_id)], taken)[0]
    node = Node(node_id, type_id, dict(config or {}), whole(position))
    return Placed(AddNodes((node,)), node_id)


def whole(position: Point) -> Point:
    """Round a place to whole pixels, so that files differ only where something moved.

    Halves go up, never to the even neighbour: things moved together keep their distance.
    """
    return (floor(position[0] + 0.5), floor(position[1] + 0.5))

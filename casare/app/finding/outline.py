"""The outline of a graph: frames with what they hold, the rest, portals by name, as rows that a tree can show."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, NamedTuple

from casare.app.editing.wire_looks import portals
from casare.foundation.rect import Rect
from casare.model import Graph


class RowKind(enum.StrEnum):
    """What a row stands for."""

    FRAME = "frame"
    NODE = "node"
    NOTE = "note"
    PORTALS = "portals"
    """The group of all portals; its id is PORTALS too."""
    PORTAL = "portal"


class Row(NamedTuple):
    """One row: a thing of the graph, or of one inside it."""

    kind: RowKind
    id: str
    way: tuple[str, ...] = ()
    """The instances that lead to the graph it is in, from the one that is outlined."""


PORTALS: Final = Row(RowKind.PORTALS, "portals")
"""The group that holds the portals."""


class Outline(NamedTuple):
    """The rows at the top, those inside each other row that holds any, and the row around each that has one."""

    top: tuple[Row, ...]
    inside: Mapping[Row, tuple[Row, ...]]
    around: Mapping[Row, Row]


def outline(graph: Graph, way: tuple[str, ...] = ()) -> Outline:
    """Return the outline: frames, then nodes in none, then notes, each in the order of the document; portals last.

    `way` is carried by every row of a graph that is inside the one outlined. A node
    stands in the smallest frame that lists it; a frame stands in the smallest one that lies wholly around it.
    """
    smallest_last = sorted(graph.frames.values(), key=lambda one: -one.size[0] * one.size[1])
    frame_of: dict[str, str] = {}
    for frame in smallest_last:
        for node_id in frame.node_ids:
            if node_id in graph.nodes:
                frame_of[node_id] = frame.id
    parents = _nesting(graph)
    around: dict[Row, Row] = {}
    inside: dict[Row, list[Row]] = {Row(RowKind.FRAME, frame_id, way): [] for frame_id in graph.frames}
    top: list[Row] = []
    for kind, ids, holders in ((RowKind.FRAME, graph.frames, parents), (RowKind.NODE, graph.nodes, frame_of)):
        for one in ids:
            row, holder = Row(kind, one, way), holders.get(one)
            if holder is None:
                top.append(row)
            else:
                around[row] = Row(RowKind.FRAME, holder, way)
                inside[around[row]].append(row)
    top += [Row(RowKind.NOTE, note_id, way) for note_id in graph.notes]
    group = PORTALS._replace(way=way)
    named = [Row(RowKind.PORTAL, name, way) for name in portals(graph)]
    if named:
        top.append(group)
        inside[group] = named
        around.update(dict.fromkeys(named, group))
    return Outline(tuple(top), {row: tuple(rows) for row, rows in inside.items()}, around)


def _nesting(graph: Graph) -> dict[str, str]:
    """Return the frame around each frame that lies inside another."""
    boxes = {one.id: Rect(*one.position, *one.size) for one in graph.frames.values()}
    found: dict[str, str] = {}
    for frame_id, box in boxes.items():
        around = [
            (other.width * other.height, key)
            for key, other in boxes.items()
            if key != frame_id and other.encloses(box) and other != box
        ]
        if around:
            found[frame_id] = min(around)[1]
    return found

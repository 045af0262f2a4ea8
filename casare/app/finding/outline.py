"""The outline of a graph: frames with what they hold, then the rest, as rows that a tree can show."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple

from casare.foundation.rect import Rect
from casare.model import Graph


class RowKind(enum.StrEnum):
    """What a row stands for."""

    FRAME = "frame"
    NODE = "node"
    NOTE = "note"


class Row(NamedTuple):
    """One row: a thing of the graph."""

    kind: RowKind
    id: str


class Outline(NamedTuple):
    """The rows at the top, those inside each frame, and the frame that holds a row."""

    top: tuple[Row, ...]
    inside: Mapping[str, tuple[Row, ...]]
    frame_of: Mapping[str, str]
    """The innermost frame of each node and frame that is in one, by id."""


def outline(graph: Graph) -> Outline:
    """Return the outline: frames first, then nodes in none, then notes, each in the order of the document.

    A node stands in the smallest frame that lists it; a frame stands in the smallest one that lies wholly around it.
    """
    smallest_last = sorted(graph.frames.values(), key=lambda one: -one.size[0] * one.size[1])
    frame_of: dict[str, str] = {}
    for frame in smallest_last:
        for node_id in frame.node_ids:
            if node_id in graph.nodes:
                frame_of[node_id] = frame.id
    parents = _nesting(graph)
    inside: dict[str, list[Row]] = {frame_id: [] for frame_id in graph.frames}
    top: list[Row] = []
    for frame_id in graph.frames:
        inside.get(parents.get(frame_id, ""), top).append(Row(RowKind.FRAME, frame_id))
    for node_id in graph.nodes:
        inside.get(frame_of.get(node_id, ""), top).append(Row(RowKind.NODE, node_id))
    top += [Row(RowKind.NOTE, note_id) for note_id in graph.notes]
    return Outline(tuple(top), {key: tuple(rows) for key, rows in inside.items()}, frame_of | parents)


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

"""Frames and notes."""

from __future__ import annotations

from collections.abc import Collection

from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import whole
from casare.foundation.rect import Rect
from casare.model import AddFrames, AddNotes, Change, Frame, Graph, Note
from casare.model.values import Point

FRAME_MARGIN = 32
"""Space between the nodes of a frame and its border, scene px; the title bar adds as much above."""


def add_frame_around(graph: Graph, node_ids: Collection[str], bounds: Rect, title: str = "Frame") -> Change:
    """Return the change that puts a frame around nodes whose cards fill `bounds` (scene px)."""
    frame_id = fresh_ids(["frame"], graph.frames)[0]
    inside = set(node_ids)
    box = bounds.grown(FRAME_MARGIN)
    frame = Frame(
        frame_id,
        title,
        position=whole((box.x, box.y - FRAME_MARGIN)),
        size=whole((box.width, box.height + FRAME_MARGIN)),
        node_ids=tuple(one for one in graph.nodes if one in inside),
    )
    return AddFrames((frame,))


def add_note(graph: Graph, position: Point, text: str = "") -> Change:
    """Return the change that adds a sticky note with its top-left corner at `position` (scene px)."""
    return AddNotes((Note(fresh_ids(["note"], graph.notes)[0], text, whole(position)),))

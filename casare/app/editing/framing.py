"""Frames and notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import whole
from casare.foundation.rect import Rect
from casare.model import AddFrames, AddNotes, Change, Frame, Graph, Note, ReplaceFrames
from casare.model.values import Point

FRAME_MARGIN = 40
"""Space between the nodes of a frame and its border, scene px; steps of the grid, as the frame stands on it."""
FRAME_TITLE_ROOM = 20
"""Space above that for the title bar, scene px."""


def framing(inner: Rect) -> Rect:
    """Return the box of a frame round what is in it (scene px)."""
    box = inner.grown(FRAME_MARGIN)
    return Rect(box.x, box.y - FRAME_TITLE_ROOM, box.width, box.height + FRAME_TITLE_ROOM)


def add_frame_around(graph: Graph, node_ids: Collection[str], bounds: Rect, title: str = "Frame") -> Change:
    """Return the change that puts a frame around nodes whose cards fill `bounds` (scene px)."""
    frame_id = fresh_ids(["frame"], graph.frames)[0]
    inside = set(node_ids)
    box = framing(bounds)
    frame = Frame(
        frame_id,
        title,
        position=whole((box.x, box.y)),
        size=whole((box.width, box.height)),
        node_ids=tuple(one for one in graph.nodes if one in inside),
    )
    return AddFrames((frame,))


def rehoused(graph: Graph, centers: Mapping[str, Point]) -> Change | None:
    """Return the change that lets nodes join the frame they were put into, and leave the one they were taken out of.

    `centers` are the middles of their cards where they come to rest (scene px). Of frames inside each other the
    innermost counts. None when each belongs where it is.
    """
    frames = sorted(graph.frames.values(), key=lambda one: one.size[0] * one.size[1])
    open_frames = [(one.id, Rect(*one.position, *one.size)) for one in frames if not one.collapsed]
    members = {one.id: dict.fromkeys(one.node_ids) for one in frames}
    for node_id, place in centers.items():
        home = next((frame_id for frame_id, area in open_frames if area.contains(*place)), None)
        for frame_id, _ in open_frames:
            if frame_id == home:
                members[frame_id].setdefault(node_id)
            else:
                members[frame_id].pop(node_id, None)
    changed = tuple(
        one._replace(node_ids=tuple(members[one.id])) for one in frames if one.node_ids != tuple(members[one.id])
    )
    return ReplaceFrames(changed, "Change frame") if changed else None


def add_note(graph: Graph, position: Point, text: str = "") -> Change:
    """Return the change that adds a sticky note with its top-left corner at `position` (scene px)."""
    return AddNotes((Note(fresh_ids(["note"], graph.notes)[0], text, whole(position)),))

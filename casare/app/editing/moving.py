"""Move what is on the canvas."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from casare.app.editing.placing import whole
from casare.app.editing.wire_looks import moved_waypoints
from casare.foundation.rect import Rect
from casare.model import Batch, Change, Frame, Graph, MoveNodes, Note, ReplaceFrames, ReplaceNotes, ReplaceWires
from casare.model.values import Point


def positions_after(graph: Graph, node_ids: Collection[str], dx: float, dy: float) -> dict[str, Point]:
    """Return where each node would be after moving by (dx, dy) scene px."""
    nodes = graph.nodes
    return {one: whole((nodes[one].position[0] + dx, nodes[one].position[1] + dy)) for one in node_ids}


def carried(
    graph: Graph, nodes: Collection[str], frames: Collection[str], notes: Collection[str] = ()
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the nodes, frames and notes that move when these do: a frame takes what is in it along.

    That is its nodes, the frames that lie wholly inside it with theirs, and the notes on it.
    """
    if not frames:
        return frozenset(nodes), frozenset(), frozenset(notes)
    moving, all_notes = dict.fromkeys(frames), set(notes)
    for frame_id in list(moving):
        area = Rect(*graph.frames[frame_id].position, *graph.frames[frame_id].size)
        for one in graph.frames.values():
            smaller = one.size != graph.frames[frame_id].size
            if smaller and area.encloses(Rect(*one.position, *one.size)):
                moving[one.id] = None
        all_notes.update(one.id for one in graph.notes.values() if area.encloses(Rect(*one.position, *one.size)))
    inside = {one for frame_id in moving for one in graph.frames[frame_id].node_ids if one in graph.nodes}
    return frozenset(inside.union(nodes)), frozenset(moving), frozenset(all_notes)


def move_by(
    graph: Graph,
    dx: float,
    dy: float,
    *,
    nodes: Collection[str] = (),
    frames: Collection[str] = (),
    notes: Collection[str] = (),
) -> Change | None:
    """Move nodes, notes and frames by (dx, dy) scene px; a frame takes what is in it along.

    None when nothing would move, also because the way is less than half a pixel.
    """
    if (dx, dy) == (0, 0):
        return None
    moving, frames, notes = carried(graph, nodes, frames, notes)
    changes: list[Change] = []
    places = positions_after(graph, moving, dx, dy)
    if any(graph.nodes[one].position != place for one, place in places.items()):
        changes.append(MoveNodes(places))
    bent = moved_waypoints(graph, moving, dx, dy)
    if bent:
        changes.append(ReplaceWires(bent, "Move"))
    moved_frames = tuple(_moved_frame(graph.frames[one], dx, dy) for one in frames)
    if any(frame.position != graph.frames[frame.id].position for frame in moved_frames):
        changes.append(ReplaceFrames(moved_frames, "Move frame"))
    moved_notes = tuple(_moved_note(graph.notes[one], dx, dy) for one in notes)
    if any(note.position != graph.notes[note.id].position for note in moved_notes):
        changes.append(ReplaceNotes(moved_notes, "Move note"))
    if len(changes) < 2:
        return changes[0] if changes else None
    return Batch(tuple(changes), "Move")


def move_to(graph: Graph, positions: Mapping[str, Point]) -> Change | None:
    """Move nodes to given places; None when all are there already."""
    moved = {one: whole(place) for one, place in positions.items() if graph.nodes[one].position != whole(place)}
    return MoveNodes(moved) if moved else None


def _moved_frame(frame: Frame, dx: float, dy: float) -> Frame:
    return frame._replace(position=whole((frame.position[0] + dx, frame.position[1] + dy)))


def _moved_note(note: Note, dx: float, dy: float) -> Note:
    return note._replace(position=whole((note.position[0] + dx, note.position[1] + dy)))

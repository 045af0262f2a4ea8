"""Move what is on the canvas."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from casare.app.editing.placing import whole
from casare.model import Batch, Change, Frame, Graph, MoveNodes, Note, ReplaceFrames, ReplaceNotes
from casare.model.values import Point


def positions_after(graph: Graph, node_ids: Collection[str], dx: float, dy: float) -> dict[str, Point]:
    """Return where each node would be after moving by (dx, dy) scene px."""
    nodes = graph.nodes
    return {one: whole((nodes[one].position[0] + dx, nodes[one].position[1] + dy)) for one in node_ids}


def move_by(
    graph: Graph,
    dx: float,
    dy: float,
    *,
    nodes: Collection[str] = (),
    frames: Collection[str] = (),
    notes: Collection[str] = (),
) -> Change | None:
    """Move nodes, notes and frames by (dx, dy) scene px; a frame takes the nodes inside it along.

    None when nothing would move, also because the way is less than half a pixel.
    """
    carried = set(nodes)
    for frame_id in frames:
        carried.update(one for one in graph.frames[frame_id].node_ids if one in graph.nodes)
    if (dx, dy) == (0, 0):
        return None
    changes: list[Change] = []
    places = positions_after(graph, carried, dx, dy)
    if any(graph.nodes[one].position != place for one, place in places.items()):
        changes.append(MoveNodes(places))
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

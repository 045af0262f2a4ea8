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
    """Move nodes, notes and frames by (dx, dy) scene px; a frame takes the nodes inside it along."""
    carried = set(nodes)
    for frame_id in frames:
        carried.update(one for one in graph.frames[frame_id].node_ids if one in graph.nodes)
    if (dx, dy) == (0, 0) or not (carried or frames or notes):
        return None
    changes: list[Change] = []
    if carried:
        ordered = [one for one in graph.nodes if one in carried] if len(carried) < 2000 else list(carried)
        changes.append(MoveNodes(positions_after(graph, ordered, dx, dy)))
    if frames:
        changes.append(ReplaceFrames(tuple(_moved_frame(graph.frames[one], dx, dy) for one in frames), "Move frame"))
    if notes:
        changes.append(ReplaceNotes(tuple(_moved_note(graph.notes[one], dx, dy) for one in notes), "Move note"))
    if len(changes) == 1:
        return changes[0]
    return Batch(tuple(changes), "Move")


def move_to(graph: Graph, positions: Mapping[str, Point]) -> Change | None:
    """Move nodes to given places; None when all are there already."""
    moved = {one: whole(place) for one, place in positions.items() if graph.nodes[one].position != whole(place)}
    return MoveNodes(moved) if moved else None


def _moved_frame(frame: Frame, dx: float, dy: float) -> Frame:
    return frame._replace(position=whole((frame.position[0] + dx, frame.position[1] + dy)))


def _moved_note(note: Note, dx: float, dy: float) -> Note:
    return note._replace(position=whole((note.position[0] + dx, note.position[1] + dy)))

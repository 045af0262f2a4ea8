"""Copy and paste as text: what is copied is a small workflow, so it can be mailed, diffed and pasted anywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from casare.app.editing.deleting import delete
from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import whole
from casare.app.subgraphs.instances import brought_along, with_subgraphs
from casare.catalog import Catalog
from casare.expressions import rename_roots
from casare.foundation.errors import CasareError
from casare.model import AddFrames, AddNodes, AddNotes, Batch, Change, Connect, Connection, Graph, Node
from casare.model.values import Point
from casare.storage import encode, load_bytes


class Pasted(NamedTuple):
    """A change that pastes, and the ids of what it adds."""

    change: Change
    nodes: tuple[str, ...]
    frames: tuple[str, ...]
    notes: tuple[str, ...]


def copy_text(graph: Graph, nodes: Collection[str], frames: Collection[str] = (), notes: Collection[str] = ()) -> str:
    """Return the selected part as workflow JSON, with the wires that run inside it; empty for nothing."""
    chosen, chosen_frames, chosen_notes = set(nodes), set(frames), set(notes)
    if not (chosen or frames or notes):
        return ""
    part = Graph(
        (node for node in graph.nodes.values() if node.id in chosen),
        (wire for key, wire in graph.connections.items() if key[0] in chosen and key[2] in chosen),
        frames=(frame for frame in graph.frames.values() if frame.id in chosen_frames),
        notes=(note for note in graph.notes.values() if note.id in chosen_notes),
    )
    return encode(with_subgraphs(part, graph)).decode()


def cut_changes(
    graph: Graph, nodes: Collection[str], frames: Collection[str] = (), notes: Collection[str] = ()
) -> Change | None:
    """Return the change that removes what was copied."""
    return delete(graph, nodes=nodes, frames=frames, notes=notes)


def paste(graph: Graph, text: str, catalog: Catalog, at: Point | None = None) -> Pasted | None:
    """Return the change that adds what `text` holds, or None when it holds no workflow; see `paste_part`."""
    part = part_in(text, catalog)
    return paste_part(graph, part, at) if part is not None else None


def part_in(text: str, catalog: Catalog) -> Graph | None:
    """Return the workflow that a text holds, or None when it holds none or an empty one."""
    try:
        part = load_bytes(text.encode(), catalog).graph
    except (CasareError, UnicodeEncodeError):
        # A clipboard may hold half a character, which no file can.
        return None
    return part if part.nodes or part.frames or part.notes else None


def paste_part(graph: Graph, part: Graph, at: Point | None = None, *, verb: str = "Paste") -> Pasted:
    """Return the change that adds a small workflow to a graph.

    Every node gets a new id where its own is taken, and whatever points at it follows: wires, `{{id.port}}` templates,
    loop and try pairs, frames. With `at`, the top-left corner of the whole lands there (scene px).
    """
    new_ids = dict(zip(part.nodes, fresh_ids(part.nodes, graph.nodes.keys() | graph.variables.keys()), strict=True))
    changed = {old: new for old, new in new_ids.items() if old != new}
    dx, dy = _offset(part, at)

    def moved(place: Point) -> Point:
        return whole((place[0] + dx, place[1] + dy))

    nodes = tuple(_renamed(node, changed)._replace(position=moved(node.position)) for node in part.nodes.values())
    wires = tuple(
        Connection(new_ids[one.source_node], one.source_port, new_ids[one.target_node], one.target_port, one.extra)
        for one in part.connections.values()
    )
    frame_ids = fresh_ids(["frame"] * len(part.frames), graph.frames)
    frames = tuple(
        frame._replace(
            id=frame_id,
            position=moved(frame.position),
            node_ids=tuple(new_ids[one] for one in frame.node_ids if one in new_ids),
        )
        for frame, frame_id in zip(part.frames.values(), frame_ids, strict=True)
    )
    note_ids = fresh_ids(["note"] * len(part.notes), graph.notes)
    notes = tuple(
        note._replace(id=note_id, position=moved(note.position))
        for note, note_id in zip(part.notes.values(), note_ids, strict=True)
    )
    changes: list[Change] = []
    along = brought_along(graph, part)
    if along is not None:
        changes.append(along)
    if nodes:
        changes.append(AddNodes(nodes))
    if wires:
        changes.append(Connect(wires))
    if frames:
        changes.append(AddFrames(frames))
    if notes:
        changes.append(AddNotes(notes))
    many = len(nodes) or len(frames) + len(notes)
    label = f"{verb} node" if len(nodes) == 1 else f"{verb} {many} items"
    return Pasted(Batch(tuple(changes), label), tuple(new_ids.values()), tuple(frame_ids), tuple(note_ids))


def origin_of(part: Graph) -> Point:
    """Return the top-left corner of everything in a workflow that is not empty (scene px)."""
    places = [one.position for group in (part.nodes, part.frames, part.notes) for one in group.values()]
    return (min(place[0] for place in places), min(place[1] for place in places))


def _offset(part: Graph, at: Point | None) -> Point:
    if at is None:
        return (0, 0)
    origin = origin_of(part)
    return (at[0] - origin[0], at[1] - origin[1])


def _renamed(node: Node, changed: Mapping[str, str]) -> Node:
    if not changed:
        return node
    config: dict[str, Any] = {}
    for key, value in node.config.items():
        # paired_start_id, paired_try_id and their kin name a node by its bare id.
        if key.startswith("paired_") and isinstance(value, str):
            config[key] = changed.get(value, value)
        else:
            config[key] = rename_roots(value, changed)
    return node._replace(id=changed.get(node.id, node.id), config=config)

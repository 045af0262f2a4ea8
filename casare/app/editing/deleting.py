"""Delete what is selected, with the wires that would dangle."""

from __future__ import annotations

from collections.abc import Collection

from casare.model import (
    Batch,
    Change,
    Disconnect,
    Graph,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    ReplaceFrames,
    WireKey,
)


def delete(
    graph: Graph,
    *,
    nodes: Collection[str] = (),
    wires: Collection[WireKey] = (),
    frames: Collection[str] = (),
    notes: Collection[str] = (),
) -> Change | None:
    """Return the change that deletes these and every wire of the nodes; a frame goes without its nodes."""
    keys = {wire.key for wire in graph.wires_of(nodes)} | set(wires)
    changes: list[Change] = []
    if keys:
        changes.append(Disconnect(tuple(keys)))
    if nodes:
        gone = frozenset(nodes)
        shrunk = tuple(
            frame._replace(node_ids=tuple(one for one in frame.node_ids if one not in gone))
            for frame in graph.frames.values()
            if frame.id not in frames and not gone.isdisjoint(frame.node_ids)
        )
        if shrunk:
            changes.append(ReplaceFrames(shrunk))
        changes.append(RemoveNodes(tuple(nodes)))
    if frames:
        changes.append(RemoveFrames(tuple(frames)))
    if notes:
        changes.append(RemoveNotes(tuple(notes)))
    if len(changes) < 2:
        return changes[0] if changes else None
    return Batch(tuple(changes), _label(len(nodes), len(wires), len(frames) + len(notes)))


def _label(nodes: int, wires: int, decor: int) -> str:
    if nodes and not (wires or decor):
        return "Delete node" if nodes == 1 else f"Delete {nodes} nodes"
    return f"Delete {nodes + wires + decor} items"

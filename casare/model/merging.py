"""Two inverses as one, so that a drag or a typed text stays one small step however many changes it took."""

from __future__ import annotations

from casare.model.changes import (
    Batch,
    Change,
    InSubflow,
    MoveNodes,
    RenameNode,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    ReplaceWires,
    SetConfig,
    SetInterface,
    SetMetadata,
    SetSettings,
    SetVariables,
)

Slot = tuple[str, str]
"""One thing a change sets outright: what it is, and whose."""


def joined(older: Change, newer: Change) -> Change:
    """Return the change that takes back what `newer` takes back and then what `older` does.

    When `older` sets everything anew that `newer` touches, it is enough alone. Else both are kept in one flat batch: a
    nested one would grow deeper with every keystroke.
    """
    if covers(older, newer):
        return older
    return Batch((*_parts(newer), *_parts(older)), older.label)


def covers(older: Change, newer: Change) -> bool:
    """Tell whether carrying out `older` alone leaves the graph as `newer` followed by `older` would."""
    match older, newer:
        case MoveNodes(before), MoveNodes(after):
            return before.keys() >= after.keys()
        case InSubflow(one, before_inside), InSubflow(other, after_inside) if one == other:
            return covers(before_inside, after_inside)
    touched = _slots(newer)
    restored = _slots(older) if touched is not None else None
    return touched is not None and restored is not None and restored >= touched


def _parts(change: Change) -> tuple[Change, ...]:
    return change.changes if isinstance(change, Batch) else (change,)


def _slots(change: Change) -> set[Slot] | None:
    """Return what a change sets outright; None when it adds or removes something, which order matters to."""
    slots: set[Slot] | None = None
    match change:
        case MoveNodes(positions):
            slots = {("position", node_id) for node_id in positions}
        case SetConfig(node_id):
            slots = {("config", node_id)}
        case RenameNode(node_id):
            slots = {("name", node_id)}
        case ReplaceNodes(nodes):
            slots = {(field, node.id) for node in nodes for field in ("position", "config", "name", "rest")}
        case ReplaceFrames(frames):
            slots = {("frame", frame.id) for frame in frames}
        case ReplaceNotes(notes):
            slots = {("note", note.id) for note in notes}
        case ReplaceWires(connections):
            slots = {("wire", " ".join(wire.key)) for wire in connections}
        case SetMetadata() | SetVariables() | SetSettings():
            slots = {(type(change).__name__, "")}
        case SetInterface(definition_id):
            slots = {("interface", definition_id)}
        case InSubflow(definition_id, inside):
            within = _slots(inside)
            slots = {(f"{definition_id}/{kind}", one) for kind, one in within} if within is not None else None
        case Batch(changes):
            parts = [_slots(part) for part in changes]
            slots = {slot for part in parts for slot in part or ()} if None not in parts else None
    return slots

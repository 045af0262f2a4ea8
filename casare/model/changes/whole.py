"""The edit of everything at once: turn a graph into another, as a reload or an earlier version does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model.subflows import Subflow

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.content import Content
    from casare.model.graph import Graph

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class ReplaceContent:
    """Let a graph hold this and nothing else."""

    content: Content
    label: str = "Replace workflow"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace everything; refuse what is no whole graph: an id twice, a wire without an end."""
        content = self.content
        nodes = {node.id: node for node in content.nodes}
        wires = {wire.key: wire for wire in content.connections}
        frames = {frame.id: frame for frame in content.frames}
        notes = {note.id: note for note in content.notes}
        if (len(nodes), len(wires), len(frames), len(notes)) != tuple(map(len, content[:4])):
            raise ChangeRefusedError("Two things of the new content have the same id.")
        if any(key[0] not in nodes or key[2] not in nodes or key[0] == key[2] for key in wires):
            raise ChangeRefusedError("A wire of the new content lacks an end.")
        before = type(content).of(graph)
        changed, moved = _touched_nodes(graph.nodes, nodes)
        fact = GraphChanged(
            changed,
            moved,
            _touched(graph.connections, wires),
            _touched(graph.frames, frames),
            _touched(graph.notes, notes),
            frozenset(
                name for name in ("metadata", "variables", "settings") if getattr(graph, name) != getattr(content, name)
            ),
            _touched({one.id: one for one in before.subflows}, {one.id: one for one in content.subflows}),
        )
        for held, fresh in (
            (graph.nodes, nodes),
            (graph.connections, wires),
            (graph.frames, frames),
            (graph.notes, notes),
        ):
            _refill(held, fresh)
        graph.metadata, graph.variables, graph.settings = content.metadata, content.variables, content.settings
        graph.extra, graph.unreadable = content.extra, content.unreadable
        _refill(graph.subflows, {one.id: Subflow.made(one, graph.subflows) for one in content.subflows})
        graph._wires_replaced()
        return ReplaceContent(before, self.label), fact


def _refill(held: dict[Any, Any], fresh: Mapping[Any, Any]) -> None:
    held.clear()
    held.update(fresh)


def _touched(before: Mapping[K, Any], after: Mapping[K, Any]) -> frozenset[K]:
    gone = before.keys() - after.keys()
    return frozenset(gone).union(key for key, value in after.items() if before.get(key) != value)


def _touched_nodes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    touched = _touched(before, after)
    moved = frozenset(
        key
        for key in touched
        if key in before and key in after and before[key] == after[key]._replace(position=before[key].position)
    )
    return touched - moved, moved

"""What is selected in a document: ids only, never items on a screen."""

from __future__ import annotations

from collections.abc import Iterable

from casare.foundation.signal import Signal
from casare.model import Graph, WireKey


class Selection:
    """The selected nodes, wires, frames and notes of one document. `changed` is emitted once per real change."""

    def __init__(self) -> None:
        self.nodes: frozenset[str] = frozenset()
        self.wires: frozenset[WireKey] = frozenset()
        self.frames: frozenset[str] = frozenset()
        self.notes: frozenset[str] = frozenset()
        self.changed: Signal[[]] = Signal()

    def set(
        self,
        nodes: Iterable[str] = (),
        wires: Iterable[WireKey] = (),
        frames: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        """Select exactly these."""
        wanted = (frozenset(nodes), frozenset(wires), frozenset(frames), frozenset(notes))
        if wanted != (self.nodes, self.wires, self.frames, self.notes):
            self.nodes, self.wires, self.frames, self.notes = wanted
            self.changed.emit()

    def clear(self) -> None:
        """Select nothing."""
        self.set()

    def add(
        self,
        nodes: Iterable[str] = (),
        wires: Iterable[WireKey] = (),
        frames: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        """Select these too."""
        self.set(self.nodes.union(nodes), self.wires.union(wires), self.frames.union(frames), self.notes.union(notes))

    def toggle(
        self,
        nodes: Iterable[str] = (),
        wires: Iterable[WireKey] = (),
        frames: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        """Select those of these that are not selected, and let go of the others."""
        self.set(
            self.nodes.symmetric_difference(nodes),
            self.wires.symmetric_difference(wires),
            self.frames.symmetric_difference(frames),
            self.notes.symmetric_difference(notes),
        )

    def prune(self, graph: Graph) -> None:
        """Let go of whatever the graph no longer holds."""
        self.set(
            self.nodes & graph.nodes.keys() if self.nodes else self.nodes,
            self.wires & graph.connections.keys() if self.wires else self.wires,
            self.frames & graph.frames.keys() if self.frames else self.frames,
            self.notes & graph.notes.keys() if self.notes else self.notes,
        )

    def __bool__(self) -> bool:
        return bool(self.nodes or self.wires or self.frames or self.notes)

"""The fact that a graph is no longer what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WireKey = tuple[str, str, str, str]
"""Source node, source port, target node, target port."""

_NONE: frozenset[str] = frozenset()
_NO_WIRES: frozenset[WireKey] = frozenset()


@dataclass(frozen=True, slots=True)
class GraphChanged:
    """Name what an edit touched.

    Only ids are given: whoever listens looks the new state up in the graph, where a touched id that is missing has been
    removed. So facts of several edits can be merged without caring for their order.
    """

    nodes: frozenset[str] = _NONE
    """Nodes added, removed, or changed in type, configuration or name."""
    moved: frozenset[str] = _NONE
    """Nodes whose position alone changed."""
    wires: frozenset[WireKey] = _NO_WIRES
    """Connections added or removed."""
    frames: frozenset[str] = _NONE
    notes: frozenset[str] = _NONE
    sections: frozenset[str] = _NONE
    """Which of metadata, variables and settings changed."""

    def merged(self, other: GraphChanged) -> GraphChanged:
        """Return one fact that says both."""
        return GraphChanged.union((self, other))

    @staticmethod
    def union(facts: Sequence[GraphChanged]) -> GraphChanged:
        """Return one fact that says all of these, in time that grows with what they name."""
        if len(facts) == 1:
            return facts[0]
        return GraphChanged(
            _NONE.union(*(fact.nodes for fact in facts)),
            _NONE.union(*(fact.moved for fact in facts)),
            _NO_WIRES.union(*(fact.wires for fact in facts)),
            _NONE.union(*(fact.frames for fact in facts)),
            _NONE.union(*(fact.notes for fact in facts)),
            _NONE.union(*(fact.sections for fact in facts)),
        )

    @property
    def structural(self) -> bool:
        """Tell whether more than places on the canvas changed, so that a grade or a check may differ."""
        return bool(self.nodes or self.wires or self.sections)

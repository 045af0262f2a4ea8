"""The fact that a graph is no longer what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

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
    subflows: frozenset[str] = _NONE
    """Subgraphs added, removed, or changed in their interface."""
    levels: Mapping[str, GraphChanged] = field(default_factory=dict)
    """What was touched inside subgraphs, by their ids; the facts in it have no levels of their own."""

    def inside(self, subflow_id: str) -> GraphChanged:
        """Return the fact that all this happened inside a subgraph; what concerns all levels stays outside."""
        here = replace(self, subflows=_NONE, levels={})
        levels = dict(self.levels)
        if here != GraphChanged():
            levels[subflow_id] = here.merged(levels[subflow_id]) if subflow_id in levels else here
        return GraphChanged(subflows=self.subflows, levels=levels)

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
            _NONE.union(*(fact.subflows for fact in facts)),
            _levels(facts),
        )

    @property
    def structural(self) -> bool:
        """Tell whether more than places on the canvas changed, so that a grade or a check may differ."""
        here = bool(self.nodes or self.wires or self.sections or self.subflows)
        return here or any(fact.structural for fact in self.levels.values())


def _levels(facts: Sequence[GraphChanged]) -> dict[str, GraphChanged]:
    by_level: dict[str, list[GraphChanged]] = {}
    for fact in facts:
        for level, inner in fact.levels.items():
            by_level.setdefault(level, []).append(inner)
    return {level: GraphChanged.union(inner) for level, inner in by_level.items()}

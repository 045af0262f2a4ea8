"""Several changes as one: all or nothing, and one undo step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casare.events import GraphChanged

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.graph import Graph


@dataclass(frozen=True, slots=True)
class Batch:
    """Carry out changes in order; when one is refused, take back those before it and refuse the whole."""

    changes: tuple[Change, ...]
    label: str = "Edit"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Carry out all changes or none."""
        inverses: list[Change] = []
        facts: list[GraphChanged] = []
        try:
            for change in self.changes:
                inverse, touched = change.carry_out(graph)
                inverses.append(inverse)
                facts.append(touched)
        except Exception:
            for inverse in reversed(inverses):
                inverse.carry_out(graph)
            raise
        return Batch(tuple(reversed(inverses)), self.label), GraphChanged.union(facts)

"""Which nodes are of which kind, so that a rule looks at its own and not at all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from casare.profiling.facts import NodeFacts
from casare.profiling.kinds import TypeKind


class Census:
    """The nodes that do anything, by kind."""

    __slots__ = ("_by_kind", "referring", "writers")

    def __init__(self, facts: Sequence[NodeFacts]) -> None:
        self._by_kind: dict[TypeKind, list[int]] = {}
        by_kind = self._by_kind
        self.referring = [number for number, held in enumerate(facts) if held.references]
        """The nodes whose templates mention something."""
        self.writers = [
            number
            for number, held in enumerate(facts)
            if not (held.kind.reads_only and held.kind.touching.variable_keys.isdisjoint(held.node.config))
            and not held.free
        ]
        """The nodes that may write something besides their outputs."""
        for number, held in enumerate(facts):
            if not held.free:
                kind = held.kind
                if kind in by_kind:
                    by_kind[kind].append(number)
                else:
                    by_kind[kind] = [number]

    @property
    def empty(self) -> bool:
        """Tell whether there is no node that does anything."""
        return not self._by_kind

    def where(self, test: Callable[[TypeKind], bool]) -> list[int]:
        """Return the numbers of the nodes whose kind passes `test`, in the order of the document."""
        found = [numbers for kind, numbers in self._by_kind.items() if test(kind)]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

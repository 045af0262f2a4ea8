"""Which nodes are of which kind, so that a rule looks at its own and not at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.kinds import TypeKind
from casare.sdk import Role


class Census:
    """The nodes that do anything, by kind."""

    __slots__ = ("_by_kind", "_every", "referring", "writers")

    def __init__(self, facts: Sequence[NodeFacts]) -> None:
        every: defaultdict[TypeKind, list[int]] = defaultdict(list)
        for number, held in enumerate(facts):
            every[held.kind].append(number)
        by_kind: Mapping[TypeKind, list[int]] = every
        free = {number for number, held in enumerate(facts) if held.free}
        if free:
            by_kind = {kind: kept for kind, held in every.items() if (kept := [n for n in held if n not in free])}
        self._every = every
        self._by_kind = by_kind
        self.referring = [number for number, held in enumerate(facts) if held.references]
        """The nodes whose templates mention something."""
        writers: list[int] = []
        for kind, numbers in by_kind.items():
            keys = kind.touching.variable_keys
            if not kind.reads_only:
                writers += numbers
            elif keys:
                writers += [number for number in numbers if not keys.isdisjoint(facts[number].node.config)]
        writers.sort()
        self.writers = writers
        """The nodes that may write something besides their outputs."""

    def of_role(self, *roles: Role) -> list[int]:
        """Return the nodes of some roles, also those that are switched off, in the order of the document."""
        found = [numbers for kind, numbers in self._every.items() if kind.role in roles]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    @property
    def empty(self) -> bool:
        """Tell whether there is no node that does anything."""
        return not self._by_kind

    def where(self, test: Callable[[TypeKind], bool]) -> list[int]:
        """Return the numbers of the nodes whose kind passes `test`, in the order of the document."""
        found = [numbers for kind, numbers in self._by_kind.items() if test(kind)]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

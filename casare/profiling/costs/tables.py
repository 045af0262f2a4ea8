"""Figures that stand above a declaration: what a person wrote, what a type took before, what a node was seen to take.

Measured beats calibrated beats declared: a figure about this very node says more than one about its type, and one from
this machine says more than a guess made for all machines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

Provenance = Literal["declared", "default", "calibrated", "measured"]
"""What a figure rests on: a declaration, a guess, past runs of the type on this machine, or runs of this very node."""


class NodeCost(NamedTuple):
    """One run of one node: complexity 1-20, runtime in ms, memory in MB, and what the figures rest on."""

    complexity: float
    runtime_ms: float
    memory_mb: float
    provenance: Provenance


class TypeFigures(NamedTuple):
    """Known figures of one run, runtime in ms and memory in MB; None leaves what is there."""

    runtime_ms: float | None = None
    memory_mb: float | None = None
    complexity: float | None = None
    provenance: Provenance = "declared"

    def on(self, cost: NodeCost) -> NodeCost:
        """Return `cost` with the known figures put in."""
        return NodeCost(
            cost.complexity if self.complexity is None else self.complexity,
            cost.runtime_ms if self.runtime_ms is None else self.runtime_ms,
            cost.memory_mb if self.memory_mb is None else self.memory_mb,
            self.provenance,
        )


@dataclass(frozen=True, slots=True)
class CostTables:
    """Known figures by type id and by node id."""

    types: Mapping[str, TypeFigures] = field(default_factory=dict)
    """What one run of a type takes, before parameters change it."""
    nodes: Mapping[str, TypeFigures] = field(default_factory=dict)
    """What one run of this very node took: parameters change nothing about that."""

    def over(self, other: CostTables) -> CostTables:
        """Return both tables as one; where both know something, this one holds."""
        return CostTables({**other.types, **self.types}, {**other.nodes, **self.nodes})


NO_TABLES: Final = CostTables()

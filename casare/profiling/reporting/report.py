"""The result of an analysis: plain frozen values, cheap to make by the ten thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Scoring = Literal["casare", "nodetool"]


class NodeReport(NamedTuple):
    """What is known of one node. Times in ms, memory in MB."""

    id: str
    type: str
    name: str
    """What a person called it, else the title of its type."""
    complexity: float
    """1-20; 0 for a comment or a node that is switched off."""
    runtime_ms: float
    """All its runs together: the turns of the loops around it multiplied."""
    memory_mb: float
    dependencies: int
    """Nodes it waits for directly, by wire or by reference."""
    dependents: int
    """Nodes that wait for it directly."""
    parallelizable: bool
    """Whether some other node may run at the same time, now or without wires that nothing but order needs."""
    slack_ms: float
    """How much longer it may take before the whole does."""
    provenance: str
    """"measured", "calibrated", "declared", or "default" when the cost or the number of turns is assumed."""
    suggestions: tuple[str, ...]
    runs: float = 1.0
    """How often it runs in one run of the workflow."""
    gpu_memory_mb: float | None = None
    """What the model it is set to takes on a graphics card; None without a model whose size is known."""


class Totals(NamedTuple):
    """What one run of the whole workflow costs, every branch taking its longest way and nothing failing."""

    runtime_ms: float
    """All the work together, as if one worker did it."""
    wall_ms: float
    """From start to end with the given number of workers."""
    peak_memory_mb: float
    critical_path_ms: float
    """From start to end with as many workers as there are nodes."""
    parallel_opportunities: int
    """Nodes drawn one after another that could run at the same time as another (see `profiling.scoring.serial`)."""


class LedgerEntry(NamedTuple):
    """Points lost to one rule, and at which nodes."""

    rule: str
    points: float
    nodes: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The analysis of one workflow. Nodes are in the order of the document; an empty workflow has no score."""

    scoring: Scoring
    score: float | None
    grade: str | None
    totals: Totals
    critical_path: tuple[str, ...]
    """Node ids along one longest chain: each waits for the one before, by wire, reference or return of a loop."""
    bottlenecks: tuple[str, ...]
    """The nodes that make the critical path long, worst first; at most five, and none when none stands out."""
    nodes: Sequence[NodeReport]
    """Made when first looked at; an immutable sequence that equals a tuple of the same."""
    ledger: tuple[LedgerEntry, ...]
    """Lost points by rule, most first; with scoring "casare" the score is 100 less their sum, and never below 0."""
    suggestions: tuple[str, ...]

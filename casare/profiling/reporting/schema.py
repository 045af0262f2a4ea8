"""The JSON of `casare profile --json`. Imported only where that is written: pydantic takes long to load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from casare.profiling.reporting.digest import digest_of
from casare.profiling.reporting.report import Report
from casare.profiling.scoring.budget import Check
from casare.profiling.studies.compare import Comparison

_DECIMALS = 6


class _Output(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TotalsOutput(_Output):
    """The whole workflow: times in ms, memory in MB."""

    runtime_ms: float = Field(description="All the work together.")
    wall_ms: float = Field(description="From start to end with the given number of workers.")
    peak_memory_mb: float = Field(description="The most memory alive at the same time.")
    critical_path_ms: float = Field(description="From start to end with unlimited workers.")
    parallel_opportunities: int = Field(description="Nodes that run one after another but need not.")


class NodeOutput(_Output):
    """One node."""

    id: str
    type: str
    name: str
    complexity: float
    runtime_ms: float = Field(description="All its runs together.")
    memory_mb: float
    dependencies: int
    dependents: int
    parallelizable: bool
    slack_ms: float
    provenance: Literal["declared", "default", "calibrated", "measured"]
    suggestions: tuple[str, ...]
    runs: float = Field(description="How often it runs in one run of the workflow.")
    gpu_memory_mb: float | None = Field(
        None, description="What its model takes on a graphics card; null when the size of the model is not known."
    )


class LedgerOutput(_Output):
    """Points lost to one rule."""

    rule: str
    points: float
    nodes: tuple[str, ...]
    message: str


class GateOutput(_Output):
    """One line of the budget."""

    name: str
    kept: bool
    message: str


class DifferenceOutput(_Output):
    """One node that is new, gone or other."""

    id: str
    what: Literal["new", "gone", "changed"]
    runtime_ms: float = Field(description="How much longer it takes.")
    memory_mb: float = Field(description="How much more it holds.")


class ComparisonOutput(_Output):
    """What the workflow has over another version of it."""

    score: float | None
    grades: tuple[str | None, str | None]
    runtime_ms: float
    wall_ms: float
    peak_memory_mb: float
    critical_path_ms: float
    rules: dict[str, float] = Field(description="How many more points each rule takes.")
    nodes: tuple[DifferenceOutput, ...]


class ProfileOutput(_Output):
    """What `casare profile` says about a workflow."""

    scoring: Literal["casare", "nodetool"]
    score: float | None = Field(description="0-100; null for a workflow without nodes.")
    grade: Literal["A", "B", "C", "D", "F"] | None
    totals: TotalsOutput
    critical_path: tuple[str, ...]
    bottlenecks: tuple[str, ...]
    nodes: tuple[NodeOutput, ...]
    ledger: tuple[LedgerOutput, ...]
    suggestions: tuple[str, ...]
    digest: str = Field(description="The same for the same workflow, tables and rules.")
    gates: tuple[GateOutput, ...] = Field(default=(), description="The budget, line by line.")
    comparison: ComparisonOutput | None = Field(default=None, description="With --compare.")
    estimate_error: float | None = Field(default=None, description="With --measured: the typical factor, above 1.")

    @classmethod
    def from_report(
        cls,
        report: Report,
        checks: Sequence[Check] = (),
        comparison: Comparison | None = None,
        estimate_error: float | None = None,
    ) -> ProfileOutput:
        """Return the output for `report`; figures but the score are rounded to what can mean anything."""
        return cls.model_validate(
            {
                "scoring": report.scoring,
                "score": report.score,
                "grade": report.grade,
                "totals": _rounded(report.totals._asdict()),
                "critical_path": report.critical_path,
                "bottlenecks": report.bottlenecks,
                "nodes": [_rounded(node._asdict()) for node in report.nodes],
                "ledger": [_rounded(entry._asdict()) for entry in report.ledger],
                "suggestions": report.suggestions,
                "digest": digest_of(report),
                "gates": [check._asdict() for check in checks],
                "comparison": _compared(comparison) if comparison else None,
                "estimate_error": estimate_error,
            }
        )


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {key: round(value, _DECIMALS) if isinstance(value, float) else value for key, value in row.items()}


def _compared(held: Comparison) -> dict[str, object]:
    nodes = [
        {
            "id": one.node_id,
            "what": "new" if one.first is None else "gone" if one.second is None else "changed",
            "runtime_ms": round(one.runtime_ms, _DECIMALS),
            "memory_mb": round(one.memory_mb, _DECIMALS),
        }
        for one in held.nodes
    ]
    return {**_rounded(held._asdict()), "rules": dict(held.rules), "nodes": nodes}

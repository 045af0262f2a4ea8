"""What `casare run --json` prints."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from casare.cli.outputs import Output
from casare.engine.keeping.report import NodeReport, RunReport
from casare.engine.keeping.showing import MASK, Mask, shown_value


class RunNodeOutput(Output):
    """How one node fared."""

    id: str
    type: str
    status: Literal["pending", "running", "completed", "failed", "skipped", "bypassed", "cached", "cancelled"]
    runs: int = Field(description="How often it ran.")
    total_ms: float = Field(description="How long all its runs took.")
    error: str | None = None
    chain: list[str] = Field(default_factory=list, description="The nodes that led into the nested workflow it is in.")


class RunErrorOutput(Output):
    """One failure; a handled one was caught by the workflow itself."""

    node_id: str
    message: str
    hint: str | None = None
    type: str = "Error"
    node_type: str = ""
    chain: list[str] = Field(default_factory=list)
    handled: bool = False


class RunRetryOutput(Output):
    """A failure after which a node ran again: as which attempt, and after how many seconds."""

    node_id: str
    attempt: int
    delay_s: float
    error: str
    chain: list[str] = Field(default_factory=list)


class RunLogOutput(Output):
    """One line of the log; `at` is in seconds since the run began."""

    node_id: str
    level: str
    message: str
    at: float


class RunOutput(Output):
    """What `run` tells of a run."""

    run_id: str
    name: str
    status: Literal["completed", "failed", "cancelled", "degraded"]
    elapsed_ms: float
    nodes: list[RunNodeOutput]
    outputs: dict[str, dict[str, Any]] = Field(description="What each node gave last, by node and output.")
    results: dict[str, Any] = Field(description="What the workflow hands out through its Subflow outputs.")
    variables: dict[str, Any]
    errors: list[RunErrorOutput]
    retries: list[RunRetryOutput]
    log: list[RunLogOutput]

    @classmethod
    def from_report(cls, report: RunReport, mask: Mask) -> RunOutput:
        """Return a report in the form of the contract, secrets masked."""
        variables = {
            name: MASK if name in report.masked else shown_value(value, mask)
            for name, value in report.variables.items()
        }
        return cls(
            run_id=report.run_id,
            name=report.name,
            status=report.status,  # type: ignore[arg-type]
            elapsed_ms=round(report.elapsed_ms, 3),
            nodes=[_node(one, mask) for one in report.nodes],
            outputs={
                node_id: {name: shown_value(value, mask) for name, value in given.items()}
                for node_id, given in report.outputs.items()
            },
            results={name: shown_value(value, mask) for name, value in report.results.items()},
            variables=variables,
            errors=[
                RunErrorOutput(
                    node_id=one.node_id,
                    message=mask.text(one.message),
                    hint=mask.text(one.hint) or None,
                    type=one.type,
                    node_type=one.node_type,
                    chain=list(one.chain),
                    handled=one.handled,
                )
                for one in report.errors
            ],
            retries=[
                RunRetryOutput(
                    node_id=one.node_id,
                    attempt=one.attempt,
                    delay_s=round(one.delay, 3),
                    error=mask.text(one.error),
                    chain=list(one.chain),
                )
                for one in report.retries
            ],
            log=[
                RunLogOutput(node_id=one.node_id, level=one.level, message=mask.text(one.message), at=round(one.at, 6))
                for one in report.log
            ],
        )


def _node(one: NodeReport, mask: Mask) -> RunNodeOutput:
    return RunNodeOutput(
        id=one.id,
        type=one.type,
        status=one.status,  # type: ignore[arg-type]
        runs=one.runs,
        total_ms=round(one.total_ms, 6),
        error=mask.text(one.error) or None,
        chain=list(one.chain),
    )

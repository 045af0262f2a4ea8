"""What a run came to: statuses and times of all nodes, values, variables, errors, the log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from casare.engine.deciding.state import CANCELLED, FAILED, NOTHING, Frame
from casare.engine.errors import Problem
from casare.engine.keeping.ledger import Tally
from casare.engine.performing.nested import outputs_of
from casare.events import LineLogged, NodeRetried, RunStatus

if TYPE_CHECKING:
    from casare.engine.performing.performer import Performer


_UNREACHED: Final = {"completed": "bypassed", "degraded": "bypassed", "failed": "skipped", "cancelled": "cancelled"}
"""What became of nodes that a run did not come to."""


@dataclass(frozen=True, slots=True)
class NodeReport:
    """How one node fared. `total_ms` is the time of all its runs."""

    id: str
    type: str
    status: str
    runs: int
    total_ms: float
    error: str = ""
    chain: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunReport:
    """A finished run. Values are those of the run itself, not copies; what is long is worked out when first asked."""

    run_id: str
    name: str
    status: str
    started_at: float
    elapsed_ms: float
    variables: Mapping[str, Any]
    errors: tuple[Problem, ...]
    """Every failure: those that ended the run, those it tolerated, and (marked `handled`) those it dealt with."""
    log: tuple[LineLogged, ...]
    retries: tuple[NodeRetried, ...]
    """Failures after which a node, or an item of its batch, ran again."""
    masked: tuple[str, ...]
    """Names of variables that are not for other eyes."""
    frame: Frame | None
    tallies: Mapping[tuple[tuple[str, ...], int], Tally]

    @cached_property
    def nodes(self) -> tuple[NodeReport, ...]:
        """Return the nodes in the order of the document, then those of nested workflows that were reached."""
        if self.frame is None:
            return ()
        workflow = self.frame.workflow
        own = self.tallies.get(((), id(workflow))) or Tally(workflow)
        nested = [(chain, tally) for (chain, _), tally in self.tallies.items() if chain]
        return tuple(one for chain, tally in [((), own), *nested] for one in _of(tally, chain, _UNREACHED[self.status]))

    @cached_property
    def outputs(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what each node gave last, by node and output."""
        found: dict[str, Mapping[str, Any]] = {}
        for slot, node in enumerate(self.frame.workflow.nodes if self.frame is not None else ()):
            assert self.frame is not None
            value = self.frame.outputs[slot]
            named = self.frame.workflow.outputs_of(slot, value) if value is not NOTHING else {}
            if named:
                found[node.id] = named
        return found

    @cached_property
    def results(self) -> Mapping[str, Any]:
        """Return what the workflow hands out through its Subflow outputs."""
        return outputs_of(self.frame) if self.frame is not None else {}

    def node(self, node_id: str) -> NodeReport:
        """Return how a node of the outermost workflow fared. Raises KeyError when there is none of this id."""
        for one in self.nodes:
            if one.id == node_id and not one.chain:
                return one
        raise KeyError(node_id)


def new_run_id() -> str:
    """Return an id that no other run has."""
    return uuid.uuid4().hex[:16]


def make_report(performer: Performer, run_id: str, started_at: float, elapsed_ms: float) -> RunReport:
    """Return the report of a run that has ended."""
    machine = performer.machine
    root = machine.root
    failures = list(root.failures) if root is not None else []
    ended = machine.ended.how if machine.ended is not None else FAILED
    status = RunStatus.COMPLETED
    if performer.cancelled or ended == CANCELLED:
        status = RunStatus.CANCELLED
    elif ended == FAILED:
        status = RunStatus.FAILED
    elif machine.tolerated:
        status = RunStatus.DEGRADED
    handled = [problem._replace(handled=True) for problem in machine.caught]
    problems = _unique([*failures, *machine.tolerated, *handled])
    frame = performer.root
    return RunReport(
        run_id=run_id,
        name=performer.workflow.name,
        status=status.value,
        started_at=started_at,
        elapsed_ms=elapsed_ms,
        variables=dict(frame.variables) if frame is not None else {},
        errors=problems,
        log=tuple(performer.ledger.lines),
        retries=tuple(performer.ledger.retries),
        masked=tuple(performer.workflow.secret_variables()),
        frame=frame,
        tallies=performer.ledger.tallies,
    )


def _of(tally: Tally, chain: tuple[str, ...], unreached: str) -> Iterable[NodeReport]:
    for slot, node in enumerate(tally.workflow.nodes):
        problem = tally.errors.get(slot)
        status = tally.status[slot]
        if status == "bypassed" and tally.runs[slot]:
            # In the last turn it did not run, in one before it did.
            status = "completed"
        yield NodeReport(
            node.id,
            node.type,
            unreached if status == "pending" else "cancelled" if status == "running" else status,
            tally.runs[slot],
            tally.total_ns[slot] / 1e6,
            problem.message if problem is not None else "",
            chain,
        )


def _unique(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    found: dict[int, Problem] = {}
    for problem in problems:
        found.setdefault(id(problem.error) if problem.error is not None else id(problem), problem)
    return tuple(found.values())

"""The facts of a run, in the order they happened. They come in batches, and know nothing of who shows them.

Times are in seconds since the run began. `chain` holds the ids of the nodes that led into a nested workflow, outermost
first; `turns` the numbers of the turns around, outermost first.
"""

from __future__ import annotations

import enum
from typing import Any, NamedTuple


class NodeStatus(enum.StrEnum):
    """How a node stands in a run."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Something it needs failed."""
    BYPASSED = "bypassed"
    """The branch it is on was not taken, or it is disabled."""
    CACHED = "cached"
    CANCELLED = "cancelled"


class RunStatus(enum.StrEnum):
    """How a run ended; degraded: to its end, with failures that did not stop it."""

    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DEGRADED = "degraded"


class RunStarted(NamedTuple):
    """A run has begun. `at` is in seconds since the epoch."""

    run_id: str
    name: str
    nodes: int
    at: float


class NodeStarted(NamedTuple):
    """A node has begun to run. Nodes that take no time are only told of when they have finished."""

    node_id: str
    at: float
    chain: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()


class NodeFinished(NamedTuple):
    """A node has come to its end, in whatever way."""

    node_id: str
    status: str
    began: float
    ended: float
    chain: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    error: str = ""


class NodeRetried(NamedTuple):
    """A node has failed and will run again after a delay (s)."""

    node_id: str
    attempt: int
    delay: float
    error: str
    chain: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()


class NodeProgressed(NamedTuple):
    """Of the items, turns or branches of a node under way, so many are done. `total` is 0 while nobody knows it."""

    node_id: str
    done: int
    total: int
    at: float
    chain: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()


class LineLogged(NamedTuple):
    """A node, or the engine for it, has written a line to the log."""

    node_id: str
    level: str
    message: str
    at: float
    data: Any = None
    chain: tuple[str, ...] = ()


class WorkflowCompiled(NamedTuple):
    """A workflow is ready to run; the stages (ms) are those of when it was compiled, which may be runs ago."""

    name: str
    stages: dict[str, float]
    chain: tuple[str, ...] = ()


class RunPaused(NamedTuple):
    """The run waits before this node (empty: wherever it is), for a breakpoint, a step, or because it was asked to."""

    node_id: str
    at: float


class RunResumed(NamedTuple):
    """The run goes on."""

    at: float


class RunFinished(NamedTuple):
    """A run has ended."""

    run_id: str
    status: str
    elapsed: float


RunFact = (
    RunStarted
    | NodeStarted
    | NodeFinished
    | NodeRetried
    | NodeProgressed
    | LineLogged
    | WorkflowCompiled
    | RunPaused
    | RunResumed
    | RunFinished
)

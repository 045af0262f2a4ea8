"""What a run is started with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from casare.engine.keeping.ledger import Observer, Rows
from casare.engine.keeping.result_cache import ResultCache
from casare.engine.keeping.showing import Mask
from casare.engine.performing.executors import Executor
from casare.engine.steps.workflow import Workflow
from casare.sdk import Desktop


class Library(Protocol):
    """Where nested workflows are found; whoever knows files provides it."""

    def find(self, reference: str, around: Workflow) -> Workflow:
        """Return the workflow that `reference` (a path, seen from the file of `around`, or a name) means.

        Raises CasareError when there is none, or when it cannot be run.
        """


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a workflow is run. Times in seconds; 0 is no limit."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    """Values that take the place of those the workflow's variables start with."""
    timeout: float = 0.0
    workers: int = 32
    """How many bodies that block may run at once, on threads."""
    processes: int = 0
    """How many processes for heavy bodies; 0 takes the number of cores."""
    sandbox: Path | None = None
    """The folder that nodes may not leave."""
    observer: Observer | None = None
    sink: Rows | None = None
    library: Library | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    """How many may run at once, by `all`, `type:X`, `service:CATEGORY` or `node:ID`."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """How many may start in a second, by the same keys."""
    executors: Mapping[str, Callable[[], Executor]] = field(default_factory=dict)
    """What runs bodies in place of casare's own `thread`, `async` or `process`, such as a cluster."""
    breakpoints: frozenset[str] = frozenset()
    pinned: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Outputs by node id; such a node does not run, and its outputs are these."""
    cache: ResultCache | None = None
    """Results of earlier calls, for nodes that ask for it with `_cache_enabled`."""
    reuse: bool = False
    """Whether all nodes use it that are declared pure and take long enough to run elsewhere."""
    secrets: Callable[[str], str | None] | None = None
    desktop: Desktop | None = None
    """The window it is started from, for nodes that ask a person; None where nobody is there."""
    mask: Mask | None = None
    """Hides secrets in what is told of the run; the run teaches it those it comes to know."""
    eager: bool = False
    """Whether nested workflows are found and compiled, and all nodes bound, before anything runs; not by the run itself
    but by whoever makes it, with `eager.make_ready`."""
    stepping: bool = False
    """Whether the run waits before its first node."""

"""What happened in a run: one stream of rows, from which come statuses, times, facts for whoever watches, records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from casare.engine.deciding.state import Frame, Scope
from casare.engine.errors import Problem
from casare.engine.steps.workflow import Workflow
from casare.events import LineLogged, NodeFinished, NodeRetried, NodeStarted, RunFact

Observer = Callable[[Sequence[RunFact]], None]
"""Is given facts in batches, on the thread of the run."""
RUNNING: Final = "running"
_RAN: Final = frozenset({"completed", "failed", "cached"})


class Row(NamedTuple):
    """One thing that happened to a slot; times in ns of the performance counter."""

    scope: Scope
    slot: int
    began: int
    ended: int
    status: str
    told: Any
    """What a node gave, or the problem of one that failed."""


class Detail(NamedTuple):
    """What else is known about a run of a slot whose row is yet to come: for records, not for those who watch."""

    scope: Scope
    slot: int
    inputs: dict[str, Any] | None = None
    """The arguments of its body."""
    wait_ns: int | None = None
    cpu_ns: int | None = None
    memory_bytes: int | None = None
    turn: Any = None
    """What a loop gives for the turn that begins now."""


Rows = Callable[[Sequence[Any], int], None]
"""Is given rows and facts in the order they happened, and when the run began."""


_finished: Final = partial(tuple.__new__, NodeFinished)
"""A named tuple from its fields, in half the time its own constructor takes."""


class Tally:
    """How often each slot of one workflow ran, how long in all, and how it ended last."""

    __slots__ = ("errors", "runs", "status", "total_ns", "workflow")

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.runs = [0] * workflow.plan.size
        self.total_ns = [0] * workflow.plan.size
        self.status: list[str] = ["pending"] * workflow.plan.size
        self.errors: dict[int, Problem] = {}


class Ledger:
    """Collect rows while the run goes on, and settle them when there is time: between nodes, every few ms."""

    def __init__(self, began: int, observer: Observer | None = None, sink: Rows | None = None) -> None:
        self.began = began
        self.rows: list[Any] = []
        """Rows, as plain tuples in the order of `Row`, and facts. Any thread may append."""
        self.tallies: dict[tuple[tuple[str, ...], int], Tally] = {}
        self.lines: list[LineLogged] = []
        self.retries: list[NodeRetried] = []
        self._observer = observer
        self._sink = sink

    @property
    def details(self) -> list[Any] | None:
        """Return where details go, or None when nobody writes them down."""
        return self.rows if self._sink is not None else None

    def flush(self) -> None:
        """Settle what has come in."""
        # Other threads append meanwhile; what comes in now is for the next time.
        rows = self.rows[:]
        if not rows:
            return
        del self.rows[: len(rows)]
        frame: Frame | None = None
        tally = None
        facts: list[Any] = []
        for row in rows:
            if type(row) is not tuple:
                if type(row) is not Detail:
                    facts.append(row)
                continue
            scope, slot, began, ended, status, told = row
            if scope.frame is not frame or tally is None:
                frame, tally = scope.frame, self.tally(scope)
            tally.status[slot] = status
            if status in _RAN:
                tally.runs[slot] += 1
                tally.total_ns[slot] += ended - began
                if status == "failed":
                    tally.errors[slot] = told
        for fact in facts:
            if isinstance(fact, LineLogged):
                self.lines.append(fact)
            elif isinstance(fact, NodeRetried):
                self.retries.append(fact)
        if self._sink is not None:
            self._sink(rows, self.began)
        if self._observer is not None:
            self._observer(self._facts(rows))

    def tally(self, scope: Scope) -> Tally:
        """Return the tally that a scope's slots count in."""
        frame = scope.frame
        key = (frame.chain, id(frame.workflow))
        found = self.tallies.get(key)
        if found is None:
            found = self.tallies[key] = Tally(frame.workflow)
        return found

    def seconds(self, at: int) -> float:
        """Return a time as seconds since the run began."""
        return (at - self.began) / 1e9

    def _facts(self, rows: Sequence[Any]) -> list[RunFact]:
        """Return rows as facts. Most rows of a batch are of one scope, whose place is worked out once."""
        found: list[RunFact] = []
        add, start = found.append, self.began
        around: Scope | None = None
        ids: tuple[str, ...] = ()
        chain: tuple[str, ...] = ()
        turns: tuple[int, ...] = ()
        for row in rows:
            if type(row) is not tuple:
                if type(row) is not Detail:
                    add(row)
                continue
            scope, slot, began, ended, status, told = row
            if scope is not around:
                around, ids, chain = scope, scope.frame.plan.ids, scope.frame.chain
                turns = scope.turns if scope.parent is not None else ()
            if status == RUNNING:
                add(NodeStarted(ids[slot], (began - start) / 1e9, chain, turns))
                continue
            error = told.message if status == "failed" and told is not None else ""
            add(_finished((ids[slot], status, (began - start) / 1e9, (ended - start) / 1e9, chain, turns, error)))
        return found

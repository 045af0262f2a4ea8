"""One workflow run once for each of many items: a whole sub-workflow per parameter set, results in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casare.engine.deciding import owners
from casare.engine.deciding.state import FAILED, Frame, Outcome, Owner, Scope
from casare.engine.deciding.ways import ways_out
from casare.engine.errors import Problem
from casare.engine.planning.policy import Batch
from casare.engine.steps.names import FrameNames
from casare.engine.values import Values
from casare.events import NodeProgressed, NodeRetried

if TYPE_CHECKING:
    from casare.engine.performing.performer import Performer

_clock = time.perf_counter_ns


class NestedBatch:
    """The runs of one node's workflow, some at the same time. `call` begins one, with its item among these names."""

    def __init__(
        self,
        performer: Performer,
        owner: Owner,
        batch: Batch,
        items: list[Any],
        call: Callable[[FrameNames, int], None],
    ) -> None:
        self._performer = performer
        self._owner = owner
        self._batch = batch
        self._items = items
        self._call = call
        self._next = 0
        self._done = 0
        self._results: list[dict[str, Any]] = [{} for _ in items]
        self._errors: list[dict[str, Any]] = []
        self._times = [0.0] * len(items)
        self._ways: set[str] | None = None
        """The control outputs any of them was left by, where they have their own."""
        self._began: dict[int, tuple[int, int]] = {}
        """For each item under way, when it began and which attempt it is."""

    def begin(self) -> None:
        """Start as many as may run at once."""
        self._more()

    def take(self, outputs: Callable[[Frame], dict[str, Any]]) -> None:
        """Take what has ended since, and start what there is room for now."""
        owner = self._owner
        ended: dict[int, tuple[Scope, Outcome]] = owner.results
        owner.results = {}
        for at, (scope, outcome) in sorted(ended.items()):
            if owner.given_up or owner.scope.closed:
                return
            began, attempt = self._began.pop(at)
            self._times[at] = (_clock() - began) / 1e6
            if outcome.how == FAILED:
                self._failed(at, attempt, scope.failures)
            else:
                self._results[at] = outputs(scope.frame)
                ways = ways_out(scope.frame)
                if ways is not None:
                    self._ways = {*(self._ways or ()), *ways}
                self._done += 1
        if not owner.given_up:
            self._tell()
            self._more()

    def _more(self) -> None:
        while len(self._began) < self._batch.at_once and self._next < len(self._items):
            at, self._next = self._next, self._next + 1
            self._start(at, 1)
            if self._owner.given_up or self._owner.scope.closed:
                return
        if self._done == len(self._items):
            self._end()

    def _start(self, at: int, attempt: int) -> None:
        owner, name = self._owner, self._batch.name
        self._began[at] = (_clock(), attempt)
        try:
            self._call(owner.scope.frame.names.with_names({name: self._items[at], f"{name}_index": at}), at)
        except Exception as error:
            from casare.engine.problems import problem_of

            self._began.pop(at)
            self._failed(at, attempt, [problem_of(owner.scope, owner.slot, "", error)])

    def _failed(self, at: int, attempt: int, problems: list[Problem]) -> None:
        owner, machine = self._owner, self._performer.machine
        if attempt <= self._batch.retries:
            node_id, chain = owner.scope.frame.plan.ids[owner.slot], owner.scope.frame.chain
            self._performer.rows.append(NodeRetried(node_id, attempt + 1, 0.0, problems[0].message, chain, (at,)))
            self._start(at, attempt + 1)
            return
        told = [one._replace(message=f"item {at + 1}: {one.message}") for one in problems]
        if self._batch.fail_fast:
            owners.give_up_now(machine, owner, told)
            return
        self._done += 1
        self._errors.append({"index": at, "message": told[0].message, "type": told[0].type})
        machine.tolerated += told

    def _tell(self) -> None:
        scope = self._owner.scope
        at = self._performer.ledger.seconds(_clock())
        node_id = scope.frame.plan.ids[self._owner.slot]
        self._performer.rows.append(NodeProgressed(node_id, self._done, len(self._items), at, scope.frame.chain))

    def _end(self) -> None:
        names = dict.fromkeys(name for one in self._results for name in one)
        value = Values({name: [one.get(name) for one in self._results] for name in names})
        value.setdefault("results", self._results)
        value.setdefault("errors", sorted(self._errors, key=lambda one: int(one["index"])))
        value.setdefault("times_ms", self._times)
        value.setdefault("success", not self._errors)
        self._owner.scope.frame.outputs[self._owner.slot] = value
        owners.returned(self._performer.machine, self._owner, self._ways)

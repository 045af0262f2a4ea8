"""Run one node once for each of many items, one after the other or several at a time; results keep the order."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from casare.engine.errors import BindError
from casare.engine.executors import Cancel
from casare.engine.ledger import RUNNING
from casare.engine.policy import Batch, delay_before
from casare.engine.problems import problem_of
from casare.engine.state import Scope
from casare.engine.step import Mode, Step, run_body, work_of
from casare.engine.values import Values
from casare.events import NodeProgressed, NodeRetried
from casare.expressions import evaluate
from casare.sdk import as_list

if TYPE_CHECKING:
    from casare.engine.acts import Acts
    from casare.engine.performer import Performer

_TURN_NS: Final = 16_000_000
MOST_ITEMS: Final = 1_000_000
_clock = time.perf_counter_ns


def batch_items(batch: Batch, scope: Scope) -> list[Any]:
    """Return the items of a batch. Raises BindError when there are too many of them."""
    found = evaluate(batch.items, scope.frame.names)
    items = list(found.values()) if isinstance(found, Mapping) else as_list(found)
    if len(items) > MOST_ITEMS:
        raise BindError(f"a batch of {len(items):,} items is too large", mend=f"Take at most {MOST_ITEMS:,}.")
    return items


def begin_batch(performer: Performer, acts: Acts, scope: Scope, slot: int, step: Step) -> None:
    """Begin the batch of a node."""
    batch = step.policy.batch
    assert batch is not None
    try:
        if step.refusal is not None:
            raise step.refusal
        items = batch_items(batch, scope)
    except Exception as error:
        performer.failed(scope, slot, step, error, _clock())
        return
    _Batch(performer, acts, scope, slot, step, items).begin()


class _Batch:
    """One batch under way. It is held like an act, so that it can be stopped like one."""

    def __init__(self, performer: Performer, acts: Acts, scope: Scope, slot: int, step: Step, items: list[Any]) -> None:
        self._performer = performer
        self._acts = acts
        self.scope = scope
        self.slot = slot
        self._step = step
        self._items = items
        self._results: list[Any] = [None] * len(items)
        self._errors: list[dict[str, Any]] = []
        self._times = [0.0] * len(items)
        self._next = 0
        self._running = 0
        self.keys: tuple[str, ...] = ()
        self.began = 0
        self.over = False
        self.cancels: set[Cancel] = set()
        self._done = 0
        self._told_ns = 0

    def begin(self) -> None:
        """Start as many items as may run at once."""
        self.began = _clock()
        self._performer.rows.append((self.scope, self.slot, self.began, self.began, RUNNING, None))
        self._acts.hold(self.scope, self)
        batch = self._step.policy.batch
        if batch is not None and batch.at_once > 1 and self._step.batched is Mode.INLINE:
            told = "the items run one after the other: the node is a plain function that does not wait"
            self._performer.note(self.scope, self.slot, told)
        self._more()

    def cancel(self) -> None:
        """Give up the items that are under way."""
        for one in list(self.cancels):
            one()

    def _more(self) -> None:
        batch = self._step.policy.batch
        assert batch is not None
        until = _clock() + _TURN_NS
        while not self.over and self._running < batch.at_once and self._next < len(self._items):
            if _clock() > until:
                # Whoever wants to stop the run, or to see how far it is, must be heard in between.
                self._performer.post(self._more)
                return
            at, self._next = self._next, self._next + 1
            self._running += 1
            self._start(at, 1)
        if not self.over and not self._running and self._next >= len(self._items):
            self._end()

    def _start(self, at: int, attempt: int) -> None:
        step = self._step
        batch = step.policy.batch
        assert batch is not None
        assert step.body is not None
        began = _clock()
        names = self.scope.frame.names.with_names({batch.name: self._items[at], f"{batch.name}_index": at})
        try:
            arguments = step.arguments.bind(self.scope, names)
            if step.batched is Mode.INLINE:
                self._heard(at, attempt, began, run_body(step.body, arguments), None, go_on=False)
                return
        except Exception as error:
            self._heard(at, attempt, began, None, error, go_on=False)
            return
        work = work_of(step.batched, step.body, arguments)
        self._acts.submit(step, work, self, lambda value, error: self._heard(at, attempt, began, value, error))

    def _heard(self, at: int, attempt: int, began: int, value: Any, error: Any, *, go_on: bool = True) -> None:
        if self.over:
            return
        step = self._step
        batch = step.policy.batch
        assert batch is not None
        self._running -= 1
        self._times[at] = (_clock() - began) / 1e6
        if error is not None and attempt <= batch.retries:
            delay = delay_before(step.policy, batch.delay, attempt)
            self._performer.rows.append(
                NodeRetried(step.node_id, attempt + 1, delay, str(error), self.scope.frame.chain, (at,))
            )
            self._running += 1
            if delay:
                self._performer.after(delay, lambda: None if self.over else self._again(at, attempt + 1))
            else:
                self._start(at, attempt + 1)
            return
        if error is not None:
            problem = problem_of(self.scope, self.slot, step.type, error)
            problem = problem._replace(message=f"item {at + 1}: {problem.message}")
            if batch.fail_fast:
                self._stop()
                self._performer.failed(self.scope, self.slot, step, _ItemError(problem.message, error), self.began)
                return
            self._errors.append({"index": at, "message": problem.message, "type": problem.type})
            self._performer.machine.tolerated.append(problem)
        else:
            self._results[at] = value
        self._done += 1
        self._tell()
        if go_on:
            self._more()

    def _again(self, at: int, attempt: int) -> None:
        self._start(at, attempt)
        self._more()

    def _tell(self) -> None:
        """Tell how far the batch has come, every few ms and at its end."""
        now = _clock()
        if now - self._told_ns < _TURN_NS and self._done < len(self._items):
            return
        self._told_ns = now
        scope = self.scope
        at, turns = self._performer.ledger.seconds(now), scope.turns if scope.parent is not None else ()
        fact = NodeProgressed(self._step.node_id, self._done, len(self._items), at, scope.frame.chain, turns)
        self._performer.rows.append(fact)

    def _stop(self) -> None:
        self.over = True
        self.cancel()
        self._acts.release(self.scope, self)

    def _end(self) -> None:
        self.over = True
        self._acts.release(self.scope, self)
        step = self._step
        named = [step.named(value) if value is not None else {} for value in self._results]
        outputs = Values({name: [one.get(name) for one in named] for name in step.output_names})
        outputs.setdefault("errors", sorted(self._errors, key=lambda one: int(one["index"])))
        outputs.setdefault("times_ms", self._times)
        self._performer.finished(self.scope, self.slot, step, outputs, self.began)


class _ItemError(ValueError):
    """The failure of one item, which fails the batch."""

    def __init__(self, message: str, cause: BaseException) -> None:
        super().__init__(message)
        self.__cause__ = cause

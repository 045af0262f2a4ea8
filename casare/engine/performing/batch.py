"""Run one node once for each of many items, one after the other or several at a time; results keep the order."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from casare.engine.deciding.state import Scope
from casare.engine.errors import BindError
from casare.engine.keeping.ledger import RUNNING
from casare.engine.performing.executors import Cancel, Work
from casare.engine.performing.process_pool import CannotTravelError
from casare.engine.performing.weights import CHUNK_NS, FEWEST, WORTH_NS, together, weigh, weight_of
from casare.engine.planning.policy import Batch, delay_before
from casare.engine.problems import problem_of
from casare.engine.steps.step import Mode, Step, run_body, work_of
from casare.engine.values import Values
from casare.events import NodeProgressed, NodeRetried
from casare.expressions import evaluate
from casare.foundation.serving import Answer, run_many
from casare.sdk import as_list

if TYPE_CHECKING:
    from casare.engine.performing.acts import Acts
    from casare.engine.performing.performer import Performer

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
        self._mode = step.batched
        """Where the items run; what is measured of the first ones may change it."""
        self._alone = bool(step.policy.timeout or step.policy.rate or step.policy.at_once)
        """Whether every item has to travel for itself."""
        self._settled = False

    def begin(self) -> None:
        """Start as many items as may run at once."""
        self.began = _clock()
        self._performer.rows.append((self.scope, self.slot, self.began, self.began, RUNNING, None))
        self._acts.hold(self.scope, self)
        if self._may_move() and (self._mode is Mode.THREAD or self._is_heavy()):
            # On threads they would share one core.
            self._mode = Mode.PROCESS
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
            at = self._next
            count = 1 if self._alone or self._mode is not Mode.PROCESS else self._together(batch.at_once)
            self._next += count
            self._running += 1
            if count > 1:
                self._start_many(range(at, at + count))
            else:
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
            if self._mode is Mode.INLINE:
                spent = time.thread_time_ns()
                value = run_body(step.body, arguments)
                if step.movable:
                    self._settle_mode(time.thread_time_ns() - spent)
                self._heard(at, attempt, began, value, None, go_on=False)
                return
        except Exception as error:
            self._heard(at, attempt, began, None, error, go_on=False)
            return
        work = work_of(self._mode, step.body, arguments)

        def heard(value: Any, error: Any) -> None:
            if isinstance(error, CannotTravelError) and step.batched is not Mode.PROCESS and not self.over:
                # It was casare's idea to send it.
                self._mode, self._settled = step.batched, True
                self._start(at, attempt)
                self._more()
            else:
                self._heard(at, attempt, began, value, error)

        self._acts.submit(step, self._mode, work, self, heard)

    def _start_many(self, span: range) -> None:
        """Start items that travel to a process as one."""
        step = self._step
        batch = step.policy.batch
        assert batch is not None
        assert step.body is not None
        began = _clock()
        held: list[tuple[int, Work]] = []
        failed: list[tuple[int, Exception]] = []
        for at in span:
            names = self.scope.frame.names.with_names({batch.name: self._items[at], f"{batch.name}_index": at})
            try:
                held.append((at, work_of(Mode.PROCESS, step.body, step.arguments.bind(self.scope, names))))
            except Exception as error:
                failed.append((at, error))

        def heard(value: Any, error: Any) -> None:
            self._running += len(span) - 1
            if error is not None and not self.over:
                # One of them may be at fault; each for itself, that shows.
                self._alone = True
                for at, _ in held:
                    self._start(at, 1)
            else:
                for (at, _), packed in zip(held, value or (), strict=False):
                    answer = Answer(*pickle.loads(packed))
                    self._heard(at, 1, _clock() - (answer.cpu_ns or 0), answer.value, answer.error, go_on=False)
            for at, raised in failed:
                self._heard(at, 1, began, None, raised, go_on=False)
            self._more()

        if not held:
            heard((), None)
            return
        work = Work(run_many, {"body": held[0][1].body, "calls": [one.arguments for _, one in held]})
        self._acts.submit(step, Mode.PROCESS, work, self, heard)

    def _may_move(self) -> bool:
        batch = self._step.policy.batch
        many = batch is not None and batch.at_once > 1 and len(self._items) > 1
        return many and self._step.movable and (os.cpu_count() or 1) > 1

    def _is_heavy(self) -> bool:
        body = self._step.body
        found = weight_of(body) if body is not None else None
        return found is not None and found.cpu_ns >= WORTH_NS

    def _together(self, at_once: int) -> int:
        body = self._step.body
        return together(body, len(self._items) - self._next, at_once) if body is not None else 1

    def _settle_mode(self, cpu_ns: int) -> None:
        """Go on in processes when the first items that ran here were heavy enough for that."""
        body = self._step.body
        if self._settled or body is None:
            return
        weigh(body, cpu_ns)
        self._settled = self._done + 1 >= FEWEST or cpu_ns > CHUNK_NS
        if self._settled and self._may_move() and (cpu_ns > CHUNK_NS or self._is_heavy()):
            self._mode = Mode.PROCESS

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
                NodeRetried(
                    *(step.node_id, attempt + 1, delay, self._performer.clean(str(error))),
                    *(self.scope.frame.chain, (at,)),
                )
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
        if self._mode is Mode.INLINE and step.policy.batch is not None and step.policy.batch.at_once > 1:
            told = "the items run one after the other: the node is a plain function that does not wait"
            self._performer.note(self.scope, self.slot, told)
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

"""Bodies under way elsewhere: begun within limits, given up in time, tried again, heard when they come back."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from casare.engine.deciding.state import NOTHING, Scope
from casare.engine.errors import NodeTimeoutError
from casare.engine.keeping.ledger import RUNNING, Detail
from casare.engine.performing.executors import UNKNOWN, AsyncExecutor, Cancel, Executor, Spent, ThreadExecutor, Work
from casare.engine.performing.limits import Gate
from casare.engine.performing.weights import clock, is_lasting, is_light, weigh
from casare.engine.planning.policy import delay_before, numbers_in
from casare.engine.steps.step import Mode, Step, run_body, work_of
from casare.events import NodeRetried

if TYPE_CHECKING:
    from pathlib import Path

    from casare.engine.keeping.result_cache import ResultCache
    from casare.engine.performing.performer import Performer

_GRACE_S: Final = 0.05
_clock = time.perf_counter_ns


class Holder(Protocol):
    """Something under way that holds several bodies, such as a batch."""

    cancels: set[Any]
    over: bool


class Act:
    """One body under way."""

    __slots__ = ("arguments", "asked", "attempt", "began", "cancel", "key", "keys", "over", "scope", "slot", "step")

    def __init__(self, scope: Scope, slot: int, step: Step, arguments: dict[str, Any], keys: tuple[str, ...]) -> None:
        self.scope = scope
        self.slot = slot
        self.step = step
        self.arguments = arguments
        self.keys = keys
        self.attempt = 1
        self.asked = _clock()
        """When it was ready."""
        self.began = 0
        self.cancel: Cancel | None = None
        self.over = False
        self.key: bytes | None = None


class Acts:
    """All acts of a run, and the executors that carry them out."""

    def __init__(self, performer: Performer) -> None:
        self._performer = performer
        settings = performer.workflow.graph.settings
        limits = {key: int(value) for key, value in numbers_in(settings.get("limits")).items() if value >= 1}
        self._gate = Gate({**limits, **performer.options.limits})
        self._rates = {**numbers_in(settings.get("rates")), **performer.options.rates}
        self._of_scope: dict[Scope, set[Any]] = {}
        self._executors: dict[Mode, Executor] = {}
        self._next_start: dict[str, int] = {}
        self._given_up: list[tuple[Any, Cancel]] = []
        """What was stopped under way, and may not have heard of it."""

    def begin(self, scope: Scope, slot: int, step: Step) -> None:
        """Begin the body of a node, once there is room for it."""
        performer = self._performer
        if step.mode is Mode.BATCH:
            from casare.engine.performing.batch import begin_batch

            begin_batch(performer, self, scope, slot, step)
            return
        try:
            if step.refusal is not None:
                raise step.refusal
            arguments = step.arguments.bind(scope)
        except Exception as error:
            performer.failed(scope, slot, step, error, _clock())
            return
        act = Act(scope, slot, step, arguments, self.keys(step))
        if performer.options.cache is not None and (
            step.policy.cache or (performer.options.reuse and step.policy.pure)
        ):
            act.key = self._key(performer.options.cache, act)
            held = performer.options.cache.find(act.key) if act.key is not None else NOTHING
            if held is not NOTHING:
                performer.finished(scope, slot, step, held, _clock(), "cached")
                return
        self.hold(scope, act)
        self._enter(act)

    def _key(self, cache: ResultCache, act: Act) -> bytes | None:
        """Return what stands for this call: its body, what it is given, and the files that names among that mean."""
        shown = act.step.arguments.shown(act.arguments)
        folder = act.scope.frame.workflow.folder
        files: list[Path] = []
        for name in act.step.arguments.file_inputs():
            if isinstance(text := shown.get(name), str) and text:
                with suppress(OSError, ValueError):
                    files.append(self._performer.path(text, folder))
        return cache.key(act.step.type, shown, act.step.body, files)

    def keys(self, step: Step) -> tuple[str, ...]:
        """Return the limits that a node counts towards."""
        return self._gate.keys(step.node_id, step.type, step.policy.category, step.policy.at_once)

    def hold(self, scope: Scope, act: Any) -> None:
        """Take note that an act of this scope is under way."""
        self._performer.machine.deferred(scope)
        self._of_scope.setdefault(scope, set()).add(act)

    def release(self, scope: Scope, act: Any) -> None:
        """Take note that it is not any more."""
        held = self._of_scope.get(scope)
        if held is not None:
            held.discard(act)
            if not held:
                del self._of_scope[scope]
        self._performer.machine.arrived(scope)

    def submit(self, step: Step, mode: Mode, work: Work, owner: Holder, heard: Callable[[Any, Any], None]) -> None:
        """Run one item of a batch elsewhere within its limits; `heard` is called once, on the run's thread."""
        performer, keys = self._performer, self.keys(step)
        over = False
        cancel: Cancel | None = None

        def begin() -> None:
            nonlocal cancel
            cancel = self.executor(mode).submit(
                work, lambda value, error, spent=UNKNOWN: performer.post(lambda: back(value, error))
            )
            owner.cancels.add(cancel)
            if step.policy.timeout:
                performer.after(step.policy.timeout, late)

        def late() -> None:
            if not over and cancel is not None:
                cancel()
                back(None, _too_late(step))

        def back(value: Any, error: Any) -> None:
            nonlocal over
            if over:
                return
            over = True
            owner.cancels.discard(cancel)
            self._gate.leave(keys)
            heard(value, error)

        def enter() -> None:
            if not owner.over:
                self._gate.enter(keys, begin, owner)

        self._in_time(step, enter)

    @property
    def busy(self) -> bool:
        """Tell whether anything is under way."""
        return bool(self._of_scope)

    def stop(self, scope: Scope) -> None:
        """Give up everything that is under way for a scope."""
        for act in self._of_scope.pop(scope, set()):
            act.over = True
            waited = self._gate.withdraw(act)
            if act.cancel is not None:
                act.cancel()
                self._given_up.append((act, act.cancel))
            if act.began and not waited:
                self._gate.leave(act.keys)
            self._performer.rows.append((act.scope, act.slot, act.began or _clock(), _clock(), "cancelled", None))

    def executor(self, mode: Mode) -> Executor:
        """Return where bodies of this mode run, made when first needed."""
        found = self._executors.get(mode)
        if found is None:
            options = self._performer.options
            if mode is Mode.ASYNC:
                found = options.executors.get("async", AsyncExecutor)()
            elif mode is Mode.PROCESS and "process" in options.executors:
                found = options.executors["process"]()
            elif mode is Mode.PROCESS:
                from casare.engine.performing.processes import ProcessExecutor

                found = ProcessExecutor(options.processes or os.cpu_count() or 1)
            else:
                make = options.executors.get("thread", lambda: ThreadExecutor(max(1, options.workers)))
                found = make()
            self._executors[mode] = found
        return found

    def close(self) -> None:
        """Stop everything and let go of threads and processes."""
        for scope in list(self._of_scope):
            self.stop(scope)
        for executor in self._executors.values():
            executor.close(_GRACE_S)
        self._tell_of_abandoned()

    def _tell_of_abandoned(self) -> None:
        """Write to the log which bodies were left behind: Python cannot stop a thread that waits for something."""
        threads = self._executors.get(Mode.THREAD)
        if isinstance(threads, ThreadExecutor):
            for act, cancel in self._given_up:
                if threads.is_busy(cancel):
                    told = (
                        "it does not listen, so it was left behind on its thread and ends when what it waits for does"
                    )
                    self._performer.log(act.scope, act.step.node_id, "warning", told)

    def _enter(self, act: Act) -> None:
        self._in_time(act.step, lambda: self._let_in(act))

    def _in_time(self, step: Step, begin: Callable[[], None]) -> None:
        """Begin as soon as the rates of a node, its type and its service allow."""
        rates = self._rates_of(step)
        now = at = _clock()
        for key, _ in rates:
            at = max(at, self._next_start.get(key, 0))
        for key, rate in rates:
            self._next_start[key] = at + int(1e9 / rate)
        if at > now:
            self._performer.after((at - now) / 1e9, begin)
        else:
            begin()

    def _rates_of(self, step: Step) -> list[tuple[str, float]]:
        node = f"node:{step.node_id}"
        if not self._rates:
            return [(node, step.policy.rate)] if step.policy.rate else []
        keys = (f"service:{step.policy.category}", f"type:{step.type}", "all")
        found = [(key, self._rates[key]) for key in keys if self._rates.get(key, 0) > 0]
        own = step.policy.rate or self._rates.get(node, 0.0)
        return [*found, (node, own)] if own else found

    def _let_in(self, act: Act) -> None:
        if not act.over:
            self._gate.enter(act.keys, lambda: self._launch(act), act)

    def _launch(self, act: Act) -> None:
        performer, step = self._performer, act.step
        act.began = _clock()
        if step.mode is Mode.CAREFUL:
            try:
                value, error = run_body(step.body, act.arguments) if step.body is not None else None, None
            except Exception as raised:
                value, error = None, raised
            self._back(act, act.attempt, value, error)
            return
        performer.rows.append((act.scope, act.slot, act.began, act.began, RUNNING, None))
        attempt = act.attempt
        body = step.body
        assert body is not None
        work = work_of(step.mode, body, act.arguments)
        if step.policy.timeout:
            performer.after(step.policy.timeout, lambda: self._time_is_up(act, attempt))
        light = step.mode is Mode.PROCESS and step.movable and is_light(body)
        act.cancel = self.executor(Mode.THREAD if light else step.mode).submit(
            work,
            lambda value, error, spent=UNKNOWN: performer.post(lambda: self._back(act, attempt, value, error, spent)),
        )

    def _time_is_up(self, act: Act, attempt: int) -> None:
        if act.over or act.attempt != attempt or not act.began:
            return
        if act.cancel is not None:
            act.cancel()
        self._back(act, attempt, None, _too_late(act.step))

    def _back(self, act: Act, attempt: int, value: Any, error: BaseException | None, spent: Spent = UNKNOWN) -> None:
        """Hear how an attempt ended: with a value, or with an error after which there may be another."""
        if act.over or act.attempt != attempt:
            return
        performer, step = self._performer, act.step
        self._gate.leave(act.keys)
        act.cancel = None
        if error is not None and act.attempt <= step.policy.retries and isinstance(error, Exception):
            delay = delay_before(step.policy, step.policy.delay, act.attempt)
            act.attempt += 1
            turns = act.scope.turns if act.scope.parent is not None else ()
            performer.rows.append(
                NodeRetried(step.node_id, act.attempt, delay, performer.clean(str(error)), act.scope.frame.chain, turns)
            )
            act.began = 0
            performer.after(delay, lambda: self._let_in(act))
            return
        act.over = True
        if step.movable and step.mode is Mode.THREAD and spent.cpu_ns is not None and step.body is not None:
            weigh(step.body, spent.cpu_ns)
        if step.clocked and step.mode is Mode.THREAD and spent.wall_ns is not None and step.body is not None:
            clock(step.body, spent.wall_ns)
            if not is_lasting(step.body):
                act.scope.frame.workflow.rebind(act.slot)
        self._note_cost(act, spent)
        self.release(act.scope, act)
        if error is None:
            if act.key is not None and performer.options.cache is not None:
                performer.options.cache.keep(act.key, value)
            performer.finished(act.scope, act.slot, step, value, act.began)
        else:
            told = NodeTimeoutError("it was stopped") if isinstance(error, asyncio.CancelledError) else error
            performer.failed(act.scope, act.slot, step, told, act.began)

    def _note_cost(self, act: Act, spent: Spent) -> None:
        details = self._performer.ledger.details
        if details is not None:
            began = spent.began_ns or act.began
            waited = max(0, began - act.asked) if act.attempt == 1 else None
            details.append(Detail(act.scope, act.slot, None, waited, spent.cpu_ns, spent.memory_bytes))


def _too_late(step: Step) -> NodeTimeoutError:
    mend = "Give it more time with its timeout, or look at why it is slow."
    return NodeTimeoutError(f"it took longer than {step.policy.timeout:g} s", mend=mend)

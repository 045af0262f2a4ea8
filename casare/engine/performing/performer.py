"""Carry out what the machine asks for: run bodies here or elsewhere, keep times, hear what comes back."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from casare.engine.deciding.machine import ABORT, Machine
from casare.engine.deciding.state import BREAK, CONTINUE, NOTHING, Frame, Scope
from casare.engine.errors import NodeTimeoutError, Problem
from casare.engine.keeping.ledger import RUNNING, Detail, Ledger
from casare.engine.keeping.showing import Mask, credentials_in, shown_value
from casare.engine.options import RunOptions
from casare.engine.performing import turns
from casare.engine.performing.acts import Acts
from casare.engine.performing.nested import Nesting
from casare.engine.performing.weights import LASTING_NS, clock
from casare.engine.planning.kinds import FORK
from casare.engine.problems import problem_of
from casare.engine.steps.context import resolve_path
from casare.engine.steps.step import Mode, Step
from casare.engine.steps.workflow import Workflow
from casare.engine.values import Values
from casare.events import LineLogged, NodeProgressed, RunPaused, RunResumed

_HERE: Final = frozenset({Mode.INLINE, Mode.PASS, Mode.CAREFUL, Mode.JUMP})
"""Where a node runs that is no stage of a pipeline."""
_FLUSH_NS: Final = 16_000_000
_DENSE: Final = 10
_DENSE_FROM: Final = 50
"""From so many nodes on, more than ten wires a node are worth a warning."""
_clock = time.perf_counter_ns


class Performer:
    """Drive one run on the calling thread. `post` may be called from any thread, all else from the driving one."""

    def __init__(self, workflow: Workflow, options: RunOptions) -> None:
        settings = workflow.graph.settings
        limit = settings.get("visit_limit")
        self.options = options
        self.workflow = workflow
        self._mask = options.mask or Mask()
        self.machine = Machine(
            stop_on_error=settings.get("stop_on_error") is not False,
            visit_limit=limit if isinstance(limit, int) and limit > 0 else 1000,
        )
        self.ledger = Ledger(_clock(), options.observer, options.sink)
        self.rows = self.ledger.rows
        self.inbox: SimpleQueue[Callable[[], Any]] = SimpleQueue()
        self.acts = Acts(self)
        self.nesting = Nesting(self)
        self.began: dict[tuple[Scope, int], int] = {}
        """When the owners that are under way began."""
        self.cancelled = False
        self._noted: set[tuple[Workflow, int]] = set()
        self._timers: list[tuple[int, int, Callable[[], Any]]] = []
        self._numbers = count()
        self._attention = False
        self._paused = options.stepping
        self._steps = 0
        self._passed: object = None
        self._pinned = {
            workflow.number[node_id]: Values(outputs)
            for node_id, outputs in options.pinned.items()
            if node_id in workflow.number
        }
        self._watchful = bool(self._pinned or options.breakpoints or options.stepping)
        self.root: Frame | None = None

    def drive(self) -> None:
        """Run the workflow to its end."""
        variables = self.workflow.variables() | dict(self.options.variables)
        self.root = Frame(self.workflow.plan, variables, self.workflow, self)
        self.root.details = self.ledger.details
        self._warn_of_density()
        if self.options.timeout:
            self.after(self.options.timeout, self._time_is_up)
        try:
            self.machine.begin(self.root)
            while self.machine.ended is None:
                self._attention = False
                self._pump()
                self._hear()
            # What the end itself asked for: to stop what is still under way.
            self._orders()
        finally:
            self.acts.close()
            self._note_settled()
            self._flush()

    def post(self, work: Callable[[], Any]) -> None:
        """Have `work` done on the thread of the run, soon."""
        self.inbox.put(work)
        self._attention = True

    def after(self, seconds: float, work: Callable[[], Any]) -> None:
        """Have `work` done on the thread of the run, later."""
        heapq.heappush(self._timers, (_clock() + int(seconds * 1e9), next(self._numbers), work))

    def cancel(self) -> None:
        """Stop the run. On the driving thread."""
        self.cancelled = True
        self.machine.cancel()

    def pause(self, *, paused: bool, steps: int = 0) -> None:
        """Hold the run, let it go on, or let a number of nodes run. On the driving thread."""
        was = self._paused
        self._paused, self._steps = paused, steps
        self._watchful = self._watchful or paused
        if was and not paused:
            self.rows.append(RunResumed(self.ledger.seconds(_clock())))
        elif paused and not was:
            self.rows.append(RunPaused("", self.ledger.seconds(_clock())))

    def log(self, scope: Scope, node_id: str, level: str, message: str, data: Any = None) -> None:
        """Write a line to the log. From any thread."""
        at = self.ledger.seconds(_clock())
        shown = shown_value(data, self._mask) if data is not None else None
        self.rows.append(LineLogged(node_id, level, self._mask.text(message), at, shown, scope.frame.chain))

    def path(self, text: str, folder: Path | None) -> Path:
        """Return the path a node may use."""
        return resolve_path(text, folder, self.options.sandbox)

    def secret(self, name: str) -> str | None:
        """Return a secret of this computer, or None."""
        found = self.options.secrets(name) if self.options.secrets is not None else None
        self.hide(found)
        return found

    def hide(self, *secrets: Any) -> None:
        """Keep these values out of whatever is told of the run. From any thread."""
        self._mask.hide(*secrets)

    def clean(self, text: str) -> str:
        """Return a text without secrets."""
        return self._mask.text(text)

    def failed(self, scope: Scope, slot: int, step: Step, error: BaseException, began: int) -> None:
        """Take note that a node has failed."""
        problem = problem_of(scope, slot, step.type, error)
        self.rows.append((scope, slot, began, _clock(), "failed", problem))
        if scope.stages is not None:
            scope.stages.leave(scope, slot)
        if step.policy.goes_on:
            self.machine.tolerated.append(problem)
            self.machine.complete(scope, slot)
        else:
            self.machine.fail(scope, slot, [problem])

    def finished(self, scope: Scope, slot: int, step: Step, value: Any, began: int, status: str = "completed") -> None:
        """Take note that a node has given a value."""
        scope.frame.outputs[slot] = value
        if step.telling:
            named = step.named(value)
            self.hide(*credentials_in(named), *(one for held in named.values() for one in credentials_in(held)))
        if step.kept:
            scope.frame.history.setdefault(slot, []).append((scope.turns, value))
        self.rows.append((scope, slot, began, _clock(), status, value))
        if scope.stages is not None:
            scope.stages.leave(scope, slot)
        self.machine.complete(scope, slot, None if isinstance(value, Values) else step.way(value))

    def _pump(self) -> None:
        """Run what is ready. The first branch is the fast path: plain functions, here and now."""
        machine = self.machine
        todo = machine.todo
        fast = not self._watchful
        began = _clock()
        flush_at = began + _FLUSH_NS
        while todo and not self._attention:
            if not fast and not self._may_pass(todo[0]):
                break
            scope, slot = todo.popleft()
            if fast and slot >= 0 and scope.calls[slot] is not None and not scope.starved:
                began = self._run_on(scope, slot, began, flush_at)
                if began < flush_at and not machine.settled:
                    continue
            elif slot >= 0:
                self._run(scope, slot, scope.frame.workflow.step(slot))
            else:
                turns.order(self, scope, slot)
            if machine.settled or machine.notices:
                self._note_settled()
            began = _clock()
            if began >= flush_at:
                self._clock_last()
                self._flush()
                flush_at = began + _FLUSH_NS
                self._ring(began)

    def _run_on(self, scope: Scope, slot: int, began: int, until: int) -> int:
        """Run a plain function and, as long as exactly one follows and nothing else is ready, the next.

        This is what `Machine.complete` comes to for a node that leads to one other and to nothing else, written out: a
        chain of such nodes costs two calls a node. Returns when the last one ended.
        """
        calls, outputs, onward, pending = scope.calls, scope.outputs, scope.live.onward, scope.pending
        todo, append = self.machine.todo, self.rows.append
        passed = 0
        while (call := calls[slot]) is not None:
            try:
                value = call(scope)
            except Exception as error:
                scope.left -= passed
                self.failed(scope, slot, scope.frame.workflow.step(slot), error, began)
                return _clock()
            outputs[slot] = value
            ended = _clock()
            append((scope, slot, began, ended, "completed", value))
            began = ended
            place = onward[slot]
            if place < 0 or todo or pending[place] != 1 or scope.ending:
                scope.left -= passed
                self.machine.complete(scope, slot)
                return began
            scope.fired[place] = 1
            pending[place] = 0
            passed += 1
            slot = scope.members[place]
            if self._attention or began >= until:
                break
        scope.left -= passed
        todo.append((scope, slot))
        return began

    def _clock_last(self) -> None:
        """Have the body that ran last run on a thread from now on, when it has kept the run waiting for long."""
        row = self.rows[-1] if self.rows else None
        if type(row) is tuple and row[3] - row[2] >= LASTING_NS:
            scope, slot, began, ended = row[:4]
            step = scope.frame.workflow.step(slot)
            if step.clocked and step.mode is not Mode.THREAD and step.body is not None:
                clock(step.body, ended - began)
                scope.frame.workflow.rebind(slot)

    def _run(self, scope: Scope, slot: int, step: Step) -> None:
        if self._watchful and not self._look(scope, slot, step):
            return
        if scope.stages is not None and step.mode not in _HERE and not scope.stages.enter(scope, slot):
            return
        if scope.starved and scope.live.plan.place[slot] in scope.starved:
            self.machine.skip(scope, slot)
            return
        began = _clock()
        if step.mode is Mode.OWNER:
            turns.begin(self, scope, slot, step)
        elif step.mode is Mode.NESTED:
            self.nesting.begin(scope, slot, step)
        elif step.mode is Mode.JUMP:
            how = BREAK if scope.live.plan.kinds[slot] == "break" else CONTINUE
            self.rows.append((scope, slot, began, _clock(), "completed", None))
            self.machine.jump(scope, slot, how)
        elif step.mode in (Mode.INLINE, Mode.PASS):
            try:
                value = step.call(scope)
            except Exception as error:
                self.failed(scope, slot, step, error, began)
            else:
                status = "bypassed" if step.mode is Mode.PASS else "completed"
                self.finished(scope, slot, step, value, began, status)
        else:
            self.acts.begin(scope, slot, step)

    def _look(self, scope: Scope, slot: int, step: Step) -> bool:
        """Stop at a breakpoint, hand a pinned value on; tell whether the node is to run."""
        chain = scope.frame.chain
        path = "/".join((*chain, step.node_id)) if chain else step.node_id
        if path in self.options.breakpoints and self._passed != (scope, slot):
            self._passed = (scope, slot)
            self._paused, self._steps = True, 0
            self.machine.todo.appendleft((scope, slot))
            self.rows.append(RunPaused(path, self.ledger.seconds(_clock())))
            return False
        self._passed = None
        if not chain and slot in self._pinned:
            self.finished(scope, slot, step, self._pinned[slot], _clock(), "cached")
            return False
        return True

    def _may_pass(self, ready: tuple[Any, int]) -> bool:
        """Tell whether a held run may do one thing more: an order always, a node when a step was asked for."""
        if not self._paused or ready[1] < 0:
            return True
        if self._steps:
            self._steps -= 1
            return True
        return False

    def _hear(self) -> None:
        """Hear what has come back; wait for it when there is nothing else to do."""
        self._ring(_clock())
        if self._ended():
            return
        held = self._paused and not self._steps
        busy = bool(self.machine.todo) and not held
        if not busy:
            self._note_settled()
            self._flush()
            if not (held or self._timers or self.acts.busy or self.inbox.qsize()):
                self._halted()
                return
        try:
            work = self.inbox.get(block=not busy, timeout=self._until_next())
            while True:
                work()
                if self._ended():
                    return
                work = self.inbox.get_nowait()
        except Empty:
            self._ring(_clock())

    def _ended(self) -> bool:
        return self.machine.ended is not None

    def _until_next(self) -> float | None:
        return max(0.0, (self._timers[0][0] - _clock()) / 1e9) if self._timers else None

    def _ring(self, now: int) -> None:
        while self._timers and self._timers[0][0] <= now and self.machine.ended is None:
            heapq.heappop(self._timers)[2]()

    def _orders(self) -> None:
        for scope, slot in list(self.machine.todo):
            if slot == ABORT:
                turns.order(self, scope, slot)
        self.machine.todo.clear()

    def _note_settled(self) -> None:
        now = _clock()
        for scope, slot, status, problem in self.machine.settled:
            began = self.began.pop((scope, slot), now)
            self.rows.append((scope, slot, began, now, status, problem))
            if scope.stages is not None:
                scope.stages.leave(scope, slot)
        self.machine.settled.clear()
        for scope, slot, message in self.machine.notices:
            self.log(scope, scope.frame.plan.ids[slot], "warning", message)
        self.machine.notices.clear()

    def _flush(self) -> None:
        """Settle what has happened, and tell how far loops and branches have come."""
        if self.machine.progress:
            at = self.ledger.seconds(_clock())
            for owner in self.machine.progress:
                scope = owner.scope
                done = len(owner.branches if owner.kind == FORK else owner.results) or owner.turns
                turns_around = scope.turns if scope.parent is not None else ()
                node_id, chain = scope.frame.plan.ids[owner.slot], scope.frame.chain
                self.rows.append(NodeProgressed(node_id, done, owner.total, at, chain, turns_around))
            self.machine.progress.clear()
        self.ledger.flush()

    def note(self, scope: Scope, slot: int, message: str) -> None:
        """Write a note about a node to the log, once a run."""
        place = (scope.frame.workflow, slot)
        if place not in self._noted:
            self._noted.add(place)
            self.log(scope, scope.frame.plan.ids[slot], "note", message)

    def _warn_of_density(self) -> None:
        nodes, wires = len(self.workflow.nodes), len(self.workflow.graph.connections)
        if nodes >= _DENSE_FROM and wires > _DENSE * nodes:
            told = f"{nodes} nodes hang on {wires:,} wires, so nearly all wait for each other; look for wires to spare"
            self.rows.append(LineLogged("", "warning", told, 0.0))

    def _halted(self) -> None:
        """End a run that waits for nothing, which can only be a defect, instead of waiting for ever."""
        root = self.machine.root
        if root is not None:
            told = "the run came to a halt: nothing is under way, and nothing can begin"
            self.machine.abort(
                root, Problem("", told, "This is a defect of casare. Report it with the workflow.", "Halt")
            )

    def _time_is_up(self) -> None:
        root = self.machine.root
        if root is not None:
            told = NodeTimeoutError(f"the run took longer than {self.options.timeout:g} s")
            self.machine.abort(root, Problem("", told.what, "Give it more time, or look at what is slow.", "Timeout"))

    def owner_began(self, scope: Scope, slot: int) -> None:
        """Take note of when an owner began."""
        now = self.began[scope, slot] = _clock()
        if scope.frame.plan.ids[slot]:
            self.rows.append((scope, slot, now, now, RUNNING, None))

    def owner_value(self, scope: Scope, slot: int, step: Step, value: Any) -> None:
        """Keep what one turn of an owner gives."""
        if self.ledger.details is not None and value is not NOTHING:
            self.rows.append(Detail(scope, slot, turn=value))
        if step.kept and value is not NOTHING:
            scope.frame.history.setdefault(slot, []).append((scope.turns, value))

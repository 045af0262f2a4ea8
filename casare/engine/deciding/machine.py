"""The state of a run: facts in, instructions out. No clock, no thread, no node body, so that it can be tested alone.

Facts are the methods `begin`, `complete`, `fail`, ... and the functions of `owners`: `turn`, `exhausted`, ...
Instructions are what they put into `todo`: pairs of a scope and a slot to run, or of an owner (or scope) and one of
the negative numbers below.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from typing import Any, Final

from casare.engine.deciding import owners
from casare.engine.deciding.endings import give_up
from casare.engine.deciding.state import CANCELLED, DONE, FAILED, Frame, Outcome, Owner, Scope
from casare.engine.errors import Problem
from casare.engine.planning import kinds
from casare.engine.planning.plan import ROOT

ADVANCE: Final = -1
"""Ask the owner's generator for its next turn; answer with `owners.turn`, `owners.exhausted` or `owner_failed`."""
ABORT: Final = -2
"""Stop whatever is under way for this scope; its facts will not be heard any more."""
HANDLE: Final = -3
"""Run the body of an On error with what went wrong; answer with `guards.handled`."""
RETURN: Final = -4
"""Take the outputs of a nested workflow; answer with `owners.returned`."""

_GUARDING: Final = frozenset({kinds.TRY, kinds.RETRY, kinds.ON_ERROR, kinds.PARALLEL, kinds.SUBFLOW, kinds.FORK})
_NOBODY: frozenset[int] = frozenset()


class Machine:
    """The state of one run."""

    def __init__(self, *, stop_on_error: bool = True, visit_limit: int = 1000) -> None:
        self.todo: deque[tuple[Any, int]] = deque()
        self.settled: list[tuple[Scope, int, str, Problem | None]] = []
        """What was bypassed, skipped, or has ended as an owner, and what failed it, for whoever keeps statuses; emptied
        by them."""
        self.notices: list[tuple[Scope, int, str]] = []
        """Warnings for the log."""
        self.progress: dict[Owner, None] = {}
        """Owners of which another turn or branch has ended; emptied by whoever tells of it."""
        self.tolerated: list[Problem] = []
        """Failures that did not end the run."""
        self.caught: list[Problem] = []
        """Failures that the workflow dealt with itself."""
        self.ended: Outcome | None = None
        self.root: Scope | None = None
        self.visit_limit = visit_limit
        self._stop_on_error = stop_on_error

    def begin(self, frame: Frame) -> None:
        """Start a run of the frame's workflow."""
        self.root = Scope(frame.workflow.live, ROOT, frame, None)
        self.enter(self.root)

    def complete(self, scope: Scope, slot: int, port: str | None = None) -> None:
        """Take note that a slot has ended well; `port` is the way it chose, if it chose one."""
        if scope.ending:
            self._drained(scope)
            return
        live = scope.live
        following = live.nexts[slot] if port is None else None
        if following is None:
            self.resolve(scope, slot, live.usual[slot] if port is None else (port,))
            return
        pending = scope.pending
        for place in following:
            scope.fired[place] = 1
            if pending[place] == 1:
                self.todo.append((scope, scope.members[place]))
            pending[place] -= 1
        if live.feeds[slot]:
            self._feed(scope, slot)
        scope.left -= 1
        if not scope.left:
            self.close(scope)

    def fail(self, scope: Scope, slot: int, problems: list[Problem]) -> None:
        """Take note that a slot has failed."""
        if scope.closed:
            return
        fires = scope.live.fires[slot]
        way = next((name for name in kinds.FAILURE_PORTS if name in fires), None)
        if way is not None and scope.leaving is None and scope.live.plan.kinds[slot] != kinds.ON_ERROR:
            self.caught += problems
            self.resolve(scope, slot, (way,))
            return
        scope.failures += problems
        if scope.leaving is not None:
            self._drained(scope)
        elif self._stop_on_error or scope.guarded:
            self.leave(scope, Outcome(FAILED))
        else:
            self.tolerated += problems
            del scope.failures[-len(problems) :]
            self._kill(scope, [scope.live.plan.place[slot]], tainted=True, itself=False)

    def jump(self, scope: Scope, slot: int, how: str) -> None:
        """Take note that a break or continue was reached. Outside of a loop it is a node that does nothing."""
        target = self._loop_around(scope, scope.live.plan.pairs[slot])
        if target is None:
            self.complete(scope, slot)
        elif not scope.closed and scope.leaving is None:
            self.leave(scope, Outcome(how, target), abort=True)

    def own(self, scope: Scope, slot: int) -> Owner:
        """Return the owner that a slot becomes while it runs; `owners.start` begins it."""
        return Owner(scope, slot, scope.live.plan.kinds[slot])

    def call(self, owner: Owner, frame: Frame, number: int = 0) -> Scope:
        """Take note that a nested workflow is ready to run; `number` says which of many."""
        scope = Scope(frame.workflow.live, ROOT, frame, owner, number)
        for slot, begins in frame.begins.items():
            scope.fired[scope.live.plan.place[slot]] = begins
        self.open(owner, scope)
        return scope

    def owner_failed(self, owner: Owner, problems: list[Problem]) -> None:
        """Take note that an owner cannot go on."""
        if not owner.scope.closed:
            give_up(self, owner, problems)

    def abort(self, scope: Scope, problem: Problem) -> None:
        """Give a scope up, such as a turn that takes too long."""
        if not scope.closed:
            scope.failures.append(problem)
            scope.leaving = None
            self.leave(scope, Outcome(FAILED), abort=True)

    def cancel(self) -> None:
        """Stop everything."""
        if self.root is not None and not self.root.closed:
            self.root.leaving = None
            self.leave(self.root, Outcome(CANCELLED), abort=True)

    def enter(self, scope: Scope) -> None:
        """Start what can start in a new scope."""
        if not scope.left:
            self.close(scope)
            return
        dead: list[int] = []
        for place in scope.live.initial[scope.number]:
            if scope.fired[place]:
                self.todo.append((scope, scope.members[place]))
            else:
                dead.append(place)
        if dead:
            self._kill(scope, dead)

    def open(self, owner: Owner, scope: Scope) -> None:
        """Run a scope for an owner."""
        parent = owner.scope
        parent.active += 1
        parent.children.append(scope)
        owner.running.append(scope)
        scope.stages = owner.stages
        scope.guarded = parent.guarded or owner.kind in _GUARDING
        region = scope.live.plan.regions[scope.number]
        if owner.kind != kinds.SUBFLOW:
            scope.crossed.update(region.opened_exits)
            scope.failure = scope.failure or parent.failure
            for place in region.opened:
                self._settle(scope, place, owner.slot, region.port)
        self.enter(scope)

    def resolve(self, scope: Scope, slot: int, ports: Collection[str], crossed: Collection[int] = _NOBODY) -> None:
        """Settle a slot: these outputs fire and the others are dead, these exits were taken and the others were not."""
        live = scope.live
        dead: list[int] = []
        for port, fire in live.fires[slot].items():
            if port in ports:
                scope.crossed.update(fire.exits)
                for place in fire.targets:
                    self._settle(scope, place, slot, port)
            else:
                dead.extend(fire.targets)
        mine: set[int] = set()
        for left in live.leaving[slot]:
            mine.add(left.exit)
            if left.exit in scope.settled:
                continue
            if left.exit in crossed:
                self._settle(scope, left.target, *live.plan.exits[left.exit][:2])
            else:
                dead.append(left.target)
        scope.crossed.update(left for left in crossed if left not in mine)
        if live.feeds[slot]:
            self._feed(scope, slot)
        scope.left -= 1
        killed = [place for place in dead if self._lower(scope, place)]
        if killed:
            self._kill(scope, killed)
        elif not scope.left:
            self.close(scope)

    def settle_exits(self, scope: Scope, slot: int, child: int, crossed: Collection[int]) -> None:
        """Settle the exits of one region of a slot that goes on: what one branch of a fork led to."""
        dead = []
        for left in scope.live.leaving[slot]:
            if left.child == child:
                scope.settled.add(left.exit)
                if left.exit in crossed:
                    self._settle(scope, left.target, *scope.live.plan.exits[left.exit][:2])
                elif self._lower(scope, left.target):
                    dead.append(left.target)
        if dead:
            self._kill(scope, dead)

    def leave(self, scope: Scope, outcome: Outcome, *, abort: bool = False) -> None:
        """Bring a scope to its end early: nothing new starts; what is under way is waited for, or stopped at once."""
        if scope.closed or (scope.leaving is not None and not abort):
            return
        scope.leaving = scope.leaving or outcome
        scope.ending = True
        self._forget(scope)
        for child in list(scope.children):
            self.leave(child, Outcome(CANCELLED), abort=abort)
        self._left(scope, abort=abort)

    def _left(self, scope: Scope, *, abort: bool) -> None:
        if scope.closed:
            return
        if abort:
            self.todo.appendleft((scope, ABORT))
            scope.active = 0
        if not scope.active:
            self.close(scope)

    def close(self, scope: Scope) -> None:
        """Take note that a scope has come to its end, and tell its owner."""
        if scope.closed:
            return
        scope.closed = scope.ending = True
        outcome = scope.leaving or Outcome(DONE)
        owner, parent = scope.owner, scope.parent
        if owner is None or parent is None:
            self.ended = outcome
            return
        parent.children.remove(scope)
        owner.running.remove(scope)
        parent.active -= 1
        if parent.closed:
            return
        if parent.leaving is not None:
            parent.failures += scope.failures
            if not parent.active:
                self.close(parent)
            return
        owners.turn_ended(self, owner, scope, outcome)

    def deferred(self, scope: Scope) -> None:
        """Take note that a body of this scope is under way elsewhere."""
        scope.active += 1

    def arrived(self, scope: Scope) -> None:
        """Take note that such a body has come back; `complete` or `fail` says how."""
        if not scope.closed:
            scope.active -= 1

    def skip(self, scope: Scope, slot: int) -> None:
        """Take note that a slot does not run, because a value it needs was never made."""
        self._kill(scope, [scope.live.plan.place[slot]], tainted=True)

    def _drained(self, scope: Scope) -> None:
        if not scope.closed and not scope.active:
            self.close(scope)

    def _settle(self, scope: Scope, place: int, source: int, port: str) -> None:
        """Let one wire to a member fire."""
        scope.fired[place] = 1
        if place in scope.live.joins[scope.number]:
            scope.arrived.append((place, source, port))
        count = scope.pending[place] - 1
        scope.pending[place] = count
        if not count:
            self.todo.append((scope, scope.members[place]))

    def _lower(self, scope: Scope, place: int) -> bool:
        """Let one wire to a member be dead; tell whether the member is bypassed now."""
        count = scope.pending[place] - 1
        scope.pending[place] = count
        if count:
            return False
        if scope.fired[place]:
            self.todo.append((scope, scope.members[place]))
            return False
        return True

    def _feed(self, scope: Scope, slot: int) -> None:
        """Tell those that wait for the values of a slot that they are there."""
        dead = []
        for place in scope.live.feeds[slot]:
            if scope.valued[place]:
                scope.fired[place] = 1
            if self._lower(scope, place):
                dead.append(place)
        if dead:
            # The slot itself is not settled yet, so the scope cannot close in here.
            self._kill(scope, dead, last=False)

    def _kill(
        self, scope: Scope, places: list[int], *, tainted: bool = False, itself: bool = True, last: bool = True
    ) -> None:
        """Settle members that do not run, and all that hangs on nothing but them."""
        live, members = scope.live, scope.members
        stack = list(places)
        if tainted:
            scope.tainted.update(places)
        while stack:
            place = stack.pop()
            slot = members[place]
            taints = place in scope.tainted
            if itself:
                self.settled.append((scope, slot, "skipped" if taints else "bypassed", None))
            itself = True
            scope.left -= 1
            leaving = [left.target for left in live.leaving[slot] if left.exit not in scope.settled]
            for target in (*live.dead[slot], *leaving):
                if taints:
                    scope.tainted.add(target)
                if self._lower(scope, target):
                    stack.append(target)
            if taints:
                scope.starved.update(live.feeds[slot])
        if last and not scope.left:
            self.close(scope)

    def _forget(self, scope: Scope) -> None:
        """Take back what was asked for inside of a scope."""
        if self.todo:
            kept = [one for one in self.todo if one[1] == ABORT or not _inside(one[0], scope)]
            self.todo.clear()
            self.todo.extend(kept)

    def _loop_around(self, scope: Scope, wanted: int) -> Owner | None:
        """Return the loop a break or continue is about: the one it is paired with, else the innermost."""
        plan = scope.live.plan
        innermost: Owner | None = None
        at: Scope | None = scope
        while at is not None and at.live.plan is plan:
            owner = at.owner
            if owner is not None and owner.kind in kinds.LOOPS:
                innermost = innermost or owner
                if owner.slot == wanted:
                    return owner
            at = at.parent
        return innermost


def _inside(held: Any, scope: Scope) -> bool:
    at: Scope | None = held.scope if isinstance(held, Owner) else held
    while at is not None:
        if at is scope:
            return True
        at = at.parent
    return False

"""Try with its Catches and Finally, and On error: one stage after the other, whatever the one before came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casare.engine.deciding.endings import finish, give_up, new_scope
from casare.engine.deciding.state import DONE, FAILED, Outcome, Owner, Scope
from casare.engine.errors import Problem
from casare.engine.planning import kinds

if TYPE_CHECKING:
    from casare.engine.deciding.machine import Machine

_HANDLE: Final = -3


def begin(machine: Machine, owner: Owner) -> None:
    """Open what is guarded."""
    owner.stage = "body"
    _stage(machine, owner, kinds.REGION_PORTS[owner.kind][0])


def handled(machine: Machine, owner: Owner) -> None:
    """The body of an On error has run: go on with what hangs on it."""
    if owner.scope.closed or owner.scope.leaving is not None:
        return
    owner.stage = "handling"
    has_way = owner.scope.live.plan.region_of(owner.slot, "on_error") >= 0
    if owner.failures and has_way:
        owner.caught = True
        machine.caught += owner.failures
        _stage(machine, owner, "on_error")
    else:
        _finally(machine, owner)


def _stage(machine: Machine, owner: Owner, port: str) -> None:
    region = owner.scope.live.plan.region_of(owner.slot, port)
    if region < 0:
        stage_ended(machine, owner, None, Outcome(DONE))
        return
    scope = new_scope(owner, region, None, 0)
    if owner.failures and owner.stage != "body":
        scope.failure = owner.failures[0]
    machine.open(owner, scope)


def stage_ended(machine: Machine, owner: Owner, scope: Scope | None, outcome: Outcome) -> None:
    """One stage has come to its end, or there is none: go on with the next."""
    failures = scope.failures if scope is not None and outcome.how == FAILED else []
    if owner.stage == "body":
        owner.failures = failures
        if owner.kind == kinds.ON_ERROR:
            machine.todo.append((owner, _HANDLE))
        else:
            _catch(machine, owner)
    elif owner.stage == "handling":
        _catch_ended(machine, owner, failures)
    else:
        if failures:
            owner.failures, owner.caught = failures, False
            owner.jump = None
        _end(machine, owner)


def _catch(machine: Machine, owner: Owner) -> None:
    plan = owner.scope.live.plan
    catches = [plan.regions[one].port for one in plan.children[owner.slot] if "@catch:" in plan.regions[one].port]
    if owner.failures and not owner.jump and owner.reraised < len(catches):
        owner.stage = "handling"
        _stage(machine, owner, catches[owner.reraised])
    else:
        _finally(machine, owner)


def _catch_ended(machine: Machine, owner: Owner, failures: list[Problem]) -> None:
    first = owner.failures[0] if owner.failures else None
    if failures and first is not None and first.error is not None and failures[0].error is first.error:
        # It does not catch this kind: the next one may.
        owner.reraised += 1
        _catch(machine, owner)
        return
    if failures:
        owner.failures, owner.caught = failures, False
    elif owner.kind == kinds.TRY:
        machine.caught += owner.failures
        owner.caught = True
    _finally(machine, owner)


def _finally(machine: Machine, owner: Owner) -> None:
    owner.stage = "finally"
    _stage(machine, owner, kinds.FINALLY_PORT if owner.kind == kinds.TRY else "finally")


def _end(machine: Machine, owner: Owner) -> None:
    if owner.jump is not None:
        machine.leave(owner.scope, owner.jump, abort=True)
    elif owner.failures and not owner.caught:
        give_up(machine, owner, owner.failures)
    elif not owner.failures:
        finish(machine, owner, ("exec_out", kinds.AFTER, kinds.CAUGHT_THROUGH))
    else:
        fires = owner.scope.live.fires[owner.slot]
        has_own = kinds.CAUGHT_OUT in fires or kinds.CAUGHT_THROUGH in fires
        ways = (kinds.CAUGHT_OUT, kinds.CAUGHT_THROUGH, kinds.AFTER)
        finish(machine, owner, ways if has_own else (*ways, "exec_out"))

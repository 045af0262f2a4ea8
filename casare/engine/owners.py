"""What each kind of owner does when a turn has begun or ended: part of the state, as pure as the rest of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from casare.engine import kinds
from casare.engine.errors import Problem
from casare.engine.state import BREAK, CONTINUE, DONE, FAILED, NOTHING, Frame, Outcome, Owner, Scope
from casare.engine.values import Values

if TYPE_CHECKING:
    from casare.engine.machine import Machine

_ADVANCE: Final = -1
_HANDLE: Final = -3
_RETURN: Final = -4


def start(machine: Machine, owner: Owner) -> None:
    """Begin: ask a loop for its first turn, open the first region of anything else."""
    if owner.kind in (kinds.LOOP, kinds.RETRY, kinds.PARALLEL):
        _ask(machine, owner)
    elif owner.kind == kinds.FORK:
        regions = owner.scope.live.plan.children[owner.slot]
        if not regions:
            finish(machine, owner, owner.scope.live.usual[owner.slot])
        # All are entered before any is looked at, so that a branch that ends at once does not end the fork.
        scopes = [_scope(machine, owner, region, owner.scope.frame.fork(), at) for at, region in enumerate(regions)]
        owner.stage = "opening"
        for at, scope in enumerate(scopes):
            owner.stage = "" if at == len(scopes) - 1 else "opening"
            machine.open(owner, scope)
    elif owner.kind == kinds.CIRCLE:
        machine.open(owner, _scope(machine, owner, owner.scope.live.plan.children[owner.slot][0], None, 0))
    else:
        owner.stage = "body"
        _stage(machine, owner, kinds.REGION_PORTS[owner.kind][0])


def turn(machine: Machine, owner: Owner, value: Any) -> Scope | None:
    """Open the region of a loop for one turn."""
    owner.pulling = False
    if owner.scope.closed or owner.scope.leaving is not None:
        return None
    region = owner.scope.live.plan.region_of(owner.slot, kinds.REGION_PORTS[owner.kind][0])
    number = owner.turns
    owner.turns += 1
    beside = owner.kind == kinds.PARALLEL
    frame = owner.scope.frame.fork() if beside else owner.scope.frame
    frame.outputs[owner.slot] = value
    owner.last = value
    if region < 0:
        _ended(machine, owner, None, number)
        return None
    scope = _scope(machine, owner, region, frame, number)
    machine.open(owner, scope)
    if beside and not scope.closed and len(owner.running) < owner.limit:
        _ask(machine, owner)
    return None if scope.closed else scope


def exhausted(machine: Machine, owner: Owner) -> None:
    """A loop has no further turn."""
    owner.pulling = False
    owner.exhausted = True
    if owner.scope.closed or owner.scope.leaving is not None or owner.running:
        return
    if owner.kind == kinds.RETRY:
        if owner.turns and "failed" in owner.scope.live.fires[owner.slot]:
            machine.caught += owner.failures
            finish(machine, owner, ("failed",))
        else:
            give_up(machine, owner, owner.failures)
        return
    if owner.kind == kinds.PARALLEL:
        _collect(owner)
    finish(machine, owner, ("completed",))


def turn_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    """One scope of an owner has come to its end; decide what comes next."""
    owner.crossed |= scope.crossed
    if outcome.how in (BREAK, CONTINUE) and outcome.target is not owner:
        if owner.kind in (kinds.TRY, kinds.ON_ERROR) and owner.stage != "finally":
            owner.jump = outcome
            _next_stage(machine, owner, scope, outcome)
        else:
            machine.leave(owner.scope, outcome, abort=True)
        return
    if owner.kind == kinds.FORK:
        _branch_ended(machine, owner, scope, outcome)
    elif owner.kind in (kinds.TRY, kinds.ON_ERROR):
        _next_stage(machine, owner, scope, outcome)
    elif owner.kind == kinds.PARALLEL:
        _item_ended(machine, owner, scope, outcome)
    elif owner.kind == kinds.CIRCLE:
        _visit_ended(machine, owner, scope, outcome)
    elif owner.kind == kinds.SUBFLOW:
        if outcome.how == FAILED:
            give_up(machine, owner, scope.failures)
        else:
            owner.work = scope
            machine.todo.append((owner, _RETURN))
    elif outcome.how == FAILED:
        owner.failures = scope.failures
        if owner.kind == kinds.RETRY:
            _ask(machine, owner)
        else:
            give_up(machine, owner, scope.failures)
    elif outcome.how == BREAK:
        finish(machine, owner, ("completed",))
    else:
        _ended(machine, owner, scope, scope.turn)


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


def finish(machine: Machine, owner: Owner, ports: Collection[str]) -> None:
    """Settle an owner that has ended well."""
    if owner.scope.closed or owner.scope.leaving is not None:
        return
    machine.settled.append((owner.scope, owner.slot, "completed"))
    machine.resolve(owner.scope, owner.slot, ports, owner.crossed)


def give_up(machine: Machine, owner: Owner, problems: list[Problem]) -> None:
    """Settle an owner that has failed."""
    if owner.scope.closed or owner.scope.leaving is not None:
        return
    machine.settled.append((owner.scope, owner.slot, "failed"))
    machine.fail(owner.scope, owner.slot, list(problems))


def _ask(machine: Machine, owner: Owner) -> None:
    if not owner.exhausted and not owner.pulling:
        owner.pulling = True
        machine.todo.append((owner, _ADVANCE))


def _scope(machine: Machine, owner: Owner, region: int, frame: Frame | None, number: int) -> Scope:
    held = frame or owner.scope.frame
    if number and owner.kind not in (kinds.FORK, kinds.PARALLEL):
        held.forget(owner.scope.live.plan.regions[region].held)
    return Scope(owner.scope.live, region, held, owner, number)


def _ended(machine: Machine, owner: Owner, scope: Scope | None, number: int) -> None:
    """One turn has ended well."""
    if owner.kind == kinds.RETRY:
        finish(machine, owner, ("success",))
    elif owner.kind == kinds.PARALLEL:
        owner.results[number] = _result(scope) if scope is not None else None
        _continue_items(machine, owner)
    else:
        _ask(machine, owner)


def _item_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    if scope.turn >= max(owner.results, default=0):
        # What is asked of a node by its name alone is what it gave for the last item.
        for slot in scope.live.plan.regions[scope.number].held:
            owner.scope.frame.outputs[slot] = scope.frame.outputs[slot]
    if outcome.how == BREAK:
        owner.exhausted = True
        owner.results[scope.turn] = _result(scope)
    elif outcome.how == FAILED:
        owner.results[scope.turn] = None
        if owner.fail_fast:
            give_up_now(machine, owner, scope.failures)
            return
        owner.failures += scope.failures
        machine.tolerated += scope.failures
    else:
        owner.results[scope.turn] = _result(scope)
    _continue_items(machine, owner)


def _continue_items(machine: Machine, owner: Owner) -> None:
    if owner.exhausted:
        exhausted(machine, owner)
    else:
        _ask(machine, owner)


def give_up_now(machine: Machine, owner: Owner, problems: list[Problem]) -> None:
    """Stop everything else an owner has under way, and fail it."""
    owner.exhausted = True
    running, owner.kind = list(owner.running), ""
    for other in running:
        machine.leave(other, Outcome(FAILED), abort=True)
    owner.kind = owner.scope.live.plan.kinds[owner.slot]
    give_up(machine, owner, problems)


def _result(scope: Scope) -> Any:
    """Return what one turn gave: the value of the last of its nodes that gives any."""
    outputs = scope.frame.outputs
    for slot in reversed(scope.live.plan.regions[scope.number].held):
        value = outputs[slot]
        if value is not NOTHING and value is not None:
            return scope.frame.workflow.value_of(slot, value)
    return None


def _collect(owner: Owner) -> None:
    results = [owner.results[number] for number in sorted(owner.results)]
    last = owner.last
    held = last._replace(results=results) if hasattr(last, "_replace") else Values(results=results)
    owner.scope.frame.outputs[owner.slot] = held


def _branch_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    if outcome.how == FAILED:
        owner.failures += scope.failures
        if owner.fail_fast:
            give_up_now(machine, owner, owner.failures)
            return
    else:
        _merge(machine, owner, scope)
        if not owner.failures:
            machine.settle_exits(owner.scope, owner.slot, scope.number, scope.crossed)
    if owner.running or owner.stage == "opening":
        return
    if owner.failures:
        give_up(machine, owner, owner.failures)
    else:
        finish(machine, owner, owner.scope.live.usual[owner.slot])


def _merge(machine: Machine, owner: Owner, scope: Scope) -> None:
    """Bring what a branch made into the frame around it; a variable that two branches set differently is told."""
    around, branch = owner.scope.frame, scope.frame
    for slot in scope.live.plan.regions[scope.number].held:
        around.outputs[slot] = branch.outputs[slot]
    name = scope.live.plan.regions[scope.number].port
    for variable in sorted(branch.written or ()):
        value = branch.variables[variable]
        setters: dict[str, tuple[str, Any]] = owner.results  # type: ignore[assignment]
        held = setters.get(variable)
        if held is not None and held[1] != value:
            machine.notices.append(
                (
                    owner.scope,
                    owner.slot,
                    f"{held[0]} and {name} set the variable “{variable}” differently; "
                    f"both are kept, as {held[0]}_{variable} and {name}_{variable}",
                )
            )
            around.set_variable(f"{held[0]}_{variable}", held[1])
            around.set_variable(f"{name}_{variable}", value)
            if name < held[0]:
                continue
        setters[variable] = (name, value)
        around.set_variable(variable, value)


def _visit_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    if outcome.how == FAILED:
        give_up(machine, owner, scope.failures)
        return
    again = scope.live.back.get(owner.slot, set()) & owner.crossed
    owner.crossed -= again
    owner.turns += 1
    if not again:
        finish(machine, owner, ())
    elif owner.turns >= machine.visit_limit:
        plan = scope.live.plan
        head = next(plan.ids[slot] for left, slot in plan.back if left in again)
        give_up(
            machine,
            owner,
            [
                Problem(
                    head,
                    f"the wires lead back here more than {machine.visit_limit} times",
                    hint="Check the condition that leads out, or set visit_limit in the workflow's settings.",
                    chain=owner.scope.frame.chain,
                )
            ],
        )
    else:
        machine.open(owner, _scope(machine, owner, scope.number, None, owner.turns))


def _stage(machine: Machine, owner: Owner, port: str) -> None:
    region = owner.scope.live.plan.region_of(owner.slot, port)
    if region < 0:
        _next_stage(machine, owner, None, Outcome(DONE))
        return
    scope = _scope(machine, owner, region, None, 0)
    if owner.failures and owner.stage != "body":
        scope.failure = owner.failures[0]
    machine.open(owner, scope)


def _next_stage(machine: Machine, owner: Owner, scope: Scope | None, outcome: Outcome) -> None:
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

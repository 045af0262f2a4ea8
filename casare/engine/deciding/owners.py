"""What each kind of owner does when a turn has begun or ended: part of the state, as pure as the rest of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from casare.engine.deciding import guards
from casare.engine.deciding.endings import finish, give_up, new_scope
from casare.engine.deciding.state import BREAK, CONTINUE, FAILED, NOTHING, Outcome, Owner, Scope
from casare.engine.errors import Problem
from casare.engine.planning import kinds
from casare.engine.values import Values

if TYPE_CHECKING:
    from casare.engine.deciding.machine import Machine

BATCH: Final = "batch"
"""The stage of a nested workflow that runs once for each of many items."""
_TOLD: Final = frozenset({kinds.LOOP, kinds.PARALLEL, kinds.FORK})
"""Kinds whose turns or branches are counted for whoever watches."""
_ADVANCE: Final = -1
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
        scopes = [new_scope(owner, region, owner.scope.frame.fork(), at) for at, region in enumerate(regions)]
        owner.stage = "opening"
        for at, scope in enumerate(scopes):
            owner.stage = "" if at == len(scopes) - 1 else "opening"
            machine.open(owner, scope)
    elif owner.kind == kinds.CIRCLE:
        machine.open(owner, new_scope(owner, owner.scope.live.plan.children[owner.slot][0], None, 0))
    else:
        guards.begin(machine, owner)


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
        _bodiless_turn_ended(machine, owner, number)
        return None
    scope = new_scope(owner, region, frame, number)
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
    if owner.given_up:
        return
    owner.crossed |= scope.crossed
    if owner.kind in _TOLD:
        machine.progress[owner] = None
    guarding = owner.kind in (kinds.TRY, kinds.ON_ERROR)
    if outcome.how in (BREAK, CONTINUE) and outcome.target is not owner:
        if not guarding or owner.stage == "finally":
            machine.leave(owner.scope, outcome, abort=True)
            return
        owner.jump = outcome
    _ENDINGS[owner.kind](machine, owner, scope, outcome)


def _loop_turn_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    if outcome.how == FAILED:
        give_up(machine, owner, scope.failures)
    elif outcome.how == BREAK:
        finish(machine, owner, ("completed",))
    else:
        _ask(machine, owner)


def _attempt_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    if outcome.how == FAILED:
        owner.failures = scope.failures
        _ask(machine, owner)
    else:
        finish(machine, owner, ("success",))


def _call_ended(machine: Machine, owner: Owner, scope: Scope, outcome: Outcome) -> None:
    if owner.stage == BATCH:
        owner.results[scope.turn] = (scope, outcome)
        machine.todo.append((owner, _RETURN))
    elif outcome.how == FAILED:
        give_up(machine, owner, scope.failures)
    else:
        owner.work = scope
        machine.todo.append((owner, _RETURN))


def returned(machine: Machine, owner: Owner, ways: Collection[str] | None = None) -> None:
    """A nested workflow has given its outputs; `ways` are the control outputs it was left by, if it has its own."""
    finish(machine, owner, owner.scope.live.usual[owner.slot] if ways is None else ways)


def _ask(machine: Machine, owner: Owner) -> None:
    if not owner.exhausted and not owner.pulling:
        owner.pulling = True
        machine.todo.append((owner, _ADVANCE))


def _bodiless_turn_ended(machine: Machine, owner: Owner, number: int) -> None:
    """A loop whose body port leads nowhere has had a turn."""
    if owner.kind == kinds.RETRY:
        finish(machine, owner, ("success",))
    elif owner.kind == kinds.PARALLEL:
        owner.results[number] = None
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
    owner.exhausted = owner.given_up = True
    for other in list(owner.running):
        machine.leave(other, Outcome(FAILED), abort=True)
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
        owner.branches[scope.live.plan.regions[scope.number].port] = _result(scope)
        if not owner.failures:
            machine.settle_exits(owner.scope, owner.slot, scope.number, scope.crossed)
    if owner.running or owner.stage == "opening":
        return
    if owner.failures:
        give_up(machine, owner, owner.failures)
        return
    plan = owner.scope.live.plan
    ports = [plan.regions[one].port for one in plan.children[owner.slot]]
    owner.scope.frame.outputs[owner.slot] = Values({port: owner.branches.get(port) for port in ports})
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
            machine.notices.append((owner.scope, owner.slot, _collision(variable, held[0], name)))
            around.set_variable(f"{held[0]}_{variable}", held[1])
            around.set_variable(f"{name}_{variable}", value)
            if name < held[0]:
                continue
        setters[variable] = (name, value)
        around.set_variable(variable, value)


def _collision(variable: str, one: str, other: str) -> str:
    told = f"{one} and {other} set the variable “{variable}” differently"
    return f"{told}; both are kept, as {one}_{variable} and {other}_{variable}"


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
        machine.open(owner, new_scope(owner, scope.number, None, owner.turns))


_ENDINGS: Final[Mapping[str, Callable[[Machine, Owner, Scope, Outcome], None]]] = {
    kinds.LOOP: _loop_turn_ended,
    kinds.RETRY: _attempt_ended,
    kinds.PARALLEL: _item_ended,
    kinds.FORK: _branch_ended,
    kinds.CIRCLE: _visit_ended,
    kinds.SUBFLOW: _call_ended,
    kinds.TRY: guards.stage_ended,
    kinds.ON_ERROR: guards.stage_ended,
}

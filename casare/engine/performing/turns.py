"""Carry out what owners ask for: begin a loop, ask for its next turn, run the body of an On error."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from casare.engine.deciding import guards, owners
from casare.engine.deciding.machine import ABORT, ADVANCE, HANDLE
from casare.engine.deciding.stages import Stages
from casare.engine.deciding.state import Owner, Scope
from casare.engine.errors import NodeTimeoutError, Problem
from casare.engine.performing.sharing import note_on_branches, note_on_items
from casare.engine.planning import kinds
from casare.engine.problems import problem_of
from casare.engine.steps.step import Step, run_body
from casare.sdk import Delay

if TYPE_CHECKING:
    from casare.engine.performing.performer import Performer


def begin(performer: Performer, scope: Scope, slot: int, step: Step) -> None:
    """Begin an owner."""
    machine = performer.machine
    performer.owner_began(scope, slot)
    owner = machine.own(scope, slot)
    if owner.kind in (kinds.LOOP, kinds.PARALLEL, kinds.RETRY, kinds.FORK):
        try:
            if step.refusal is not None:
                raise step.refusal
            arguments = step.arguments.bind(scope)
            assert step.body is not None
            owner.fail_fast = _truth(arguments.get("fail_fast"))
            owner.limit = max(1, int(arguments.get("batch_size") or 1))
            owner.total = _size(owner, arguments)
            if owner.kind != kinds.FORK:
                owner.work = iter(run_body(step.body, arguments))
            _prepare(performer, owner, arguments)
        except Exception as error:
            performer.began.pop((scope, slot), None)
            performer.failed(scope, slot, step, error, time.perf_counter_ns())
            return
    owners.start(machine, owner)


def _prepare(performer: Performer, owner: Owner, arguments: Mapping[str, Any]) -> None:
    """Set the stages of a pipeline up, and say why what could run side by side does not."""
    scope, slot = owner.scope, owner.slot
    note = ""
    if "queue_size" in arguments:
        owner.stages = Stages(performer.machine.todo, int(arguments["queue_size"] or 1))
        owner.limit = owner.stages.room_for_items(scope, scope.live.plan.region_of(slot, "body"))
        note = note_on_items(scope, slot, owner.limit)
    elif owner.kind == kinds.PARALLEL:
        note = note_on_items(scope, slot, owner.limit)
    elif owner.kind == kinds.FORK:
        note = note_on_branches(scope, slot)
    if note:
        performer.note(scope, slot, note)


def _size(owner: Owner, arguments: Mapping[str, Any]) -> int:
    if owner.kind == kinds.FORK:
        return len(owner.scope.live.plan.children[owner.slot])
    items = arguments.get("items")
    return len(items) if isinstance(items, (list, tuple, dict)) and arguments.get("mode") != "range" else 0


def order(performer: Performer, held: Any, what: int) -> None:
    """Carry out one instruction that is not about running a node."""
    if what == ABORT:
        performer.acts.stop(held)
        if held.stages is not None:
            held.stages.drop(held)
    elif what == ADVANCE:
        _advance(performer, held)
    elif what == HANDLE:
        _handle(performer, held)
    else:
        performer.nesting.returned(held)


def _advance(performer: Performer, owner: Owner) -> None:
    machine, scope = performer.machine, owner.scope
    step = scope.frame.workflow.step(owner.slot)
    try:
        if not owner.stage:
            owner.stage = "asked"
            value = next(owner.work)
        else:
            sent = _answer(owner, step)
            value = owner.work.send(sent) if hasattr(owner.work, "send") else next(owner.work)
    except StopIteration:
        if owner.kind == kinds.RETRY and owner.failures:
            _keep_error(owner)
        owners.exhausted(machine, owner)
        return
    except Exception as error:
        machine.owner_failed(owner, [problem_of(scope, owner.slot, step.type, error)])
        return
    delay = next((float(field) for field in value if isinstance(field, Delay)), 0.0) if isinstance(value, tuple) else 0
    if delay > 0:
        performer.after(delay, lambda: _turn(performer, owner, step, value))
    else:
        _turn(performer, owner, step, value)


def _turn(performer: Performer, owner: Owner, step: Step, value: Any) -> None:
    opened = owners.turn(performer.machine, owner, value)
    performer.owner_value(opened or owner.scope, owner.slot, step, value)
    if opened is not None and owner.kind == kinds.PARALLEL:
        seconds = step.arguments.one("timeout_per_item", owner.scope)
        if isinstance(seconds, (int, float)) and seconds > 0:
            performer.after(seconds, lambda: _give_up(performer, opened, float(seconds)))


def _give_up(performer: Performer, scope: Scope, seconds: float) -> None:
    if scope.closed or scope.owner is None:
        return
    error = NodeTimeoutError(f"item {scope.turn + 1} took longer than {seconds:g} s")
    problem = problem_of(scope.owner.scope, scope.owner.slot, "", error)
    performer.machine.abort(scope, problem)


def _answer(owner: Owner, step: Step) -> Any:
    """Return what a loop is told before its next turn: the error of the last attempt, the condition as it is now."""
    if owner.kind == kinds.RETRY:
        return owner.failures[0].message if owner.failures else None
    scope = owner.scope
    workflow = scope.frame.workflow
    for slot in workflow.plan.refreshed[owner.slot]:
        scope.frame.outputs[slot] = workflow.step(slot).call(scope)
    return step.arguments.one("condition", scope)


def _keep_error(owner: Owner) -> None:
    """Let the outputs of a Retry that gave up tell the last error."""
    value = owner.scope.frame.outputs[owner.slot]
    if hasattr(value, "_replace") and "last_error" in value._fields:
        owner.scope.frame.outputs[owner.slot] = value._replace(last_error=owner.failures[0].message)


def _handle(performer: Performer, owner: Owner) -> None:
    scope = owner.scope
    step = scope.frame.workflow.step(owner.slot)
    before: Problem | None = scope.failure
    scope.failure = owner.failures[0] if owner.failures else None
    try:
        scope.frame.outputs[owner.slot] = step.call(scope)
    except Exception as error:
        performer.machine.owner_failed(owner, [problem_of(scope, owner.slot, step.type, error)])
        return
    finally:
        scope.failure = before
    guards.handled(performer.machine, owner)


def _truth(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().casefold() in ("true", "yes", "on", "1"))

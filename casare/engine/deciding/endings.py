"""How an owner is settled, and the scope of one of its turns made: what all kinds of owners share."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from casare.engine.deciding.state import Frame, Owner, Scope
from casare.engine.errors import Problem
from casare.engine.planning import kinds

if TYPE_CHECKING:
    from casare.engine.deciding.machine import Machine


def finish(machine: Machine, owner: Owner, ports: Collection[str]) -> None:
    """Settle an owner that has ended well."""
    if owner.scope.closed or owner.scope.leaving is not None:
        return
    machine.settled.append((owner.scope, owner.slot, "completed", None))
    machine.resolve(owner.scope, owner.slot, ports, owner.crossed)


def give_up(machine: Machine, owner: Owner, problems: list[Problem]) -> None:
    """Settle an owner that has failed."""
    if owner.scope.closed or owner.scope.leaving is not None:
        return
    machine.settled.append((owner.scope, owner.slot, "failed", _seen_from(owner, problems[0]) if problems else None))
    machine.fail(owner.scope, owner.slot, list(problems))


def _seen_from(owner: Owner, problem: Problem) -> Problem:
    """Return what failed an owner as its own problem: of something inside of it, that says which."""
    frame = owner.scope.frame
    node_id = frame.plan.ids[owner.slot]
    if (problem.node_id, problem.chain[:-1]) == (node_id, frame.chain):
        return problem
    return problem._replace(message=f"“{problem.node_id}” failed: {problem.message}")


def new_scope(owner: Owner, region: int, frame: Frame | None, number: int) -> Scope:
    """Return a scope of a region, with the values of the turn before forgotten."""
    held = frame or owner.scope.frame
    if number and owner.kind not in (kinds.FORK, kinds.PARALLEL):
        held.forget(owner.scope.live.plan.regions[region].held)
    return Scope(owner.scope.live, region, held, owner, number)

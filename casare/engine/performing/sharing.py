"""Why something that could run side by side runs one after the other: told to the person, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casare.engine.planning import kinds
from casare.engine.steps.step import Mode
from casare.sdk import Bound

if TYPE_CHECKING:
    from casare.engine.deciding.state import Scope
    from casare.engine.steps.workflow import Workflow

_HERE = frozenset({Mode.INLINE, Mode.CAREFUL, Mode.PASS, Mode.JUMP})


def note_on_branches(scope: Scope, slot: int) -> str:
    """Return why the branches of a fork do not run at the same time, or nothing when they do."""
    regions = [scope.live.plan.regions[one] for one in scope.live.plan.children[slot]]
    waiting = [one for one in regions if not _all_here(scope.frame.workflow, one.held)]
    if len(regions) < 2 or len(waiting) > 1:
        return _on_cores(scope.frame.workflow, [held for one in waiting for held in one.held])
    what = "no branch waits" if not waiting else f"only {waiting[0].port} waits"
    return f"the branches run one after the other: {what} for anything, and plain functions share one thread"


def note_on_items(scope: Scope, slot: int, limit: int) -> str:
    """Return why the items of a parallel loop do not run at the same time, or nothing when they do."""
    if limit <= 1:
        return "the items run one after the other, because only 1 may run at once"
    region = scope.live.plan.region_of(slot, "body")
    held = scope.live.plan.regions[region].held if region >= 0 else ()
    if _all_here(scope.frame.workflow, held):
        return "the items run one after the other: nothing in the body waits, and plain functions share one thread"
    return _on_cores(scope.frame.workflow, held)


def _all_here(workflow: Workflow, slots: Iterable[int]) -> bool:
    return all(
        workflow.step(slot).mode in _HERE or (slot < len(workflow.nodes) and workflow.plan.kinds[slot] in kinds.OWNERS)
        for slot in slots
    )


def _on_cores(workflow: Workflow, slots: Iterable[int]) -> str:
    """Return a note on nodes that keep a core busy on threads, where Python lets only one of them run at a time."""
    found: list[str] = []
    for slot in slots:
        step = workflow.step(slot)
        declared = workflow.catalog.find(step.type)
        if step.mode is Mode.THREAD and declared is not None and declared.cost.bound is Bound.CPU:
            found.append(step.node_id)
    if not found:
        return ""
    told = ", ".join(found[:3]) + (" …" if len(found) > 3 else "")
    return f"{told} keep a core busy on threads, which share one; set _run_in to “process” to use several cores"

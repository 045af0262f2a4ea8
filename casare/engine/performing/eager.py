"""Make everything ready before a run begins: nested workflows found and compiled, every node bound to its body."""

from __future__ import annotations

from typing import Any

from casare.engine.errors import CompileError
from casare.engine.options import Library
from casare.engine.performing.nested import referred, refuse_depth
from casare.engine.planning import kinds
from casare.engine.steps.workflow import Workflow
from casare.expressions import has_template
from casare.foundation.errors import CasareError


def make_ready(workflow: Workflow, library: Library | None) -> int:
    """Make a workflow and all it leads to ready to run, and return how many workflows these are.

    A nested workflow whose name is only known at run time is left for then. Raises CompileError, naming the chain, for
    what cannot be found, cannot be compiled, runs itself, or lies too deep.
    """
    ready: set[Workflow] = set()
    _ready(workflow, [], library, ready)
    return len(ready)


def _ready(workflow: Workflow, outer: list[Workflow], library: Library | None, ready: set[Workflow]) -> None:
    if workflow in ready:
        return
    around = [workflow, *outer]
    for slot, node in enumerate(workflow.nodes):
        step = workflow.step(slot)
        if step.refusal is not None:
            told = step.refusal
            mend = told.mend if isinstance(told, CasareError) else ""
            raise CompileError(f"{told.what if isinstance(told, CasareError) else told}", where=node.id, mend=mend)
        if workflow.plan.kinds[slot] != kinds.SUBFLOW or _is_open(node.config):
            continue
        try:
            found = referred(_told(workflow, slot), workflow, library)
            refuse_depth(around, found)
        except CasareError as error:
            chain = " → ".join([*(one.name for one in reversed(around)), node.id])
            raise CompileError(error.what, where=chain, mend=error.mend) from None
        _ready(found, around, library, ready)
    ready.add(workflow)


def _told(workflow: Workflow, slot: int) -> dict[str, Any]:
    return {**workflow.step(slot).arguments.standing(), **workflow.nodes[slot].config}


def _is_open(config: Any) -> bool:
    return any(has_template(config.get(name)) for name in config if name.endswith(("_path", "_id", "_name")))

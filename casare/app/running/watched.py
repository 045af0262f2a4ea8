"""A workflow whose every turn can be looked at: what plain nodes give inside loops is noted as it is given.

The engine tells of what happened in batches, some milliseconds long, and keeps only the last value of each node. A fast
loop makes hundreds of turns in one batch, and a person asks for any of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from casare.engine import Workflow
from casare.engine.state import Scope
from casare.engine.step import Mode, Step

Given = dict[int, deque[Any]]
"""For each slot inside a loop, the values of the turns that have not been folded yet, in their order."""


class WatchedWorkflow(Workflow):
    """The same workflow with the same plan; steps outside of loops are those of the original."""

    def __init__(self, base: Workflow, given: Given) -> None:
        # Everything is shared but what is bound: the plan of a large graph takes a while to make ready.
        self.__dict__.update(base.__dict__)
        self.steps = [None] * base.plan.size
        self.calls = [None] * base.plan.size
        self._base = base
        self._given = given

    def step(self, slot: int) -> Step:
        """Return the bound node; one in a loop also notes what it gives."""
        found = self.steps[slot]
        if found is None:
            found = self._base.step(slot)
            if found.mode in (Mode.INLINE, Mode.PASS) and self.plan.home[slot]:
                held = self._given.setdefault(slot, deque())
                found = found._replace(call=_noting(found.call, held))
            self.steps[slot] = found
            self.calls[slot] = found.call if found.plain else None
        return found


def _noting(call: Callable[[Scope], Any], held: deque[Any]) -> Callable[[Scope], Any]:
    note = held.append

    def noting(scope: Scope) -> Any:
        value = call(scope)
        note(value)
        return value

    return noting

"""The stages of a pipeline: which item may enter which node, so that different items are in different stages at once.

Every node directly in the body that takes time is a stage; plain functions between stages take none. A stage holds one
item at a time (or as many as the node's own `_concurrency` says), takes items in the order they come, and takes no more
while the queue before the stage after it is full. Pure bookkeeping: no clock, no thread.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from casare.engine.deciding.state import Scope
from casare.engine.steps.step import Mode

_NO_STAGE = frozenset({Mode.INLINE, Mode.PASS, Mode.CAREFUL, Mode.JUMP})


class Stages:
    """The stages of one pipeline under way. `todo` is where slots go that may run."""

    def __init__(self, todo: deque[tuple[Any, int]], queue: int) -> None:
        self._todo = todo
        self._queue = max(1, queue)
        self._waiting: dict[int, deque[Scope]] = {}
        self._inside: dict[int, set[Scope]] = {}
        self._admitted: set[tuple[Scope, int]] = set()
        self._after: dict[int, tuple[int, ...]] = {}

    def room_for_items(self, scope: Scope, region: int) -> int:
        """Return how many items may be under way in all: one in each stage, and the queues before them."""
        members = scope.live.plan.regions[region].members if region >= 0 else ()
        stages = sum(is_stage(scope, slot) for slot in members)
        return max(1, stages) * (1 + self._queue)

    def enter(self, scope: Scope, slot: int) -> bool:
        """Tell whether an item may enter a stage now; if not, it will be put into `todo` when there is room."""
        if (scope, slot) in self._admitted:
            self._admitted.remove((scope, slot))
            return True
        self._waiting.setdefault(slot, deque()).append(scope)
        self._move()
        return False

    def leave(self, scope: Scope, slot: int) -> None:
        """Take note that an item is through with a stage."""
        inside = self._inside.get(slot)
        if inside is not None and scope in inside:
            inside.remove(scope)
            self._move()

    def drop(self, scope: Scope) -> None:
        """Forget an item that was given up."""
        for inside in self._inside.values():
            inside.discard(scope)
        for waiting in self._waiting.values():
            if scope in waiting:
                waiting.remove(scope)
        self._admitted = {held for held in self._admitted if held[0] is not scope}
        self._move()

    def _move(self) -> None:
        moved = True
        while moved:
            moved = False
            for slot, waiting in self._waiting.items():
                while waiting and waiting[0].ending:
                    waiting.popleft()
                if waiting and self._has_room(waiting[0], slot):
                    scope = waiting.popleft()
                    self._inside.setdefault(slot, set()).add(scope)
                    self._admitted.add((scope, slot))
                    self._todo.append((scope, slot))
                    moved = True

    def _has_room(self, scope: Scope, slot: int) -> bool:
        self._prune(slot)
        inside = len(self._inside.get(slot, ()))
        width = scope.frame.workflow.step(slot).policy.at_once or 1
        if inside >= width:
            return False
        following = self._following(scope, slot)
        return all(len(self._waiting.get(one, ())) + inside < self._queue + width - 1 for one in following)

    def _prune(self, slot: int) -> None:
        """Let go of items that were given up after they were let in and before they began."""
        for scope in [one for one in self._inside.get(slot, ()) if one.closed or self._is_lost(one, slot)]:
            self._inside[slot].discard(scope)
            self._admitted.discard((scope, slot))

    def _is_lost(self, scope: Scope, slot: int) -> bool:
        return scope.ending and (scope, slot) in self._admitted

    def _following(self, scope: Scope, slot: int) -> tuple[int, ...]:
        """Return the stages that come next after one, through plain functions."""
        found = self._after.get(slot)
        if found is None:
            reached: dict[int, None] = {}
            seen = {slot}
            stack = [slot]
            while stack:
                at = stack.pop()
                for place in scope.live.dead[at]:
                    target = scope.members[place]
                    if target in seen:
                        continue
                    seen.add(target)
                    if is_stage(scope, target):
                        reached[target] = None
                    else:
                        stack.append(target)
            found = self._after[slot] = tuple(reached)
        return found


def is_stage(scope: Scope, slot: int) -> bool:
    """Tell whether a node takes time that another item can use."""
    return scope.frame.workflow.step(slot).mode not in _NO_STAGE

"""How much may run at the same time: in all, per node, per type, per service; and how often something may start."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

REMOTE: Final = frozenset({"network", "mail", "messaging", "google", "models", "database"})
"""Categories of nodes that call a service, which is spared by default."""
REMOTE_AT_ONCE: Final = 5


class Gate:
    """Let work through, or keep it waiting in the order it came."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self._limits = {**dict.fromkeys((f"service:{name}" for name in REMOTE), REMOTE_AT_ONCE), **limits}
        self._running: dict[str, int] = {}
        self._waiting: dict[tuple[str, ...], deque[tuple[Callable[[], Any], object]]] = {}

    def keys(self, node_id: str, type_id: str, category: str, at_once: int) -> tuple[str, ...]:
        """Return the limits that a node counts towards; none where nothing is limited."""
        wanted = (f"service:{category}", f"type:{type_id}", f"node:{node_id}")
        if at_once:
            self._limits.setdefault(wanted[2], at_once)
        return tuple(key for key in (*wanted, "all") if key in self._limits)

    def enter(self, keys: tuple[str, ...], begin: Callable[[], Any], owner: object) -> None:
        """Begin now if there is room, else when there is."""
        if self._room(keys):
            self._count(keys, 1)
            begin()
        else:
            self._waiting.setdefault(keys, deque()).append((begin, owner))

    def leave(self, keys: tuple[str, ...]) -> None:
        """Make room, and let in what has waited for it; first come, first served among those of the same limits."""
        if not keys:
            return
        self._count(keys, -1)
        for waited in [held for held in self._waiting if not held or not set(held).isdisjoint(keys)]:
            queue = self._waiting[waited]
            while queue and self._room(waited):
                self._count(waited, 1)
                queue.popleft()[0]()
            if not queue:
                self._waiting.pop(waited, None)

    def withdraw(self, owner: object) -> bool:
        """Forget what waits for `owner`; tell whether anything did."""
        found = False
        for keys, queue in list(self._waiting.items()):
            kept = deque(held for held in queue if held[1] is not owner)
            found = found or len(kept) < len(queue)
            self._waiting[keys] = kept
        return found

    def _room(self, keys: tuple[str, ...]) -> bool:
        return all(self._running.get(key, 0) < self._limits[key] for key in keys)

    def _count(self, keys: tuple[str, ...], by: int) -> None:
        for key in keys:
            self._running[key] = self._running.get(key, 0) + by

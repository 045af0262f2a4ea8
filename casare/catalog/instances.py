"""Bodies of nodes that are classes, kept for use again.

A function is shared by every node of its type. A class has an object of its own for each node while that runs; giving
it back lets the next node have it, as new: its attributes are taken away and `__init__` runs again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, NamedTuple, Protocol

from casare.foundation.errors import CasareError

MAX_PER_TYPE: Final = 32
MAX_TOTAL: Final = 512

Body = Callable[..., Any]


class Bodies(Protocol):
    """Say what is behind a node type; `casare.catalog.Catalog` does."""

    def implementation(self, type_id: str) -> Body:
        """Return the function or class, importing its module now. Raises CasareError."""


class PoolStatistics(NamedTuple):
    """What a pool has done so far: objects made, used again, let go of, handed out now, and waiting."""

    made: int
    reused: int
    dropped: int
    lent: int
    waiting: int

    @property
    def reuse_rate(self) -> float:
        """Return the share of requests that an existing object met, 0 before the first."""
        asked = self.made + self.reused
        return self.reused / asked if asked else 0.0


class InstancePool:
    """Hand out the bodies of nodes; at most `max_per_type` objects of a class wait, and `max_total` of all together.

    All methods may be called from any thread. An object is used by one holder at a time. Objects of classes that keep
    state where Python cannot take it away (a subclass of dict, of something written in C) are never used again.
    """

    def __init__(self, bodies: Bodies, *, max_per_type: int = MAX_PER_TYPE, max_total: int = MAX_TOTAL) -> None:
        self._bodies = bodies
        self._max_per_type = max_per_type
        self._max_total = max_total
        self._lock = threading.Lock()
        self._waiting: dict[type, list[Any]] = {}
        self._lent: dict[int, Any] = {}
        self._count = 0
        self._made = 0
        self._reused = 0
        self._dropped = 0

    @property
    def statistics(self) -> PoolStatistics:
        """Return the counts so far."""
        with self._lock:
            return PoolStatistics(self._made, self._reused, self._dropped, len(self._lent), self._count)

    def acquire(self, type_id: str) -> Body:
        """Return the function of a type, or an object of its class that nobody else has.

        Raises CasareError when the type is unknown, cannot be imported, or its class cannot be made without arguments.
        """
        body = self._bodies.implementation(type_id)
        if not isinstance(body, type):
            return body
        with self._lock:
            # By class, not by id: after a refresh the module holds another class, and old objects are not found.
            held = self._waiting.get(body)
            instance = held.pop() if held else None
            if instance is not None:
                self._count -= 1
        made = instance is None
        instance = begun(body, type_id, instance)
        with self._lock:
            self._made += made
            self._reused += not made
            self._lent[id(instance)] = instance
        return instance  # type: ignore[no-any-return]

    def release(self, body: Body) -> None:
        """Take a body back. A function, or an object that this pool did not hand out or has back already, is ignored.

        Its attributes are gone at once, so that nothing large is kept for a node that has ended.
        """
        with self._lock:
            if self._lent.get(id(body)) is not body:
                return
            del self._lent[id(body)]
        clean = _emptied(body)
        kind = type(body)
        with self._lock:
            held = self._waiting.setdefault(kind, [])
            if clean and len(held) < self._max_per_type and self._count < self._max_total:
                held.append(body)
                self._count += 1
            else:
                self._dropped += 1

    @contextmanager
    def lend(self, type_id: str) -> Iterator[Body]:
        """Give a body for the time of a `with` block."""
        body = self.acquire(type_id)
        try:
            yield body
        finally:
            self.release(body)

    def clear(self) -> None:
        """Let go of every object that waits."""
        with self._lock:
            self._dropped += self._count
            self._count = 0
            self._waiting.clear()


def begun(body: type, type_id: str, instance: Any = None) -> Any:
    """Return `instance`, or a new object when None, as `body()` leaves it. Raises CasareError when that fails."""
    try:
        if instance is None:
            return body()
        instance.__init__()
    except Exception as error:
        raise CasareError(
            f"the node type {type_id} cannot be started: {type(error).__name__}: {error}",
            where=f"{body.__module__}.{body.__qualname__}",
            mend="Its class must be one that can be made without arguments.",
        ) from error
    return instance


def _emptied(instance: Any) -> bool:
    """Take every attribute away; tell whether that leaves nothing behind."""
    kind = type(instance)
    own = [base for base in kind.__mro__ if base is not object]
    # Only classes made in Python keep all they have in attributes; those written in C have a `__new__` of their own.
    if any(not base.__flags__ & _MADE_IN_PYTHON or "__new__" in vars(base) for base in own):
        return False
    getattr(instance, "__dict__", {}).clear()
    for base in own:
        slots = base.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            if slot in ("__dict__", "__weakref__"):
                continue
            name = f"_{base.__name__.lstrip('_')}{slot}" if slot.startswith("__") and not slot.endswith("__") else slot
            with suppress(AttributeError):
                object.__delattr__(instance, name)
    return True


_MADE_IN_PYTHON: Final = 1 << 9
"""Py_TPFLAGS_HEAPTYPE: the class was made by a class statement."""

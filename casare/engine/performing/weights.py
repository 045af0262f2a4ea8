"""How long bodies really keep a core busy, measured as they run, and what follows for where to run them next time.

A declared cost is a guess about a type. What was measured in this process decides from the third run on, and new runs
count more than old ones, so that it follows when the inputs change.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary, WeakSet

FEWEST: Final = 3
"""Runs before a measurement counts."""
WORTH_NS: Final = 2_000_000
"""From this time on a body is worth the way to another process, which takes about 0.2 ms there and back."""
CHUNK_NS: Final = 20_000_000
"""Calls that travel together take about so long, so that the way costs little and a cancel is heard soon."""
LASTING_NS: Final = 50_000_000
"""A body that takes so long is worth a thread, where it is seen to run and the run can be stopped meanwhile."""
QUICK_NS: Final = 5_000_000
"""One that takes no longer is not, even if it once did."""
_MOST_TOGETHER: Final = 1000
_NEW: Final = 0.3


class Weight(NamedTuple):
    """What was measured of one body, in ns: processor time, and what the way to a process and back took."""

    runs: int
    cpu_ns: float
    way_ns: float


_lasting: WeakSet[Callable[..., Any]] = WeakSet()
_held: WeakKeyDictionary[Callable[..., Any], Weight] = WeakKeyDictionary()
_lock = threading.Lock()


def weigh(body: Callable[..., Any], cpu_ns: float, way_ns: float | None = None) -> None:
    """Take note of one run of a body."""
    with _lock:
        before = _held.get(body)
        if before is None:
            _held[body] = Weight(1, cpu_ns, way_ns or 0.0)
            return
        way = before.way_ns if way_ns is None else before.way_ns + _NEW * (way_ns - before.way_ns)
        _held[body] = Weight(before.runs + 1, before.cpu_ns + _NEW * (cpu_ns - before.cpu_ns), way)


def weight_of(body: Callable[..., Any]) -> Weight | None:
    """Return what was measured, once it counts."""
    with _lock:
        found = _held.get(body)
    return found if found is not None and found.runs >= FEWEST else None


def clock(body: Callable[..., Any], wall_ns: int) -> None:
    """Take note of how long a plain function kept a run, or a thread of it, waiting."""
    with _lock:
        if wall_ns >= LASTING_NS:
            _lasting.add(body)
        elif wall_ns <= QUICK_NS:
            _lasting.discard(body)


def is_lasting(body: Callable[..., Any]) -> bool:
    """Tell whether a plain function took so long the last time that it is not to run where the run itself waits."""
    return body in _lasting


def forget() -> None:
    """Forget all that was measured."""
    with _lock:
        _held.clear()
        _lasting.clear()


def is_light(body: Callable[..., Any]) -> bool:
    """Tell whether a body was found not to be worth a process of its own, whatever it declares."""
    found = weight_of(body)
    return found is not None and (found.cpu_ns < WORTH_NS or found.cpu_ns < found.way_ns)


def together(body: Callable[..., Any], left: int, at_once: int) -> int:
    """Return how many calls of a body travel as one, when so many are left to be done so many at once."""
    found = weight_of(body)
    if found is None:
        return 1
    fair = -(-left // (2 * at_once))
    return max(1, min(int(CHUNK_NS / max(found.cpu_ns, 1.0)), fair, _MOST_TOGETHER))


def importable(body: Any) -> bool:
    """Tell whether another process finds the body by its name."""
    name = str(getattr(body, "__module__", ""))
    if name == "__main__" or name.startswith("casare_user_nodes") or getattr(sys, "frozen", False):
        return False
    found: Any = sys.modules.get(name)
    for part in getattr(body, "__qualname__", "<none>").split("."):
        found = getattr(found, part, None)
    return found is body

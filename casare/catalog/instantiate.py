"""The bodies of many nodes at once, in the order of the document.

Types are resolved once each and their modules imported together. Then objects are made for the nodes whose body is a
class, on threads only where that has been measured to be quicker on this machine: under the interpreter lock it is not,
as making an object is work for the interpreter itself.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from casare.catalog.catalog import Catalog
from casare.catalog.instances import Body, InstancePool, begun
from casare.foundation.errors import CasareError

T = TypeVar("T")

WORKERS: Final = 4
_GAIN: Final = 1.25
"""How much quicker threads must be before they are used: less may be chance."""
_SIZES: Final = (256, 1024, 4096)
_TURNS: Final = 3


class Instantiated(NamedTuple):
    """The body of each node in the order asked for, None where there is none, and why by type."""

    bodies: list[Body | None]
    failures: dict[str, CasareError]
    threads: int
    """How many threads made the objects; 1 is the calling one alone."""

    def release(self, pool: InstancePool) -> None:
        """Give every object back to the pool it came from."""
        for body in self.bodies:
            if body is not None:
                pool.release(body)


def instantiate(
    catalog: Catalog, type_ids: Iterable[str], *, pool: InstancePool | None = None, workers: int | None = None
) -> Instantiated:
    """Return a body for each node, given by type. Without a pool every object is a new one.

    `workers` forces how many threads make the objects (1: none but this); None uses them from the number of objects on
    that `parallel_from` has measured. A type that fails does not keep the others from their bodies.
    """
    wanted = list(type_ids)
    kinds = dict.fromkeys(wanted)
    catalog.preload(kinds)
    failures: dict[str, CasareError] = {}
    known: dict[str, Body] = {}
    for type_id in kinds:
        try:
            known[type_id] = catalog.implementation(type_id)
        except CasareError as error:
            failures[type_id] = error
    bodies: list[Body | None] = [known.get(type_id) for type_id in wanted]
    classes = [(at, body) for at, body in enumerate(bodies) if isinstance(body, type)]
    guard = threading.Lock()

    def fill(some: Sequence[tuple[int, type]]) -> None:
        for at, body in some:
            try:
                bodies[at] = begun(body, wanted[at]) if pool is None else pool.acquire(wanted[at])
            except CasareError as error:
                bodies[at] = None
                with guard:
                    failures.setdefault(wanted[at], error)

    threads = _threads_for(len(classes)) if workers is None else max(1, min(workers, len(classes)))
    _spread(fill, classes, threads)
    return Instantiated(bodies, failures, threads)


def _threads_for(count: int) -> int:
    least = parallel_from()
    return WORKERS if least is not None and count >= least else 1


def _spread(work: Callable[[Sequence[T]], None], places: Sequence[T], threads: int) -> None:
    """Give each thread a run of neighbours; what it makes goes to its own place, so the order is never lost."""
    if threads == 1:
        work(places)
        return
    from concurrent.futures import ThreadPoolExecutor

    size = -(-len(places) // threads)
    with ThreadPoolExecutor(threads, thread_name_prefix="casare-instances") as executor:
        # Through a list, so that an error of any of them is raised here.
        list(executor.map(work, [places[at : at + size] for at in range(0, len(places), size)]))


def interpreter_lock() -> bool:
    """Tell whether this interpreter lets one thread run Python code at a time."""
    enabled: Callable[[], bool] | None = getattr(sys, "_is_gil_enabled", None)
    return enabled is None or enabled()


@cache
def parallel_from() -> int | None:
    """Return the number of objects from which threads make them quicker here, or None for never.

    Measured once in a process, on classes that do nothing (the worst case for threads); not even tried under the
    interpreter lock.
    """
    return None if interpreter_lock() else measured_threshold()


def measured_threshold(
    *, workers: int = WORKERS, clock: Callable[[], float] = time.perf_counter, sizes: Sequence[int] = _SIZES
) -> int | None:
    """Return the first of `sizes` at which `workers` threads beat the calling one by a quarter, or None."""
    for size in sizes:
        alone = min(_seconds(size, 1, clock) for _ in range(_TURNS))
        together = min(_seconds(size, workers, clock) for _ in range(_TURNS))
        if together * _GAIN < alone:
            return size
    return None


class _Idle:
    def __call__(self) -> None:
        """Do nothing."""


def _seconds(count: int, threads: int, clock: Callable[[], float]) -> float:
    made: list[Any] = [None] * count

    def work(places: Sequence[int]) -> None:
        for at in places:
            made[at] = _Idle()

    began = clock()
    _spread(work, range(count), threads)
    return clock() - began

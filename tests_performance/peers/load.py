"""What the scripts of all engines share: sizes in, a clock, figures out. Standard library only."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

Work = Callable[[], object]
RUNS = 15
LEAST_SECONDS = 0.2


def sizes() -> list[int]:
    """Return how many nodes to try, as told on the command line: `100,1000`."""
    return [int(one) for one in sys.argv[1].split(",")]


def measured(work: Work) -> list[float]:
    """Return how long a piece of work took each time (ms); the first time is not counted."""
    work()
    times: list[float] = []
    while len(times) < RUNS and (len(times) < 3 or sum(times) < LEAST_SECONDS * 1000 * 5):
        gc.collect()
        gc.disable()
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
        gc.enable()
    return times


def report(package: str, shapes: dict[str, Callable[[int], Work]]) -> None:
    """Measure every shape at every size and print the figures as the runner reads them.

    A shape is a function that builds a graph of a size and returns what runs it once and checks the result.
    """
    found = {shape: {str(size): measured(build(size)) for size in sizes()} for shape, build in shapes.items()}
    print(json.dumps({"version": version(package), "ms": found}))

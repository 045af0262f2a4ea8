"""Measure a piece of work fairly, and remember every single time it took.

A benchmark module is a file `bench_*.py` in this folder with one function `run(bench: Bench)`. It calls `bench.measure`
for work in this process, or `bench.record` for times it took itself. A module without `run` is started as a script, and
what it prints is put into the report as it is. Nothing here fails: figures are for reading, claims are for tests.
"""

from __future__ import annotations

import gc
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

LEAST_RUNS = 9
LEAST_SECONDS = 0.3
MOST_RUNS = 200
_LIBRARIES = ("PySide6_Essentials", "orjson", "msgspec", "zstandard", "pydantic", "networkx")


@dataclass(frozen=True)
class Figure:
    """All times of one piece of work in ms, with what they are compared to."""

    group: str
    name: str
    times_ms: list[float]
    size: int | None = None
    """How many nodes it was about."""
    target_ms: float | None = None
    """What the design asks for."""
    against: str = ""
    """The name of the figure in the same group, and of the same size, that this one is set beside."""

    @property
    def median_ms(self) -> float:
        """Return the time in the middle, which one slow run does not move."""
        return statistics.median(self.times_ms)

    @property
    def spread(self) -> tuple[float, float]:
        """Return the times that a quarter of the runs stayed under, and over."""
        if len(self.times_ms) < 4:
            return min(self.times_ms), max(self.times_ms)
        quarters = statistics.quantiles(self.times_ms, n=4)
        return quarters[0], quarters[2]


@dataclass
class Bench:
    """Hand to each module; collects the figures of a whole run."""

    figures: list[Figure] = field(default_factory=list)
    group: str = ""
    quick: bool = False
    """Whether a few runs are enough, to see that everything works."""

    def measure(
        self,
        name: str,
        work: Callable[[], object],
        *,
        size: int | None = None,
        target_ms: float | None = None,
        against: str = "",
        before: Callable[[], object] | None = None,
    ) -> Figure:
        """Run `work` at least nine times and for at least 0.3 s, with the collector off, and keep each time.

        `before` is run before each, outside of the clock. The first run is not counted: it pays for imports and caches.
        """
        times: list[float] = []
        spent = 0.0
        for turn in range(1 + (3 if self.quick else MOST_RUNS)):
            if before is not None:
                before()
            gc.collect()
            gc.disable()
            begun = time.perf_counter()
            work()
            took = time.perf_counter() - begun
            gc.enable()
            if turn:
                times.append(took * 1000)
                spent += took
            if len(times) >= LEAST_RUNS and spent >= LEAST_SECONDS:
                break
        return self.record(name, times, size=size, target_ms=target_ms, against=against)

    def record(
        self,
        name: str,
        times_ms: Sequence[float],
        *,
        size: int | None = None,
        target_ms: float | None = None,
        against: str = "",
    ) -> Figure:
        """Keep times that were taken elsewhere, in ms."""
        figure = Figure(self.group, name, [round(one, 6) for one in times_ms], size, target_ms, against)
        self.figures.append(figure)
        low, high = figure.spread
        told = f"{size:>9,}" if size is not None else " " * 9
        print(f"  {name:<46} {told}  {figure.median_ms:10.3f} ms  ({low:.3f} to {high:.3f})", flush=True)
        return figure


def growth(figures: Sequence[Figure]) -> float | None:
    """Return how the cost of one piece of work grows with size: 1.0 is in proportion, 2.0 with the square.

    The slope between the smallest and the largest size on a log scale; None when there is only one size.
    """
    sized = sorted((one for one in figures if one.size), key=lambda one: one.size or 0)
    if len(sized) < 2 or not sized[0].median_ms or sized[0].size == sized[-1].size:
        return None
    first, last = sized[0], sized[-1]
    return math.log(last.median_ms / first.median_ms) / math.log((last.size or 1) / (first.size or 1))


def machine() -> dict[str, Any]:
    """Describe what the figures were taken on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "libraries": {name: found for name in _LIBRARIES if (found := _version(name))},
        "load_before": list(os.getloadavg()) if hasattr(os, "getloadavg") else None,
    }


def as_raw(figures: Sequence[Figure], about: dict[str, Any], printed: dict[str, str]) -> dict[str, Any]:
    """Return everything that was measured as JSON values."""
    return {"machine": about, "figures": [asdict(figure) for figure in figures], "printed": printed}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _memory_gb() -> float | None:
    if sys.platform == "win32":
        return None
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (ValueError, OSError):
        return None

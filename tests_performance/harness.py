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
_ENOUGH = ((LEAST_RUNS, LEAST_SECONDS), (5, 2.0), (3, 4.0))
"""So many runs that took so many seconds tell enough."""
_COLLECT_AFTER_S = 0.02
"""Between runs so short the collector would take most of the time, and find next to nothing."""
_LIBRARIES = ("PySide6_Essentials", "orjson", "msgspec", "zstandard", "pydantic", "networkx")


@dataclass(frozen=True)
class Figure:
    """All that was measured of one thing, with what it is compared to."""

    group: str
    name: str
    values: list[float]
    size: int | None = None
    """How many nodes it was about."""
    target: float | None = None
    """What the design asks for at most."""
    against: str = ""
    """The name of the figure in the same group, and of the same size, that this one is set beside."""
    unit: str = "ms"
    """What the values are in: ms, MB, B, or x for a ratio."""

    @property
    def median(self) -> float:
        """Return the value in the middle, which one slow run does not move."""
        return statistics.median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """Return the values that a quarter of the runs stayed under, and over."""
        if len(self.values) < 4:
            return min(self.values), max(self.values)
        quarters = statistics.quantiles(self.values, n=4)
        return quarters[0], quarters[2]

    @property
    def is_missed(self) -> bool:
        """Tell whether there is a target and the median is past it."""
        return self.target is not None and self.median > self.target


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
        """Run `work` at least nine times and for at least 0.3 s, with the collector held back, and keep each time.

        Slow work is run less often: five times when that takes over 2 s, three times when that takes over 4 s.
        `before` is run before each, outside of the clock. The first run is not counted: it pays for imports and caches.
        """
        times: list[float] = []
        spent = uncollected = 0.0
        gc.collect()
        for turn in range(1 + (3 if self.quick else MOST_RUNS)):
            if before is not None:
                before()
            if uncollected > _COLLECT_AFTER_S:
                gc.collect()
                uncollected = 0.0
            gc.disable()
            begun = time.perf_counter()
            work()
            took = time.perf_counter() - begun
            gc.enable()
            uncollected += took
            if turn:
                times.append(took * 1000)
                spent += took
            if any(len(times) >= runs and spent >= seconds for runs, seconds in _ENOUGH):
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
        return self.note(name, times_ms, "ms", size=size, target=target_ms, against=against)

    def note(
        self,
        name: str,
        values: Sequence[float],
        unit: str,
        *,
        size: int | None = None,
        target: float | None = None,
        against: str = "",
    ) -> Figure:
        """Keep values of any unit: MB, B, or x for a ratio."""
        figure = Figure(self.group, name, [round(one, 6) for one in values], size, target, against, unit)
        self.figures.append(figure)
        low, high = figure.spread
        told = f"{size:>9,}" if size is not None else " " * 9
        print(f"  {name:<46} {told}  {figure.median:10.3f} {unit}  ({low:.3f} to {high:.3f})", flush=True)
        return figure


def growth(figures: Sequence[Figure]) -> float | None:
    """Return how the cost of one piece of work grows with size: 1.0 is in proportion, 2.0 with the square.

    The slope between the smallest and the largest size on a log scale; None when there is only one size.
    """
    sized = sorted((one for one in figures if one.size), key=lambda one: one.size or 0)
    if len(sized) < 2 or not sized[0].median or sized[0].size == sized[-1].size:
        return None
    first, last = sized[0], sized[-1]
    return math.log(last.median / first.median) / math.log((last.size or 1) / (first.size or 1))


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

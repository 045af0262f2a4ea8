"""What running at the same time is worth: P-10 (calls, files, cores) and F-5 (workers, nodes, contention)."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from itertools import accumulate
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated, Any

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, Workflow
from casare.engine.performing.executors import Work
from casare.engine.performing.process_pool import ProcessPool
from casare.engine.performing.processes import ProcessExecutor
from casare.model import Graph, Node
from casare.sdk import Bound, Context, Cost, Out, node
from casare.sdk.declare import type_of
from tests_performance.bench_engine import light, ready
from tests_performance.harness import Bench, Figure

HEAVY = 4
Way = tuple[str, dict[str, Any]]
"""A way to run a batch: what it is called, and what the node's configuration says of it."""
CALL_S = 0.05
"""One call of the figures; the source's calls take 1 s, and ten times as long to measure."""


@node("BenchCall", title="Call", category="flow", cost=Cost(1, 50, 0, Bound.IO))
def call(item: Any = None, *, seconds: float = CALL_S) -> None:
    """Wait, as for an answer over the network."""
    time.sleep(seconds)


@node("BenchRead", title="Read", category="files", cost=Cost(1, 5, 0, Bound.IO))
def read(path: str = "") -> Annotated[int, Out("size")]:
    """Read a file from a disk that takes 2 ms to answer."""
    time.sleep(0.002)
    return len(Path(path).read_bytes())


@node("BenchSpin", title="Spin", category="maths", pure=True, cost=Cost(5, 1000, 0, Bound.CPU))
def spin(rounds: int = 2_000_000) -> Annotated[int, Out("total")]:
    """Keep a core busy."""
    total = 0
    for number in range(rounds):
        total += number
    return total


def spin_when() -> tuple[float, float]:
    """Keep a core busy; tell from when to when (s), by a clock that all processes share."""
    began = time.monotonic()
    spin()
    return began, time.monotonic()


@node("BenchLocked", title="Locked", category="flow", cost=Cost(1, 5, 0, Bound.IO))
def locked(*, context: Context) -> None:
    """Take a lock that all others want too."""
    with context.get_variable("lock"):
        pass


def run(bench: Bench) -> None:
    """Measure everything, each beside the same work one after the other."""
    catalog = Catalog(time_to_live_s=float("inf"))
    for body in (call, read, spin, locked, light):
        catalog.register(type_of(body), body)
    _side_by_side(bench, catalog)
    _workers(bench, catalog)


def _side_by_side(bench: Bench, catalog: Catalog) -> None:
    cores = os.cpu_count() or 1
    ten: list[Way] = [("one by one", {}), ("ten at once", {"parallel": True, "max_concurrent": 10})]
    many = {"parallel": True, "max_concurrent": cores}
    sums: list[Way] = [
        ("one by one", {"_run_in": "thread"}),
        (f"{cores} threads", {**many, "_run_in": "thread"}),
        (f"{cores} processes", {**many, "_run_in": "process"}),
    ]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(100)]
        for path in paths:
            path.write_text("x" * 10_000, encoding="utf-8")
        _compare(bench, catalog, "10 calls of 50 ms", Node("n", "BenchCall"), list(range(10)), ten, worth=0.2)
        reading = Node("n", "BenchRead", {"path": "{{item}}"})
        _compare(bench, catalog, "100 files", reading, [str(path) for path in paths], ten, worth=0.2)
        _compare(bench, catalog, "4 heavy sums", Node("n", "BenchSpin"), list(range(HEAVY)), sums, worth=1.4 / cores)
    _what_the_cores_give(bench, cores)


def _compare(
    bench: Bench, catalog: Catalog, title: str, node: Node, items: list[Any], ways: list[Way], *, worth: float
) -> None:
    """Measure one batch run in several ways; the last is to take at most `worth` of the time of the first."""
    figures: list[Figure] = []
    for name, told in ways:
        batch = {"items": items, **{key: value for key, value in told.items() if not key.startswith("_")}}
        where = {key: value for key, value in told.items() if key.startswith("_")}
        workflow = ready(Graph([node._replace(config={**node.config, **where, "_batch": batch})]), catalog)
        against = f"{title}, {ways[0][0]}" if figures else ""
        figures.append(
            bench.measure(f"{title}, {name}", lambda w=workflow: Run(w).run(), size=len(items), against=against)
        )
    share = figures[-1].median / figures[0].median
    bench.note(f"{title}: {ways[-1][0]} beside {ways[0][0]}", [share], "x", size=len(items), target=worth)


def _what_the_cores_give(bench: Bench, cores: int) -> None:
    """The same sums in bare processes that wait for them: what is to be had on this machine, as busy as it is now."""
    pool = ProcessPool()
    executor = ProcessExecutor(cores, pool)
    work = Work(spin, {})

    def sums(at_once: int, work: Work = work) -> list[Any]:
        over: SimpleQueue[Any] = SimpleQueue()
        given: list[Any] = []
        while len(given) < HEAVY:
            now = min(at_once, HEAVY - len(given))
            for _ in range(now):
                executor.submit(work, lambda value, *_: over.put(value))
            given += [over.get() for _ in range(now)]
        return given

    sums(cores)
    alone = bench.measure("4 heavy sums in a bare process", lambda: sums(1), size=HEAVY)
    told = f"4 heavy sums in {cores} bare processes"
    beside = bench.measure(told, lambda: sums(cores), size=HEAVY, against="4 heavy sums in a bare process")
    share = beside.median / alone.median
    bench.note(f"4 heavy sums: {cores} bare processes beside one", [share], "x", size=HEAVY)
    at_work = [_at_once(sums(cores, Work(spin_when, {}))) for _ in range(3)]
    bench.note(f"heavy sums at work at once, of {cores}", at_work, "x", size=HEAVY)
    executor.close(1.0)
    pool.close()

    def first() -> None:
        held = ProcessExecutor(1, pool)
        over = threading.Event()
        held.submit(Work(abs, {}), lambda *_: over.set())
        over.wait()
        held.close(1.0)
        pool.close()

    bench.measure("start a process and call it once", first, size=1)


def _at_once(spans: list[tuple[float, float]]) -> float:
    """Return how many of these spans of time lay over each other at most."""
    moments = sorted([(began, 1) for began, _ in spans] + [(ended, -1) for _, ended in spans])
    return float(max(accumulate(step for _, step in moments)))


def _workers(bench: Bench, catalog: Catalog) -> None:
    """F-5: the same 64 short calls with 1 to 32 workers, more nodes with eight, and one lock that all want."""
    calls = _many(64, "BenchCall", catalog, {"seconds": 0.002})
    for workers in (1, 2, 4, 8, 16, 32):
        options = RunOptions(workers=workers)
        bench.measure(f"64 calls of 2 ms, {workers} workers", lambda o=options: Run(calls, o).run(), size=64)
    for count in (8, 64, 512):
        many = _many(count, "BenchCall", catalog, {"seconds": 0.002})
        bench.measure("calls of 2 ms, 8 workers", lambda w=many: Run(w, RunOptions(workers=8)).run(), size=count)
    for workers in (1, 8, 32):
        wanted = _many(200, "BenchLocked", catalog, {})
        options = RunOptions(workers=workers, variables={"lock": threading.Lock()})
        bench.measure(
            f"200 nodes want one lock, {workers} workers", lambda w=wanted, o=options: Run(w, o).run(), size=200
        )


def _many(count: int, kind: str, catalog: Catalog, config: dict[str, Any]) -> Workflow:
    return ready(Graph([Node(f"n{number}", kind, config) for number in range(count)]), catalog)

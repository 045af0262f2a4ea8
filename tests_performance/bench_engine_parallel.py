"""What running at the same time is worth: P-10 (calls, files, cores) and F-5 (workers, nodes, contention)."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Annotated, Any

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, Workflow
from casare.engine.executors import Work
from casare.engine.process_pool import ProcessPool
from casare.engine.processes import ProcessExecutor
from casare.model import Graph, Node
from casare.sdk import Bound, Context, Cost, Out, node
from casare.sdk.declare import type_of
from tests_performance.bench_engine import light, ready
from tests_performance.harness import Bench

HEAVY = 4
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
def spin(rounds: int = 8_000_000) -> Annotated[int, Out("total")]:
    """Keep a core busy."""
    total = 0
    for number in range(rounds):
        total += number
    return total


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
    cases: list[tuple[str, int, str, dict[str, Any], list[tuple[str, dict[str, Any]]]]] = []
    modes: list[tuple[str, dict[str, Any]]] = [
        ("one by one", {}),
        ("ten at once", {"parallel": True, "max_concurrent": 10}),
    ]
    cases.append(("10 calls of 50 ms", 10, "BenchCall", {}, modes))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(100)]
        for path in paths:
            path.write_text("x" * 10_000, encoding="utf-8")
        cases.append(("100 files", 100, "BenchRead", {"path": "{{item}}"}, modes))
        cores = os.cpu_count() or 1
        many = {"parallel": True, "max_concurrent": cores}
        spinning: list[tuple[str, dict[str, Any]]] = [
            ("one by one", {"_run_in": "thread"}),
            (f"{cores} threads", {**many, "_run_in": "thread"}),
            (f"{cores} processes", {**many, "_run_in": "process"}),
        ]
        cases.append(("4 heavy sums", HEAVY, "BenchSpin", {}, spinning))
        for title, count, kind, config, ways in cases:
            items = [str(path) for path in paths[:count]] if kind == "BenchRead" else list(range(count))
            for name, told in ways:
                batch = {"items": items, **{key: value for key, value in told.items() if not key.startswith("_")}}
                where = {key: value for key, value in told.items() if key.startswith("_")}
                workflow = ready(Graph([Node("n", kind, {**config, **where, "_batch": batch})]), catalog)
                against = "" if name == ways[0][0] else f"{title}, {ways[0][0]}"
                bench.measure(f"{title}, {name}", lambda w=workflow: Run(w).run(), size=count, against=against)
        _what_the_cores_give(bench, cores)


def _what_the_cores_give(bench: Bench, cores: int) -> None:
    """The same sums in bare processes that wait for them: what is to be had on this machine, as busy as it is now."""
    pool = ProcessPool()
    executor = ProcessExecutor(cores, pool)
    work = Work(spin, {})

    def sums(at_once: int) -> None:
        over = threading.Semaphore(0)
        left = HEAVY
        while left:
            now = min(at_once, left)
            for _ in range(now):
                executor.submit(work, lambda *_: over.release())
            for _ in range(now):
                over.acquire()
            left -= now

    sums(cores)
    bench.measure("4 heavy sums in a bare process", lambda: sums(1), size=HEAVY)
    told = f"4 heavy sums in {cores} bare processes"
    bench.measure(told, lambda: sums(cores), size=HEAVY, against="4 heavy sums in a bare process")
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

"""What watching a run costs: a loop of ten turns over 10,000 nodes in the real window, 100,000 runs of nodes in all.

*Frame* is how long one painting of the canvas took while the run went on, the wait for the interpreter included. The
ratio of a watched run to the same run that only writes itself down is printed below the figures. A heartbeat every 2 ms
tells how late the window answers: while the loop runs, and while one body computes for two seconds without a pause.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests_performance.harness import Bench

SIZES = (1_000, 10_000)
FRAME_MS = 16.0
HERE = Path(__file__).resolve().parent


def run(bench: Bench) -> None:
    """Run each size once in a process of its own and record what the window says of it."""
    with TemporaryDirectory() as name:
        for size in SIZES[:1] if bench.quick else SIZES:
            _record(bench, size, _watch(size, Path(name)))


def _record(bench: Bench, size: int, seen: dict[str, Any]) -> None:
    bench.record("run that nobody watches", [seen["headless_ms"]], size=size)
    for place, words in (("far", "all in view"), ("near", "close by")):
        watched = bench.record(f"watched run, {words}", [seen[f"{place}_ms"]], size=size)
        frames = seen[f"{place}_frames_ms"] or [0.0]
        bench.record(f"frame of a watched run, {words}, p95", [_share(frames, 0.95)], size=size, target_ms=FRAME_MS)
        bench.record(f"window late meanwhile, {words}, p99", [_share(seen[f"{place}_late_ms"], 0.99)], size=size)
        ratio = watched.median / seen["headless_ms"]
        print(f"  watched to unwatched, {words}: {ratio:.2f} ({seen['events']:,} events, {len(frames)} frames)")
    bench.record("window late while a body computes, p99", [_share(seen["burn_late_ms"], 0.99)], size=size)


def _share(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _watch(size: int, home: Path) -> dict[str, Any]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CASARE_HOME": str(home)}
    words = [sys.executable, "-m", "tests_performance.window_run", str(size)]
    done = subprocess.run(words, env=environ, cwd=HERE.parent, capture_output=True, text=True, check=True, timeout=300)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found

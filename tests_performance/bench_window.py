"""What a person sees of an open: the real window on a file of 10,000 nodes, without a screen, with a heartbeat in it.

Each open happens in a process of its own, cold, as a double click on a file is. *First painted* is when pixels of the
graph are on the canvas; *interactive* when the window has nothing left to do and the canvas takes a pan and repaints. A
stall is how much later than due the heartbeat beat, from the question until the workflow is checked and graded behind
the window; while one lasts the window takes no key and paints nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casare.storage import generate, save
from tests_performance.harness import Bench

SIZES = (200, 1_000, 10_000)
TURNS = 5
PAINTED_MS = {10_000: 150.0}
INTERACTIVE_MS = {10_000: 1_000.0}
STALL_MS = {10_000: 16.0}
MEMORY_MB = {10_000: 150.0}
HERE = Path(__file__).resolve().parent


def run(bench: Bench) -> None:
    """Open each size a few times and record what the window says of it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES[:2] if bench.quick else SIZES:
            path = folder / f"{size}.json.zst"
            save(generate(size, 1), path)
            turns = [_open(path, folder / "home") for _ in range(2 if bench.quick else TURNS)]
            _record(bench, size, turns)


def _record(bench: Bench, size: int, turns: list[dict[str, Any]]) -> None:
    def every(key: str) -> list[float]:
        return [one[key] for one in turns]

    bench.record("asked to first painted viewport", every("painted_ms"), size=size, target_ms=PAINTED_MS.get(size))
    bench.record("asked to whole graph interactive", every("ready_ms"), size=size, target_ms=INTERACTIVE_MS.get(size))
    bench.record("stall while opening, p99", every("stall_p99_ms"), size=size, target_ms=STALL_MS.get(size))
    bench.record("stall while opening, longest", every("stall_max_ms"), size=size)
    bench.record("pan by one step, painted", [one for turn in turns for one in turn["pans_ms"]], size=size)
    bench.note("memory over the empty window", every("memory_mb"), "MB", size=size, target=MEMORY_MB.get(size))
    longest = max(turns, key=lambda one: float(one["stall_max_ms"]))
    print(f"  the longest stalls of one open: {', '.join(f'{one:.0f} ms' for one in longest['stalls_ms'][:5])}")


def _open(path: Path, home: Path) -> dict[str, Any]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CASARE_HOME": str(home)}
    words = [sys.executable, "-m", "tests_performance.window_open", str(path)]
    done = subprocess.run(words, env=environ, cwd=HERE.parent, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found

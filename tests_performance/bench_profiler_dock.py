"""What the profiler costs a person who keeps it open: frames with heat on, edits, and closing the window."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casare.storage import generate, save
from tests_performance.harness import Bench

SIZES = (1_000, 10_000)
FRAME_MS = {1_000: 8.0, 10_000: 16.0}
STALL_MS = 16.0
"""No frame is to be missed."""
TURNS = 3
HERE = Path(__file__).resolve().parent


def run(bench: Bench) -> None:
    """Open each size in a window of its own and record what the window says of it."""
    with TemporaryDirectory() as name:
        for size in SIZES[:1] if bench.quick else SIZES:
            path = Path(name) / f"{size}.json.zst"
            save(generate(size, 1), path)
            turns = [_open(path, Path(name) / "home") for _ in range(1 if bench.quick else TURNS)]
            for percentile, share in (("p50", 0.5), ("p95", 0.95)):
                frames = [_share(turn["pans_ms"], share) for turn in turns]
                told = f"frame with the dock open and heat on: {percentile}"
                bench.record(told, frames, size=size, target_ms=FRAME_MS[size])
            for key, told, target in (
                ("opened_ms", "Ctrl+P to the report on show", None),
                ("stall_p99_ms", "stall while editing with the dock open: p99", STALL_MS),
                ("stall_max_ms", "stall while editing with the dock open: longest", None),
                ("close_ms", "closing while improvements are looked for", None),
            ):
                bench.record(told, [turn[key] for turn in turns], size=size, target_ms=target)


def _share(times_ms: list[float], share: float) -> float:
    """Return the time that such a share of frames stays within."""
    return sorted(times_ms)[math.ceil(share * len(times_ms)) - 1]


def _open(path: Path, home: Path) -> dict[str, Any]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CASARE_HOME": str(home)}
    words = [sys.executable, "-m", "tests_performance.dock_open", str(path)]
    done = subprocess.run(words, env=environ, cwd=HERE.parent, capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found

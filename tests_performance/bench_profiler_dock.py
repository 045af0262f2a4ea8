"""What the profiler costs a person who keeps it open: frames with heat on, edits, and closing the window."""

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

SIZES = (1_000, 10_000)
FRAME_MS = {1_000: 8.0, 10_000: 16.0}
HERE = Path(__file__).resolve().parent


def run(bench: Bench) -> None:
    """Open each size in a window of its own and record what the window says of it."""
    with TemporaryDirectory() as name:
        for size in SIZES[:1] if bench.quick else SIZES:
            path = Path(name) / f"{size}.json.zst"
            save(generate(size, 1), path)
            turns = [_open(path, Path(name) / "home") for _ in range(1 if bench.quick else 3)]
            frames = [one for turn in turns for one in turn["pans_ms"]]
            bench.record("frame with the dock open and heat on", frames, size=size, target_ms=FRAME_MS[size])
            for key, told in (
                ("opened_ms", "Ctrl+P to the report on show"),
                ("stall_p99_ms", "stall while editing with the dock open, p99"),
                ("stall_max_ms", "stall while editing with the dock open, longest"),
                ("close_ms", "closing while improvements are looked for"),
            ):
                bench.record(told, [turn[key] for turn in turns], size=size)


def _open(path: Path, home: Path) -> dict[str, Any]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CASARE_HOME": str(home)}
    words = [sys.executable, "-m", "tests_performance.dock_open", str(path)]
    done = subprocess.run(words, env=environ, cwd=HERE.parent, capture_output=True, text=True, check=True, timeout=240)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found

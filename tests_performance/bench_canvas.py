"""Frames of the canvas: every gesture over 1,000, 10,000 and 50,000 nodes, and beside it what other editors make of it.

Each size runs in a process of its own. A frame is the time from an event to the end of the painting it causes. For each
gesture the median, the 95th of 100 and the longest are recorded; targets are for the 95th, as the design states them.
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
from tests_performance.peers import environments
from tests_performance.peers.environments import PEERS, interpreter, ready

HERE = Path(__file__).resolve().parent
RUNS = (("mixed", 1_000), ("mixed", 10_000), ("mixed", 50_000), ("random", 10_000))
PATIENCE_S = 240
BESIDE = 1_000
"""The size at which other editors are measured; at larger ones they take minutes."""
OURS = "casare"
GESTURE_SCRIPTS = {
    "nodegraphqt_editor.py": "nodegraphqt_gestures.py",
    "orange_editor.py": "orange_gestures.py",
}
_MOVING = {1_000: 8.0, 10_000: 16.0}
_TARGETS: dict[str, dict[int, float]] = {
    "pan": _MOVING,
    "zoom": _MOVING,
    "drag one": {1_000: 8.0, 10_000: 8.0},
    "drag 1,000": {1_000: 16.0, 10_000: 16.0},
}


def run(bench: Bench) -> None:
    """Measure casare at every size, then all editors side by side at one."""
    for shape, size in RUNS[:1] if bench.quick else RUNS:
        words = [sys.executable, "-m", "tests_performance.canvas_frames", str(size), shape]
        found = _printed(shape, _run(words))
        for name, times in (found or {}).items():
            told = name if shape == "mixed" else f"{name} ({shape} wires)"
            record(bench, told, times, size=size, target_ms=target_of(name, size))
    with TemporaryDirectory() as folder:
        _compare(bench, Path(folder))


def target_of(name: str, size: int) -> float | None:
    """Return what the design allows a frame of a gesture to take (ms, 95 of 100), or None where it says nothing."""
    for start, targets in _TARGETS.items():
        if name.startswith(start):
            return targets.get(size)
    return None


def record(
    bench: Bench, name: str, times: list[float], *, size: int, target_ms: float | None = None, against: str = ""
) -> None:
    """Record the frames of one gesture: their median, the 95th of 100, and the longest."""
    bench.record(f"{name}: p50", times, size=size, against=f"{against}: p50" if against else "")
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    bench.record(f"{name}: p95", [late], size=size, target_ms=target_ms, against=f"{against}: p95" if against else "")
    bench.record(f"{name}: longest", [ordered[-1]], size=size)


def _compare(bench: Bench, folder: Path) -> None:
    """Let each editor do the same gestures over the same graph."""
    graph = folder / "graph.json"
    save(generate(BESIDE, 1), graph)
    editors = [(OURS, Path(sys.executable), "casare_gestures.py")]
    for peer in PEERS:
        if ready(peer):
            editors.append((peer.name, interpreter(peer), GESTURE_SCRIPTS[peer.script]))
        else:
            print(f"  {peer.name} is not installed; make bench-peers does that")
    for name, python, script in editors:
        try:
            done = environments.run(python, script, graph, folder / "home")
        except subprocess.TimeoutExpired:
            print(f"  {name} did not finish within ten minutes")
            continue
        for gesture, times in (_printed(name, done) or {}).items():
            record(
                bench,
                f"{name}, side by side: {gesture}",
                times,
                size=BESIDE,
                against="" if name == OURS else f"{OURS}, side by side: {gesture}",
            )


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        words, env=environ, cwd=HERE.parent, capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )


def _printed(name: str, done: subprocess.CompletedProcess[str]) -> dict[str, Any] | None:
    """Return what a script printed, or None when it failed, saying why."""
    try:
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        print(f"  {name} failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
        return None
    return found

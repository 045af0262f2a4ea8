"""The same graph on the canvas of casare and of other editors, each in a process of its own, taking turns.

The others are measured when `make bench-peers` has installed them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casare.storage import generate, save
from tests_performance.harness import Bench
from tests_performance.peers import environments
from tests_performance.peers.environments import PEERS, interpreter, ready

TURNS = 3
OURS = "casare"
SIZES = {OURS: (200, 1_000, 5_000, 10_000), "NodeGraphQt 0.6.44": (200, 1_000, 5_000)}
SIZES_OF_OTHERS = (200, 1_000)
"""The rest would take minutes for one graph."""


def run(bench: Bench) -> None:
    """Measure in a folder that is gone afterwards."""
    with TemporaryDirectory() as name:
        _compare(bench, Path(name))


def _measure(name: str, python: Path, script: str, graph: Path, home: Path) -> dict[str, Any] | None:
    """Return what an editor's script measured, or None when it failed, saying why."""
    done = environments.run(python, script, graph, home)
    try:
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        print(f"  {name} failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
        return None
    return found


def _compare(bench: Bench, folder: Path) -> None:
    """Let the editors take turns at each size, so that a busy minute of the machine hits them all."""
    editors = [(OURS, Path(sys.executable), "casare_editor.py")]
    for peer in PEERS:
        if ready(peer):
            editors.append((peer.name, interpreter(peer), peer.script))
        else:
            print(f"  {peer.name} is not installed; make bench-peers does that")
    for size in (200,) if bench.quick else SIZES[OURS]:
        graph = folder / f"{size}.json"
        save(generate(size, 1), graph)
        taken: dict[str, list[dict[str, Any]]] = {}
        for _turn in range(1 if bench.quick else TURNS):
            for name, python, script in editors:
                if size in SIZES.get(name, SIZES_OF_OTHERS):
                    found = _measure(name, python, script, graph, folder / "home")
                    if found is not None:
                        taken.setdefault(name, []).append(found)
        for name, turns in taken.items():
            _record(bench, name, size, turns)


def _record(bench: Bench, name: str, size: int, turns: list[dict[str, Any]]) -> None:
    for what, times in (
        ("graph onto its canvas, painted", [one["build_ms"] for one in turns]),
        ("one frame, all in view", [frame for one in turns for frame in one["frames_ms"]]),
    ):
        against = "" if name == OURS else f"{OURS}: {what}"
        bench.record(f"{name}: {what}", times, size=size, against=against)
    memory = sorted(one["memory_mb"] for one in turns)[len(turns) // 2]
    print(f"  {name}: {memory:.0f} MB over an empty window, {size:,} nodes")

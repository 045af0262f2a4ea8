"""What it costs to run a chain of plain functions with casare and with other engines, taking turns in one run.

The others are measured when `make bench-peers` has installed them, each in an environment of its own.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests_performance.harness import Bench
from tests_performance.peers import environments
from tests_performance.peers.environments import ENGINES, interpreter, ready

TURNS = 3
SIZES = (100, 1_000)
OURS = "casare"
_AGAINST = {"bare chain": "bare chain", "chain": "chain", "chain on threads": "chain"}


def run(bench: Bench) -> None:
    """Let the engines take turns, so that a busy minute of the machine hits them all."""
    engines = [(OURS, Path(sys.executable), "casare_engine.py")]
    for peer in ENGINES:
        if ready(peer):
            engines.append((peer.name, interpreter(peer), peer.script))
        else:
            print(f"  {peer.name} is not installed; make bench-peers does that")
    taken: dict[tuple[str, str, int], list[float]] = {}
    with TemporaryDirectory() as home:
        for _turn in range(1 if bench.quick else TURNS):
            for name, python, script in engines:
                _measure(name, python, script, Path(home), taken)
    for (name, shape, size), times in taken.items():
        against = "" if name == OURS else f"{OURS}: {_AGAINST[shape]}"
        bench.record(f"{name}: {shape}", times, size=size, against=against)
    _beside(bench, taken)


def _beside(bench: Bench, taken: Mapping[tuple[str, str, int], list[float]]) -> None:
    """Note what share of another engine's time ours takes, where the design asks for one: half of PocketFlow's."""
    for (name, shape, size), times in taken.items():
        ours = taken.get((OURS, shape, size))
        if ours is not None and name.startswith("PocketFlow") and size == SIZES[-1]:
            share = statistics.median(ours) / statistics.median(times)
            bench.note(f"{OURS} beside {name}: {shape}", [share], "x", size=size, target=0.5)


def _measure(name: str, python: Path, script: str, home: Path, taken: dict[tuple[str, str, int], list[float]]) -> None:
    done = environments.run(python, script, ",".join(map(str, SIZES)), home)
    try:
        found = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        print(f"  {name} failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
        return
    told = name if found["version"] in name or name == OURS else f"{name} {found['version']}"
    for shape, by_size in found["ms"].items():
        for size, times in by_size.items():
            taken.setdefault((told, shape, int(size)), []).extend(times)

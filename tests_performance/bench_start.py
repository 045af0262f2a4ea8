"""What starting a command costs, as a person at a terminal feels it: whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from casare.foundation.resources import samples
from casare.storage import generate, save
from tests_performance.harness import Bench

RUNS = 15
WINDOWS = 7
HERE = Path(__file__).resolve().parent


def run(bench: Bench) -> None:
    """Time `casare --version`, the first commands, and previews of a small and a large file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "small.json.zst", folder / "large.json.zst"
        save(generate(10, 1), small)
        save(generate(10_000 if bench.quick else 100_000, 1), large)
        sample = str(samples() / "orders-daily.json")
        _time(bench, folder, "python -c pass", ["-c", "pass"])
        _time(bench, folder, "casare --version", ["-m", "casare", "--version"], target_ms=100, against="python -c pass")
        _time(bench, folder, "casare nodes --json", ["-m", "casare", "nodes", "--json"])
        _time(bench, folder, "casare profile", ["-m", "casare", "profile", sample])
        _time(bench, folder, "casare preview, 10 nodes", ["-m", "casare", "preview", str(small), "--json"])
        _time(
            bench,
            folder,
            f"casare preview, {10_000 if bench.quick else 100_000:,} nodes",
            ["-m", "casare", "preview", str(large), "--json"],
            against="casare preview, 10 nodes",
        )
        _window(bench, folder)


def _time(
    bench: Bench, home: Path, name: str, words: list[str], *, target_ms: float | None = None, against: str = ""
) -> None:
    environ = os.environ | {"CASARE_HOME": str(home / "home")}
    times = []
    for turn in range(1 + (3 if bench.quick else RUNS)):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *words], env=environ, stdout=subprocess.DEVNULL, check=True)
        if turn:
            times.append((time.perf_counter() - begun) * 1000)
    bench.record(name, times, target_ms=target_ms, against=against)


def _window(bench: Bench, home: Path) -> None:
    """Time the editor from the start of its process to the painted window, on the platform that draws nowhere."""
    environ = os.environ | {"CASARE_HOME": str(home / "home"), "QT_QPA_PLATFORM": "offscreen"}
    times = []
    for turn in range(1 + (3 if bench.quick else WINDOWS)):
        words = [sys.executable, "-m", "tests_performance.window_start"]
        begun = {"CASARE_STARTED": repr(time.time())}
        done = subprocess.run(words, env=environ | begun, cwd=HERE.parent, capture_output=True, text=True, check=True)
        if turn:
            times.append(float(done.stdout.splitlines()[-1]))
    bench.record("casare, window painted", times, target_ms=700)

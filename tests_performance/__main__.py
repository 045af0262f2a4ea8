"""Run the benchmarks: `python -m tests_performance [NAME...] [--quick]`.

NAME chooses modules by part of their name. Writes `results.json` (every single time) and `REPORT.md` beside this file;
with a NAME or `--quick` into `out/` instead, so that a part never takes the place of the whole. Both are written after
each module, what a person meets first before the rest, so that a run that is broken off leaves what it has.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests_performance.harness import Bench, as_raw, machine
from tests_performance.reasons import read_reasons
from tests_performance.report import report_text

HERE = Path(__file__).resolve().parent
FIRST = ("window", "storage", "start", "canvas", "profiler_dock", "profiling", "running", "engine", "loading")


def main() -> int:
    """Run what was asked for and write the results; return the exit code."""
    parser = argparse.ArgumentParser(prog="tests_performance", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of a module's name")
    parser.add_argument("--quick", action="store_true", help="three runs each, to see that everything works")
    parser.add_argument("--at-most", type=float, default=0.0, metavar="S", help="begin no module after so many seconds")
    told = parser.parse_args()
    chosen = sorted((path for path in HERE.glob("bench_*.py") if _is_chosen(path.stem, told.names)), key=_place)
    if not chosen:
        print(f"no benchmark is called like {' or '.join(told.names)}", file=sys.stderr)
        return 2
    about = machine()
    bench = Bench(quick=told.quick)
    printed: dict[str, str] = {}
    folder = HERE if not told.names and not told.quick else HERE.parent / "out"
    folder.mkdir(exist_ok=True)
    begun = time.monotonic()
    left = [_title(path) for path in chosen]
    for path in chosen:
        title = _title(path)
        if told.at_most and time.monotonic() - begun > told.at_most:
            break
        print(f"{title}, after {time.monotonic() - begun:.0f} s", flush=True)
        entered = time.monotonic()
        module = importlib.import_module(f"tests_performance.{path.stem}")
        if hasattr(module, "run"):
            bench.group = title
            module.run(bench)
        else:
            printed[title] = _run_script(path)
            print(printed[title])
        print(f"{title} took {time.monotonic() - entered:.0f} s", flush=True)
        left.remove(title)
        _write(folder, bench, about, {**printed, "Left out of this run": ", ".join(left)} if left else printed)
    print(f"\nAfter {time.monotonic() - begun:.0f} s: {folder / 'REPORT.md'}")
    return 0


def _write(folder: Path, bench: Bench, about: dict[str, Any], printed: dict[str, str]) -> None:
    raw = as_raw(bench.figures, about, printed)
    (folder / "results.json").write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    text = report_text(bench.figures, about, printed, when, read_reasons(HERE / "reasons.toml"))
    (folder / "REPORT.md").write_text(text, encoding="utf-8")


def _title(path: Path) -> str:
    return path.stem.removeprefix("bench_").replace("_", " ").capitalize()


def _place(path: Path) -> tuple[int, str]:
    name = path.stem.removeprefix("bench_")
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _is_chosen(stem: str, names: list[str]) -> bool:
    return not names or any(name in stem for name in names)


def _run_script(path: Path) -> str:
    done = subprocess.run([sys.executable, str(path)], cwd=HERE.parent, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"{done.stdout}\nfailed:\n{done.stderr}"


if __name__ == "__main__":
    raise SystemExit(main())

"""Run the benchmarks: `python -m tests_performance [NAME...] [--quick]`.

NAME chooses modules by part of their name. Writes `results.json` (every single time) and `REPORT.md` beside this file;
with a NAME or `--quick` into `out/` instead, so that a part never takes the place of the whole. Both are written after
each module, what a person meets first before the rest, so that a run that is broken off leaves what it has. A module
that fails is named in the report with its error, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from tests_performance.harness import Bench, Figure, as_raw, machine
from tests_performance.reasons import read_reasons
from tests_performance.report import report_text

HERE = Path(__file__).resolve().parent
FIRST = ("window", "storage", "start", "canvas", "grades", "profiler_dock", "profile", "running", "engine", "loading")


def main() -> int:
    """Run what was asked for and write the results; return the exit code."""
    parser = argparse.ArgumentParser(prog="tests_performance", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of a module's name")
    parser.add_argument("--quick", action="store_true", help="three runs each, to see that everything works")
    parser.add_argument("--at-most", type=float, default=0.0, metavar="S", help="begin no module after so many seconds")
    parser.add_argument("--report", action="store_true", help="write REPORT.md anew from results.json, measure nothing")
    told = parser.parse_args()
    if told.report:
        write_report(HERE)
        return 0
    chosen = sorted((path for path in HERE.glob("bench_*.py") if _is_chosen(path.stem, told.names)), key=_place)
    if not chosen:
        print(f"no benchmark is called like {' or '.join(told.names)}", file=sys.stderr)
        return 2
    run = Run(HERE if not told.names and not told.quick else HERE.parent / "out", Bench(quick=told.quick))
    for at, path in enumerate(chosen):
        if told.at_most and run.seconds > told.at_most:
            break
        run.module(path, [_title(one) for one in chosen[at + 1 :]])
    print(f"\nAfter {run.seconds:.0f} s: {run.folder / 'REPORT.md'}")
    return 1 if run.failed else 0


class Run:
    """One run of some modules, whose results are written whenever a module ends."""

    def __init__(self, folder: Path, bench: Bench) -> None:
        self.folder = folder
        self.failed: dict[str, str] = {}
        self._bench = bench
        self._about = machine()
        self._printed: dict[str, str] = {}
        self._took: dict[str, float] = {}
        self._begun = time.monotonic()
        folder.mkdir(exist_ok=True)

    @property
    def seconds(self) -> float:
        """Return how long the run has been going on."""
        return time.monotonic() - self._begun

    def module(self, path: Path, left: list[str]) -> None:
        """Run one module and write what is known by then. One that fails is told of, and does not end the run."""
        title, begun = _title(path), self.seconds
        print(f"\n{title}, after {begun:.0f} s; {len(left)} more to come", flush=True)
        self._bench.group = title
        try:
            _measure(path, self._bench, self._printed)
        except Exception as error:
            traceback.print_exc()
            self.failed[title] = _in_words(error)
        self._took[title] = self.seconds - begun
        state = "failed" if title in self.failed else "done"
        print(f"{title} {state} in {self._took[title]:.0f} s", flush=True)
        self._write(left)

    def _write(self, left: list[str]) -> None:
        printed = {**self._printed, "Left out of this run": ", ".join(left)} if left else self._printed
        raw = as_raw(self._bench.figures, self._about, printed)
        when = datetime.now(UTC).strftime("%Y-%m-%d")
        raw |= {"failed": self.failed, "seconds": self._took, "when": when}
        (self.folder / "results.json").write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
        write_report(self.folder)


def write_report(folder: Path) -> None:
    """Write `REPORT.md` from the `results.json` beside it and the reasons that are known by now."""
    raw = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    figures = [Figure(**one) for one in raw["figures"]]
    reasons = read_reasons(HERE / "reasons.toml")
    about, printed = raw["machine"], raw["printed"]
    text = report_text(
        figures, about, printed, raw["when"], reasons, failed=raw.get("failed", {}), seconds=raw.get("seconds", {})
    )
    (folder / "REPORT.md").write_text(text, encoding="utf-8")


def _measure(path: Path, bench: Bench, printed: dict[str, str]) -> None:
    module = importlib.import_module(f"tests_performance.{path.stem}")
    if hasattr(module, "run"):
        module.run(bench)
        return
    done = subprocess.run([sys.executable, str(path)], cwd=HERE.parent, capture_output=True, text=True, check=True)
    printed[bench.group] = done.stdout
    print(done.stdout)


def _in_words(error: Exception) -> str:
    """Return what went wrong, with the end of what a process said that failed."""
    said = getattr(error, "stderr", None) or ""
    said = said.decode(errors="replace") if isinstance(said, bytes) else said
    return "\n".join([f"{type(error).__name__}: {error}", *said.splitlines()[-8:]])


def _title(path: Path) -> str:
    return path.stem.removeprefix("bench_").replace("_", " ").capitalize()


def _place(path: Path) -> tuple[int, str]:
    name = path.stem.removeprefix("bench_")
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _is_chosen(stem: str, names: list[str]) -> bool:
    return not names or any(name in stem for name in names)


if __name__ == "__main__":
    raise SystemExit(main())

"""How grades spread: the real workflows, the product's own samples, and 200 generated ones of differing quality.

What it prints stands in the report as it is. Real files are looked for where the tests look for them, beside the
repository or where CASARE_SAMPLES points; without them their row says so.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from casare.catalog import default_catalog
from casare.foundation.resources import samples
from casare.model import Graph
from casare.profiling import analyze
from casare.profiling.scoring.specimens import specimen
from casare.storage import load

LETTERS = "ABCDF"
DEFECTS = (0, 1, 2, 4, 6, 9, 13, 19)
EACH = 25


class Row(NamedTuple):
    """Workflows of one kind: how many got which grade, and their scores from the lowest to the highest."""

    name: str
    grades: Counter[str]
    scores: list[float]


def spread() -> list[Row]:
    """Grade all workflows there are; real files that are absent make an empty row."""
    catalog = default_catalog()
    rows = [
        _row("real files", [load(path, catalog).graph for path in _real_files()]),
        _row("own samples", [load(path, catalog).graph for path in sorted(samples().glob("*.json"))]),
    ]
    for defects in DEFECTS:
        name = f"{defects} defects" if defects != 1 else "1 defect"
        rows.append(_row(name, [specimen(seed, defects) for seed in range(EACH)]))
    return rows


def table(rows: Sequence[Row]) -> str:
    """Return the rows and their sum as text in columns."""
    every = Row("all", sum((row.grades for row in rows), Counter()), [one for row in rows for one in row.scores])
    lines = [f"{'':>14}" + "".join(f"{letter:>6}" for letter in LETTERS) + "   lowest to highest score"]
    for name, grades, scores in (*rows, every):
        counts = "".join(f"{grades[letter] or '-':>6}" for letter in LETTERS)
        told = f"{min(scores):.1f} to {max(scores):.1f}" if scores else "none were there"
        lines.append(f"{name:>14}{counts}   {told}")
    return "\n".join(lines)


def _row(name: str, graphs: Iterable[Graph]) -> Row:
    catalog = default_catalog()
    reports = [analyze(graph, catalog) for graph in graphs]
    return Row(name, Counter(one.grade for one in reports if one.grade), sorted(one.score or 0.0 for one in reports))


def _real_files() -> list[Path]:
    told = os.environ.get("CASARE_SAMPLES")
    beside = Path(__file__).resolve().parents[2] / "shared" / "samples" / "casarerpa"
    return sorted((Path(told) if told else beside).glob("*.json"))


if __name__ == "__main__":
    print(table(spread()))

"""What the compare page compares with, and how differences read. Qt-free."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from casare.app.profile_history import Analysis
from casare.app.profiler.basis import Basis
from casare.catalog import Catalog
from casare.profiling import Report, duration_text, memory_text
from casare.profiling.compare import Comparison, compare

if TYPE_CHECKING:
    from casare.profiling.report import NodeReport

SAVED: Final = "saved"
PINNED: Final = "pinned"
PAST: Final = "past"

MOST_NODES: Final = 500


class Line(NamedTuple):
    """One figure in both: what it is, before, now, and the difference; `better` is None when it is neither."""

    title: str
    before: str
    now: str
    change: str
    better: bool | None


class NodeLine(NamedTuple):
    """One node that differs: `what` is new, gone or changed."""

    id: str
    name: str
    what: str
    time: str
    memory: str


class Compared(NamedTuple):
    """Two analyses side by side."""

    title: str
    lines: tuple[Line, ...]
    rules: tuple[tuple[str, float], ...]
    nodes: tuple[NodeLine, ...]
    more: int
    """Nodes that differ and are not in `nodes`."""


def with_report(title: str, first: Report, second: Report) -> Compared:
    """Return two reports side by side, with differences per node."""
    held: Comparison = compare(first, second)
    nodes = tuple(
        NodeLine(
            one.node_id,
            _named(one.second or one.first, one.node_id),
            "new" if one.first is None else "gone" if one.second is None else "changed",
            signed(one.runtime_ms, duration_text),
            signed(one.memory_mb, memory_text),
        )
        for one in held.nodes[:MOST_NODES]
    )
    now = (second.grade, second.score, *second.totals)
    before = (first.grade, first.score, *first.totals)
    return Compared(title, _lines(before, now), held.rules, nodes, max(0, len(held.nodes) - MOST_NODES))


def with_past(past: Analysis, second: Report) -> Compared:
    """Return a report beside the figures of an earlier analysis, of which nodes are not known any more."""
    before = (
        *(past.grade, past.score, past.runtime_ms, past.wall_ms, past.peak_memory_mb, past.critical_path_ms),
        past.parallel_opportunities,
    )
    return Compared(past_title(past), _lines(before, (second.grade, second.score, *second.totals)), (), (), 0)


def past_title(past: Analysis) -> str:
    """Return an earlier analysis as a menu tells it."""
    when = time.strftime("%d %b, %H:%M", time.localtime(past.at))
    score = f" {past.score:g}" if past.score is not None else ""
    return f"{when} · {past.grade or 'no grade'}{score}"


def saved_report(path: Path, catalog: Catalog, basis: Basis) -> Report:
    """Return the report on the file of a document. Raises FileError."""
    from casare.storage import load

    report = basis.profiler(catalog).analyze(load(path, catalog).graph)
    # They are read on the window's thread; here is the time to make them.
    len(list(report.nodes))
    return report


def signed(change: float, text: object) -> str:
    """Return a difference with its sign; empty when there is none."""
    assert callable(text)
    return "" if not change else f"{'+' if change > 0 else '−'}{text(abs(change))}"


def _lines(before: Sequence[object], now: Sequence[object]) -> tuple[Line, ...]:
    grade_before, score_before, *totals_before = before
    grade, score, *totals = now
    lines = [
        Line("Grade", str(grade_before or "–"), str(grade or "–"), "", None),
        _number("Score", score_before, score, lambda value: f"{value:g}", more_is_better=True),
    ]
    for title, text, one, other in zip(_TITLES, _TEXTS, totals_before, totals, strict=True):
        lines.append(_number(title, one, other, text, more_is_better=False))
    return tuple(lines)


def _number(title: str, one: object, other: object, text: object, *, more_is_better: bool) -> Line:
    assert callable(text)
    if not isinstance(one, (int, float)) or not isinstance(other, (int, float)):
        return Line(title, "–" if one is None else text(one), "–" if other is None else text(other), "", None)
    change = round(other - one, 6)
    told = signed(change, text)
    return Line(title, text(one), text(other), told, None if not told else (change > 0) == more_is_better)


def _count(value: float) -> str:
    return f"{value:,.0f}"


_TITLES: Final = ("Work", "Runtime", "Peak memory", "Critical path", "Could run together")
_TEXTS: Final = (duration_text, duration_text, memory_text, duration_text, _count)


def _named(node: NodeReport | None, node_id: str) -> str:
    return node.name if node is not None else node_id

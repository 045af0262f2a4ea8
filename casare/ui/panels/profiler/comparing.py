"""How two analyses side by side read. Qt-free."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from casare.app.profiler.profile_history import Analysis
from casare.profiling import Report, duration_text, memory_text
from casare.profiling.studies.compare import NodeDifference, compare

Told = Report | Analysis
"""What is known of one side: everything, or for an earlier analysis its figures alone."""

_STRANGERS: Final = 10
"""Two workflows with so many nodes and none alike have nothing to do with each other."""


class Line(NamedTuple):
    """One figure in both, and the difference; `better` is None when it is neither."""

    title: str
    first: str
    second: str
    change: str
    better: bool | None


class NodeLine(NamedTuple):
    """One node that differs: `what` is new, gone or changed. Times in ms, memory in MB; None where it is missing."""

    id: str
    name: str
    what: str
    change_ms: float
    change_mb: float
    first_ms: float | None
    second_ms: float | None
    change_slack_ms: float


class Compared(NamedTuple):
    """Two analyses side by side."""

    grades: tuple[str | None, str | None]
    lines: tuple[Line, ...]
    rules: tuple[tuple[str, float], ...]
    nodes: tuple[NodeLine, ...]
    note: str
    """What there is to know beside the figures, such as why no nodes are told."""


def side_by_side(first: Told, second: Told) -> Compared:
    """Return two analyses with their differences, per node as far as the nodes of both are known."""
    lines = _lines(_figures(first), _figures(second))
    grades = (first.grade, second.grade)
    if isinstance(first, Analysis) or isinstance(second, Analysis):
        return Compared(grades, lines, (), (), "Of an earlier analysis only its figures are kept, not its nodes.")
    held = compare(first, second)
    nodes = tuple(line for line in map(_node_line, held.nodes) if line is not None)
    return Compared(grades, lines, held.rules, nodes, _note(first, second, nodes, lines))


def past_title(past: Analysis) -> str:
    """Return an earlier analysis as a list of choices tells it."""
    when = time.strftime("%d %b, %H:%M", time.localtime(past.at))
    score = f" {past.score:g}" if past.score is not None else ""
    return f"{when} · {past.grade or 'no grade'}{score}"


def signed(change: float, text: Callable[[float], str]) -> str:
    """Return a difference with its sign; empty when there is none."""
    told = text(abs(change))
    # Less than can be written is neither more nor less.
    return "" if not change else told if told.startswith("<") else f"{'+' if change > 0 else '−'}{told}"


def _node_line(one: NodeDifference) -> NodeLine | None:
    first, second = one.first, one.second
    slack = second.slack_ms - first.slack_ms if first is not None and second is not None else 0.0
    alike = first is not None and second is not None and first.complexity == second.complexity
    if alike and not (one.runtime_ms or one.memory_mb or slack):
        # Other advice, or other neighbours: nothing about this node itself costs something else.
        return None
    known = second or first
    return NodeLine(
        one.node_id,
        known.name if known is not None else one.node_id,
        "new" if first is None else "gone" if second is None else "changed",
        one.runtime_ms,
        one.memory_mb,
        first.runtime_ms if first is not None else None,
        second.runtime_ms if second is not None else None,
        slack,
    )


def _note(first: Report, second: Report, nodes: Sequence[NodeLine], lines: Sequence[Line]) -> str:
    least = min(len(first.nodes), len(second.nodes))
    if least >= _STRANGERS and sum(one.what == "gone" for one in nodes) == len(first.nodes):
        return "No node is in both: these look like two different workflows."
    if not nodes and not any(line.change for line in lines):
        return "Nothing differs."
    return ""


def _figures(told: Told) -> tuple[float | None, ...]:
    if isinstance(told, Report):
        return (told.score, *told.totals)
    return (
        *(told.score, told.runtime_ms, told.wall_ms, told.peak_memory_mb, told.critical_path_ms),
        told.parallel_opportunities,
    )


def _lines(first: Sequence[float | None], second: Sequence[float | None]) -> tuple[Line, ...]:
    return tuple(
        _line(title, text, one, other, more_is_better=title == _SCORE)
        for (title, text), one, other in zip(_FIGURES, first, second, strict=True)
    )


def _line(
    title: str, text: Callable[[float], str], one: float | None, other: float | None, *, more_is_better: bool
) -> Line:
    if one is None or other is None:
        return Line(title, "–" if one is None else text(one), "–" if other is None else text(other), "", None)
    change = round(other - one, 6)
    told = signed(change, text)
    return Line(title, text(one), text(other), told, None if not told else (change > 0) == more_is_better)


def _points(value: float) -> str:
    return f"{round(value, 1):g}"


def _count(value: float) -> str:
    return f"{value:,.0f}"


_SCORE: Final = "Score"
_FIGURES: Final[tuple[tuple[str, Callable[[float], str]], ...]] = (
    (_SCORE, _points),
    ("Work", duration_text),
    ("Runtime", duration_text),
    ("Peak memory", memory_text),
    ("Critical path", duration_text),
    ("Could run together", _count),
)

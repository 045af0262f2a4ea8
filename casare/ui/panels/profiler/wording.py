"""What the profiler panel says about a report. Qt-free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from heapq import nlargest
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from casare.profiling import NodeReport, Report, duration_text, grade_of, memory_text
from casare.profiling.rules import RULES
from casare.profiling.scoring.grade import GRADES
from casare.ui.panels.profiler.costs import cost_lines
from casare.ui.panels.profiler.remembered import remembered

if TYPE_CHECKING:
    from casare.app.profiler.measuring import Measured

MOST_COSTLY: Final = 6
"""So many nodes are named where the time goes."""

_TITLES: Final = {rule.id: rule.title for rule in RULES}
_ADVICE: Final = {rule.id: rule.advice for rule in RULES}


MENDS: Final = {
    "parallel": ("serial-independent",),
    "share-result": ("duplicate-fetch",),
    "remove-dead": ("unreachable", "unused-result"),
    "wire-branch": ("dead-end",),
    "retry-run": ("unguarded-io",),
    "guard": ("unguarded-io",),
    "limit-load": ("whole-file-load",),
    "loop-limit": ("unbounded-loop",),
    "fewer-retries": ("retry-storm",),
    "limit-fan-out": ("fan-out-without-limit",),
    "loop-fan-out": ("fan-out-without-limit",),
    "smaller-batch": ("hot-spot", "memory-peak"),
    "correct-name": ("unset-reference",),
}
"""Which rules an improvement answers to, by its kind."""


class Figure(NamedTuple):
    """One of the four figures: what stands on its card."""

    caption: str
    figure: str
    detail: str


class Step(NamedTuple):
    """Something to change, and what it would buy."""

    title: str
    detail: str
    gain: str
    nodes: tuple[str, ...]
    reaches: bool
    """Whether it alone brings a better grade."""


class Cost(NamedTuple):
    """A node that takes time: its share of all the work, 0 to 1, and how much longer it may take (ms)."""

    id: str
    name: str
    share: float
    time: str
    slack: str
    critical: bool
    told: str = ""
    """What a tip says."""


def score_text(score: float | None) -> str:
    """Return a score as `71 of 100`; a decimal is kept, so that 74.9 never looks like the 75 of a better grade."""
    return "No score yet" if score is None else f"{score:g} of 100"


def next_grade(score: float) -> tuple[str, float] | None:
    """Return the next better grade and the score it begins at; None for the best."""
    better = [(letter, least) for least, letter in GRADES if least > score]
    return better[-1] if better else None


def way_up_text(score: float | None) -> str:
    """Return how far it is to the next grade."""
    if score is None:
        return "There is nothing to grade"
    following = next_grade(score)
    if following is None:
        return "The best grade there is"
    points = round(following[1] - score, 1)
    return f"{points:g} point{'' if points == 1 else 's'} to {following[0]}"


@remembered
def provenance_text(report: Report, workers: int) -> str:
    """Return what the figures rest on."""
    counts = Counter(node.provenance for node in report.nodes)
    assumed, known = counts["default"], counts["measured"] + counts["calibrated"]
    base = "Rough estimates" if assumed * 2 > len(report.nodes) else "Declared estimates"
    told = (f", {known:,} measured" if known else "") + (f", {assumed:,} assumed" if assumed else "")
    return f"{base}{told} · {workers} worker{'' if workers == 1 else 's'}"


def measured_text(held: Measured) -> str:
    """Return which run the figures rest on, and how far off the estimates were."""
    off = "" if held.error is None else f" · estimates off by ×{held.error:.2g}"
    return f"{held.measured.title}{off}"


@remembered
def figures(report: Report, workers: int) -> tuple[Figure, Figure, Figure, Figure]:
    """Return the four figures of a report."""
    totals = report.totals
    heaviest = max(report.nodes, key=attrgetter("memory_mb"), default=None)
    count = totals.parallel_opportunities
    return (
        Figure("Runtime", duration_text(totals.wall_ms), f"{duration_text(totals.runtime_ms)} of work"),
        Figure(
            "Peak memory",
            memory_text(totals.peak_memory_mb),
            f"most at {heaviest.name}" if heaviest and heaviest.memory_mb > 0 else "next to nothing",
        ),
        Figure(
            "Critical path",
            duration_text(totals.critical_path_ms),
            f"{len(report.critical_path):,} of {_nodes(len(report.nodes))}",
        ),
        Figure(
            "Could run together",
            _nodes(count) if count else "None",
            "drawn one after another" if count else "nothing waits for nothing",
        ),
    )


def ledger_title(rule: str) -> str:
    """Return what a rule is called."""
    return _TITLES.get(rule, rule.replace("-", " ").capitalize())


def nodes_text(count: int) -> str:
    """Return how many nodes an entry is about; nothing when it is about the whole workflow."""
    return _nodes(count) if count else "the whole workflow"


def steps(report: Report, mended: Collection[str] = ()) -> list[Step]:
    """Return what to change, what buys most first, each with the score it leads to when all of its cases are mended.

    The score is 100 less the points of the ledger, so mending an entry gives back exactly its points. Entries of rules
    in `mended` are left out: there is an edit for them.
    """
    if report.score is None or report.scoring != "casare":
        return [Step(text, "", "", (), False) for text in report.suggestions]
    lost = sum(entry.points for entry in report.ledger)
    found = []
    for entry in report.ledger:
        if entry.rule in mended:
            continue
        fresh = round(max(0.0, 100.0 - (lost - entry.points)), 1)
        grade = grade_of(fresh)
        better = grade != report.grade
        gain = f"{report.score:g} → {fresh:g}" + (f"  {grade}" if better else "")
        found.append(Step(entry.message.removesuffix("."), _ADVICE.get(entry.rule, ""), gain, entry.nodes, better))
    return found


@remembered
def costs(report: Report, most: int = MOST_COSTLY) -> list[Cost]:
    """Return where the time goes: the bottlenecks, then whatever else takes long."""
    whole = report.totals.runtime_ms
    if whole <= 0:
        return []
    critical, first = set(report.critical_path), set(report.bottlenecks)
    longest = nlargest(most, report.nodes, key=attrgetter("runtime_ms"))
    named = [node for node in report.nodes if node.id in first] if first else []
    unique = list(dict.fromkeys([*named, *(node for node in longest if node.runtime_ms > 0)]))[:most]
    shown = sorted(unique, key=lambda node: -node.runtime_ms)
    return [
        Cost(
            node.id,
            node.name,
            node.runtime_ms / whole,
            duration_text(node.runtime_ms),
            duration_text(node.slack_ms) if node.slack_ms else "none",
            node.id in critical,
            "\n".join((node.name, *cost_lines(node, whole, critical=node.id in critical))),
        )
        for node in shown
    ]


@remembered
def begin_of_path(report: Report, most: int) -> list[NodeReport]:
    """Return the first nodes of the critical path."""
    wanted = report.critical_path[:most]
    among = set(wanted)
    known = {node.id: node for node in report.nodes if node.id in among}
    return [known[one] for one in wanted if one in known]


def _nodes(count: int) -> str:
    return "1 node" if count == 1 else f"{count:,} nodes"


def read_ahead(report: Report, workers: int, path_rows: int) -> None:
    """Make all that is slow in a large workflow, on whatever thread this is; it is looked up later."""
    figures(report, workers)
    costs(report)
    begin_of_path(report, path_rows)
    provenance_text(report, workers)

"""A profile as a person reads it in a terminal: the grade first, then where the time goes, then what to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from casare.cli.console import GRADE_STYLES, facts, plain, table
from casare.profiling import duration_text, memory_text

if TYPE_CHECKING:
    from rich.console import Console

    from casare.profiling import NodeReport, Report
    from casare.profiling.scoring.budget import Check
    from casare.profiling.studies.compare import Comparison

_MOST_STEPS = 12
_MOST_NAMES = 4
_MOST_DIFFERENCES = 12
_ROOMY = 60


def show_profile(out: Console, title: str, report: Report, workers: int) -> None:
    """Show a whole report: grade, totals, critical path, bottlenecks, lost points, suggestions."""
    named = {node.id: node for node in report.nodes}
    out.print(plain(title, "bold"))
    _show_totals(out, report, workers)
    if report.grade is None:
        out.print(plain("\nThere is nothing to grade: no node does any work.", "dim"))
        return
    _show_path(out, report, named)
    _show_bottlenecks(out, report, named)
    _show_ledger(out, report, named)
    if report.suggestions:
        out.print(plain("\nWhat to change", "bold"))
        for suggestion in report.suggestions:
            out.print(facts([("-", plain(suggestion))]))


def show_checks(out: Console, checks: Sequence[Check]) -> None:
    """Show the gates that are set, and whether each is met."""
    if checks:
        out.print(plain("\nGates", "bold"))
        rows = [
            ("met" if one.kept else "not met", plain(one.message, "green" if one.kept else "red")) for one in checks
        ]
        out.print(facts(rows))


def show_error(out: Console, error: float | None) -> None:
    """Show how far off the estimates were that a run was measured against."""
    if error is not None:
        out.print(plain(f"\nMeasured. Half of the estimates were off by no more than a factor of {error:.2g}.", "dim"))


def show_comparison(out: Console, held: Comparison | None, other: str) -> None:
    """Show what changed since another version."""
    if held is None:
        return
    out.print(plain(f"\nSince {other}", "bold"))
    score = "" if held.score is None else f"  {held.score:+.1f} points"
    rows = [("grade", f"{held.grades[0] or 'none'} to {held.grades[1] or 'none'}{score}")]
    for name, change in (
        ("all work", held.runtime_ms),
        ("wall time", held.wall_ms),
        ("critical path", held.critical_path_ms),
    ):
        rows.append((name, _signed(change, duration_text)))
    rows.append(("peak memory", _signed(held.peak_memory_mb, memory_text)))
    out.print(facts(rows))
    if not held.nodes:
        return
    nodes = table("node", "what", "runtime", "memory", numbers=("runtime", "memory"))
    for one in held.nodes[:_MOST_DIFFERENCES]:
        told = "new" if one.first is None else "gone" if one.second is None else "changed"
        shown = one.second or one.first
        name = shown.name if shown else one.node_id
        nodes.add_row(plain(name), told, _signed(one.runtime_ms, duration_text), _signed(one.memory_mb, memory_text))
    out.print(nodes)
    more = len(held.nodes) - _MOST_DIFFERENCES
    if more > 0:
        out.print(plain(f"and {more:,} more", "dim"))


def _signed(change: float, text: Callable[[float], str]) -> str:
    return "same" if not change else f"{'+' if change > 0 else '-'}{text(abs(change))}"


def _show_totals(out: Console, report: Report, workers: int) -> None:
    totals = report.totals
    grade = plain("none") if report.grade is None else plain(report.grade, GRADE_STYLES[report.grade])
    if report.score is not None:
        grade.append_text(plain(f"  {report.score:.1f} of 100, scoring {report.scoring}"))
    rows = [
        ("grade", grade),
        ("all work", duration_text(totals.runtime_ms)),
        (f"with {workers} workers" if workers > 1 else "with 1 worker", duration_text(totals.wall_ms)),
        ("critical path", duration_text(totals.critical_path_ms)),
        ("peak memory", memory_text(totals.peak_memory_mb)),
        ("parallel opportunities", str(totals.parallel_opportunities)),
    ]
    out.print(facts(rows))


def _show_path(out: Console, report: Report, named: dict[str, NodeReport]) -> None:
    path = [named[node_id].name for node_id in report.critical_path if node_id in named]
    if not path:
        return
    half = _MOST_STEPS // 2
    if len(path) > _MOST_STEPS:
        path = [*path[:half], f"({len(path) - _MOST_STEPS} more)", *path[-half:]]
    out.print(plain("\nCritical path", "bold"))
    out.print(plain(" > ".join(path)))


def _show_bottlenecks(out: Console, report: Report, named: dict[str, NodeReport]) -> None:
    worst = [named[node_id] for node_id in report.bottlenecks if node_id in named]
    if not worst:
        return
    whole = report.totals.runtime_ms
    roomy = out.width >= _ROOMY
    columns = ("bottleneck", "type", "runtime", "share") if roomy else ("bottleneck", "runtime", "share")
    rows = table(*columns, numbers=("runtime", "share"))
    for node in worst:
        share = f"{node.runtime_ms / whole:.0%}" if whole else ""
        kind = [plain(node.type, "dim")] if roomy else []
        rows.add_row(plain(node.name), *kind, duration_text(node.runtime_ms), share)
    out.print()
    out.print(rows)


def _show_ledger(out: Console, report: Report, named: dict[str, NodeReport]) -> None:
    if not report.ledger:
        out.print(plain("\nNo points lost.", "green"))
        return
    out.print()
    rows = table("points", "why", "where", numbers=("points",))
    for entry in report.ledger:
        names = [named[node_id].name if node_id in named else node_id for node_id in entry.nodes]
        more = len(names) - _MOST_NAMES
        where = ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
        rows.add_row(f"-{entry.points:.1f}", plain(entry.message), plain(where, "dim"))
    out.print(rows)

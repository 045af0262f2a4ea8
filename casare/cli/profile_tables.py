"""A profile as a person reads it in a terminal: the grade first, then where the time goes, then what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casare.cli.console import GRADE_STYLES, facts, plain, table
from casare.profiling import duration_text, memory_text

if TYPE_CHECKING:
    from rich.console import Console

    from casare.profiling import NodeReport, Report

_MOST_STEPS = 12
_MOST_NAMES = 4
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

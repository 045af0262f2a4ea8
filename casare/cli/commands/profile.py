"""`casare profile FILE`: the grade of a workflow, why, and what to change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casare.cli.console import console, print_json, print_raw
from casare.cli.options import AsJson, File
from casare.foundation.atomic import write_atomic
from casare.foundation.errors import FileError, UsageError

if TYPE_CHECKING:
    from casare.profiling import Report
    from casare.profiling.evidence import Evidence

_GRADES = "ABCDF"
_GATE_NOT_MET = 1
_MOST_WORKERS = 16
"""How far the page draws what more workers would bring."""


class Scoring(StrEnum):
    """Whose rules make the grade."""

    CASARE = "casare"
    NODETOOL = "nodetool"


class Grade(StrEnum):
    """The grades, best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    F = "F"


def run(
    file: File,
    scoring: Annotated[Scoring, typer.Option(help="Whose rules make the grade.")] = Scoring.CASARE,
    workers: Annotated[int, typer.Option(min=1, max=1024, metavar="N", help="How many nodes may run at once.")] = 4,
    min_grade: Annotated[
        Grade | None, typer.Option("--min-grade", case_sensitive=False, help="Exit with 1 when the grade is worse.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the nodes as CSV.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a page that needs nothing else.")] = None,
    as_json: AsJson = False,
) -> int:
    """Print the report; 1 when `min_grade` is not reached. Raises FileError and UsageError."""
    if as_csv and as_json:
        raise UsageError(
            "--csv and --json cannot be had at once", where="casare profile", mend="Leave one out, or run it twice."
        )
    from casare.catalog import default_catalog
    from casare.profiling import Profiler, analyze
    from casare.storage import load

    catalog = default_catalog()
    graph = load(file, catalog).graph
    profiler = Profiler(catalog, workers=workers) if scoring is Scoring.CASARE else None
    report = profiler.analyze(graph) if profiler else analyze(graph, catalog, workers=workers, scoring=scoring.value)
    if html is not None:
        _write(html, _page(graph.name or file.name, report, profiler.evidence if profiler else None))
    if as_json:
        from casare.profiling.schema import ProfileOutput

        print_json(ProfileOutput.from_report(report))
    elif as_csv:
        from casare.profiling.table import to_csv

        print_raw(to_csv(report))
    else:
        from casare.cli.profile_tables import show_profile

        show_profile(console(), graph.name or file.name, report, workers)
    return 0 if min_grade is None or _reaches(report.grade, min_grade.value) else _GATE_NOT_MET


def _page(title: str, report: Report, evidence: Evidence | None) -> str:
    from casare.profiling.exports import html_page
    from casare.profiling.workers import makespan_curve, time_line

    if evidence is None:
        return html_page(title, report)
    return html_page(title, report, time_line(evidence), makespan_curve(evidence, _MOST_WORKERS))


def _write(path: Path, text: str) -> None:
    try:
        write_atomic(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise FileError(
            f"the page cannot be written: {error.strerror or error}",
            where=str(path),
            mend="Check the folder, its permissions and the free space.",
        ) from error


def _reaches(grade: str | None, least: str) -> bool:
    # An empty workflow has no grade, so it has not shown that it is good enough.
    return grade is not None and _GRADES.index(grade) <= _GRADES.index(least)

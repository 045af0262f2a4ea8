"""`casare profile FILE`: the grade of a workflow, why, and what to change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casare.cli.console import console, print_json, print_raw
from casare.cli.options import AsJson, File
from casare.foundation.errors import UsageError

_GRADES = "ABCDF"
_GATE_NOT_MET = 1


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
    from casare.profiling import analyze
    from casare.storage import load

    catalog = default_catalog()
    graph = load(file, catalog).graph
    report = analyze(graph, catalog, workers=workers, scoring=scoring.value)
    if html is not None:
        from casare.cli.profile_page import write_page

        write_page(html, graph.name or file.name, report)
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


def _reaches(grade: str | None, least: str) -> bool:
    # An empty workflow has no grade, so it has not shown that it is good enough.
    return grade is not None and _GRADES.index(grade) <= _GRADES.index(least)

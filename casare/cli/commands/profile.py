"""`casare profile FILE`: the grade of a workflow, why, and what to change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casare.cli.console import console, print_json, print_raw
from casare.cli.options import AsJson, File
from casare.foundation.errors import UsageError

if TYPE_CHECKING:
    from casare.cli.profile_analysis import Profiled
    from casare.profiling.scoring.budget import Check
    from casare.profiling.studies.compare import Comparison

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


def _file(text: str) -> object:
    return typer.Option(metavar="OUT", help=text)


def run(
    file: File,
    scoring: Annotated[Scoring, typer.Option(help="Whose rules make the grade.")] = Scoring.CASARE,
    workers: Annotated[int, typer.Option(min=1, max=1024, metavar="N", help="How many nodes may run at once.")] = 4,
    memory_mb: Annotated[
        float | None,
        typer.Option("--memory-mb", min=1, metavar="N", help="Simulate a run that may take so much memory."),
    ] = None,
    costs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file with the costs of types of your own.")
    ] = None,
    measured: Annotated[
        str | None, typer.Option(metavar="RUN", help="Rest on what a run measured: its id, or last.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="OTHER", help="Tell what changed since another version of the file.")
    ] = None,
    min_grade: Annotated[
        Grade | None, typer.Option("--min-grade", case_sensitive=False, help="Exit with 1 when the grade is worse.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the nodes as CSV.")] = False,
    html: Annotated[Path | None, _file("Write a page that needs nothing else.")] = None,
    trace: Annotated[Path | None, _file("Write the simulated run as a Chrome trace.")] = None,
    junit: Annotated[Path | None, _file("Write the gates as JUnit XML.")] = None,
    sarif: Annotated[Path | None, _file("Write the findings as SARIF.")] = None,
    as_json: AsJson = False,
) -> int:
    """Print the report; 1 when a gate is not met: `--min-grade`, or the file's own `settings.profile_budget`.

    Raises FileError and UsageError.
    """
    _refuse_contradictions(as_csv=as_csv, as_json=as_json, nodetool=scoring is Scoring.NODETOOL, measured=measured)
    from casare.catalog import default_catalog
    from casare.cli.profile_analysis import Wishes, compared, gates, profiled
    from casare.cli.profile_files import write_files

    catalog = default_catalog()
    wishes = Wishes(workers, memory_mb, costs, measured)
    held = profiled(file, catalog, wishes, nodetool=scoring is Scoring.NODETOOL)
    checks = gates(held, min_grade.value if min_grade else None)
    comparison = compared(compare, held, catalog, wishes) if compare else None
    write_files({"html": html, "trace": trace, "junit": junit, "sarif": sarif}, held, checks, file)
    if as_json:
        _print_json(held, checks, comparison)
    elif as_csv:
        from casare.profiling.reporting.table import to_csv

        print_raw(to_csv(held.report))
    else:
        from casare.cli.profile_tables import show_checks, show_comparison, show_error, show_profile

        out = console()
        show_profile(out, held.title, held.report, workers)
        show_error(out, held.error)
        show_comparison(out, comparison, compare.name if compare else "")
        show_checks(out, checks)
    return 0 if all(check.kept for check in checks) else _GATE_NOT_MET


def _refuse_contradictions(*, as_csv: bool, as_json: bool, nodetool: bool, measured: str | None) -> None:
    if as_csv and as_json:
        raise UsageError(
            "--csv and --json cannot be had at once", where="casare profile", mend="Leave one out, or run it twice."
        )
    if nodetool and measured:
        raise UsageError(
            "the compatible score knows no measurements", where="casare profile", mend="Leave --scoring out."
        )


def _print_json(held: Profiled, checks: tuple[Check, ...], comparison: Comparison | None) -> None:
    from casare.profiling.reporting.schema import ProfileOutput

    print_json(ProfileOutput.from_report(held.report, checks, comparison, held.error))

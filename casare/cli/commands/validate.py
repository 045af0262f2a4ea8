"""`casare validate FILE`: what is wrong with a workflow, if anything."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casare.cli.console import SEVERITY_STYLES, console, plain, print_json, shown_path, table
from casare.cli.options import AsJson, File
from casare.foundation.errors import FileError, LimitError, NotAWorkflowError

if TYPE_CHECKING:
    from casare.cli.outputs import ProblemOutput
    from casare.storage import Problem

_INVALID = 2

WithTimings = Annotated[bool, typer.Option("--timings", help="Show how long each stage of loading took.")]


def run(file: File, timings: WithTimings = False, as_json: AsJson = False) -> int:
    """List the problems; 2 when one of them is an error.

    With `--json` a file that cannot be opened at all is an answer too: one problem, besides the message on stderr.
    Raises FileError.
    """
    from casare.app.checks import check
    from casare.catalog import default_catalog
    from casare.storage import load

    catalog = default_catalog()
    try:
        loaded = load(file, catalog)
    except FileError as error:
        if as_json:
            _print_refusal(file, error)
        raise
    started = time.perf_counter()
    problems = list(dict.fromkeys([*loaded.problems, *check(loaded.graph, catalog)]))
    stages = {**loaded.timings, "check": (time.perf_counter() - started) * 1000}
    valid = all(problem.severity != "error" for problem in problems)
    if as_json:
        from casare.cli.outputs import ValidateOutput

        told = [_told(problem) for problem in problems]
        taken = {stage: round(ms, 3) for stage, ms in stages.items()} if timings else None
        print_json(ValidateOutput(path=shown_path(file), valid=valid, problems=told, timings=taken))
    else:
        _show(file, problems, valid)
        if timings:
            _show_timings(stages)
    return 0 if valid else _INVALID


def _told(problem: Problem) -> ProblemOutput:
    from casare.cli.outputs import ProblemOutput

    return ProblemOutput(
        code=problem.code,
        severity=problem.severity,
        message=problem.message,
        node_id=problem.node_id,
        connection=problem.connection,
        hint=problem.hint or None,
    )


def _print_refusal(file: Path, error: FileError) -> None:
    from casare.cli.outputs import ProblemOutput, ValidateOutput

    code = {NotAWorkflowError: "not-a-workflow", LimitError: "limit"}.get(type(error), "unreadable")
    problem = ProblemOutput(code=code, severity="error", message=error.what, hint=error.mend or None)
    print_json(ValidateOutput(path=shown_path(file), valid=False, problems=[problem]))


def _show(file: Path, problems: list[Problem], valid: bool) -> None:
    out = console()
    if problems:
        rows = table("", "problem", "where")
        for problem in problems:
            message = plain(problem.message)
            if problem.hint:
                message.append_text(plain(f"\n{problem.hint}", "dim"))
            rows.add_row(plain(problem.severity, SEVERITY_STYLES[problem.severity]), message, plain(_place(problem)))
        out.print(rows)
        out.print()
    counts = Counter(problem.severity for problem in problems)
    told = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if name != "info")
    verdict = plain("valid" if valid else "not valid", "bold green" if valid else "bold red")
    out.print(plain(f"{shown_path(file)}: ").append_text(verdict).append_text(plain(f" ({told})" if told else "")))


def _show_timings(stages: dict[str, float]) -> None:
    rows = table("stage", "ms", numbers=("ms",))
    for stage, ms in stages.items():
        rows.add_row(plain(stage), f"{ms:.2f}")
    rows.add_row(plain("total", "bold"), plain(f"{sum(stages.values()):.2f}", "bold"))
    out = console()
    out.print()
    out.print(rows)


def _place(problem: Problem) -> str:
    if problem.node_id:
        return problem.node_id
    if isinstance(problem.connection, int):
        return f"connection {problem.connection}"
    if problem.connection:
        source, source_port, target, target_port = problem.connection
        return f"{source}.{source_port} to {target}.{target_port}"
    return ""

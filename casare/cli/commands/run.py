"""`casare run FILE`: run a workflow to its end, without a window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casare.cli.console import console, plain, print_json, table
from casare.cli.options import AsJson, File
from casare.foundation.errors import UsageError

if TYPE_CHECKING:
    from casare.engine import Run, RunReport
    from casare.engine.keeping.showing import Mask
    from casare.events import RunFact

_FAILED = 1
_INTERRUPTED = 130
_GOOD = ("completed", "degraded")
_STYLES = {"completed": "bold green", "degraded": "bold yellow", "failed": "bold red", "cancelled": "bold magenta"}
_SHOWN = 20


class Metrics(StrEnum):
    """How much of the run is written down."""

    FULL = "full"
    SAMPLED = "sampled"
    OFF = "off"


def run(
    file: File,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Give a variable a value; can be repeated.")
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="S", help="Give the run up after so many seconds; 0 never does.")
    ] = 0.0,
    workers: Annotated[
        int, typer.Option(min=1, max=1024, metavar="N", help="How many nodes that wait may run at once.")
    ] = 32,
    sandbox: Annotated[
        Path | None,
        typer.Option(metavar="DIR", file_okay=False, help="The folder that nodes may read and write in, and no other."),
    ] = None,
    metrics: Annotated[Metrics, typer.Option(help="How much of the run is written down.")] = Metrics.FULL,
    reuse: Annotated[
        bool, typer.Option("--reuse", help="Take results of earlier runs for the same work on the same values.")
    ] = False,
    eager: Annotated[
        bool, typer.Option("--eager", help="Find and compile nested workflows before anything runs.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Run the workflow; 1 when it failed, 130 when Ctrl+C stopped it. Raises FileError, CompileError and UsageError."""
    given = _pairs(settings or [])
    if sandbox is not None and not sandbox.is_dir():
        raise UsageError(f"there is no folder {sandbox}", where="--sandbox", mend="Make it first, or name another.")
    from casare.app.running.runs import mask_for, run_graph, typed_variables
    from casare.catalog import default_catalog
    from casare.engine import RunOptions
    from casare.engine.keeping.recording import Metrics as Kept
    from casare.engine.keeping.result_cache import StoredResults
    from casare.storage import load

    catalog = default_catalog()
    graph = load(file, catalog).graph
    variables = typed_variables(graph, given)
    mask = mask_for(graph, variables)
    options = RunOptions(
        variables=variables,
        timeout=timeout,
        workers=workers,
        sandbox=sandbox,
        cache=StoredResults() if reuse else None,
        reuse=reuse,
        eager=eager,
        mask=mask,
        observer=None if as_json else lambda facts: _tell(facts, mask),
    )
    with _stopped_by_hand() as stoppable:
        report = run_graph(graph, catalog, options, path=file, metrics=Kept(metrics.value), on_run=stoppable.append)
    if as_json:
        from casare.cli.run_output import RunOutput

        print_json(RunOutput.from_report(report, mask))
    else:
        _show(report, mask)
    return 0 if report.status in _GOOD else _INTERRUPTED if report.status == "cancelled" else _FAILED


@contextmanager
def _stopped_by_hand() -> Iterator[list[Run]]:
    """Let Ctrl+C cancel the runs in the list that is given, so that they report; pressed again it ends casare."""
    runs: list[Run] = []

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        if not runs:
            raise KeyboardInterrupt
        for run in runs:
            run.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield runs
    finally:
        signal.signal(signal.SIGINT, before)


def _pairs(settings: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for told in settings:
        name, equals, value = told.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"“{told}” is not NAME=VALUE", where="--set", mend="For instance: --set limit=10.")
        found[name.strip()] = value
    return found


def _tell(facts: Sequence[RunFact], mask: Mask) -> None:
    """Print what nodes write to the log, and which of them run again, as it happens."""
    from casare.events import LineLogged, NodeRetried

    for fact in facts:
        if isinstance(fact, LineLogged) and fact.level != "debug":
            level = "" if fact.level == "info" else f"{fact.level}: "
            sys.stdout.write(f"{level}{plain(mask.text(fact.message)).plain}\n")
        elif isinstance(fact, NodeRetried):
            again = f"“{fact.node_id}” runs again in {fact.delay:.1f} s (attempt {fact.attempt})"
            sys.stdout.write(f"warning: {again}: {plain(mask.text(fact.error)).plain}\n")
    sys.stdout.flush()


def _show(report: RunReport, mask: Mask) -> None:
    out = console()
    slowest = sorted((node for node in report.nodes if node.runs), key=lambda node: -node.total_ms)[:_SHOWN]
    if slowest:
        rows = table("node", "type", "status", "runs", "ms", numbers=("runs", "ms"))
        for node in slowest:
            name = "/".join((*node.chain, node.id))
            rows.add_row(plain(name), plain(node.type), node.status, str(node.runs), f"{node.total_ms:.2f}")
        out.print()
        out.print(rows)
    for problem in report.errors:
        style = "yellow" if problem.handled else "red"
        told = "handled" if problem.handled else "error"
        out.print()
        out.print(plain(f"{told}: {mask.text(problem.message)}", style))
        where = " → ".join(problem.chain) or problem.node_id
        if where:
            out.print(plain(f"  where: {where}{f', a {problem.node_type}' if problem.node_type else ''}", "dim"))
        if problem.hint:
            out.print(plain(f"  mend:  {mask.text(problem.hint)}", "dim"))
    ran = sum(node.runs for node in report.nodes)
    out.print()
    line = plain(f"{report.name or 'workflow'}: ")
    line.append_text(plain(report.status, _STYLES[report.status]))
    out.print(line.append_text(plain(f" ({ran} node runs in {report.elapsed_ms:.0f} ms)")))

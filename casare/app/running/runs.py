"""Run a document or a file: load it, compile it, run it, write it down. Without Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from casare.app.secrets import Secrets
from casare.app.subgraphs import inlined
from casare.catalog import Catalog, default_catalog
from casare.engine import PlanCache, Run, RunOptions, RunReport, Workflow
from casare.engine.keeping.recording import Metrics, Recorder
from casare.engine.keeping.records import RunBook
from casare.engine.keeping.showing import Mask
from casare.engine.performing.eager import make_ready
from casare.engine.steps.variables import typed_value
from casare.foundation.errors import CasareError, FileError, UsageError
from casare.model import Graph
from casare.storage import encode, load

_SUFFIXES: Final = ("", ".json", ".json.zst", ".json.gz")
_FOLDERS: Final = (".", "subflows", "workflows", "workflows/subflows")


class FileLibrary:
    """Find nested workflows among files: by path as seen from the file around, or by the name of a file near it."""

    def __init__(self, catalog: Catalog, plans: PlanCache) -> None:
        self._catalog = catalog
        self._plans = plans
        self._places: dict[tuple[Path, str], Path] = {}
        self._files: dict[Path, tuple[tuple[int, int], Workflow]] = {}

    def find(self, reference: str, around: Workflow) -> Workflow:
        """Return the workflow that `reference` means. Raises FileError when there is none."""
        start = around.folder or Path.cwd()
        known = self._places.get((start, reference))
        if known is not None:
            try:
                return self.open(known)
            except FileNotFoundError:
                del self._places[start, reference]
        for folder in _FOLDERS:
            for suffix in _SUFFIXES:
                path = start / folder / f"{reference}{suffix}"
                if path.is_file():
                    found = self._places[start, reference] = path.resolve()
                    return self.open(found)
        raise FileError(
            f"there is no workflow “{reference}”",
            where=str(start),
            mend="Give the path of its file, as seen from the folder of this workflow, or its name without .json.",
        )

    def open(self, path: Path) -> Workflow:
        """Return the workflow of a file, compiled; the same one while the file does not change."""
        facts = os.stat(path)  # noqa: PTH116 - twice as fast, and this is all that a warm call does
        tag = (facts.st_mtime_ns, facts.st_size)
        held = self._files.get(path)
        if held is not None and held[0] == tag:
            return held[1]
        graph = load(path, self._catalog).graph
        workflow, _ = self._plans.workflow(inlined(graph), self._catalog, path=path)
        self._files[path] = (tag, workflow)
        return workflow


@cache
def shared_plans() -> PlanCache:
    """Return the compiled workflows of this process."""
    return PlanCache()


def prepare_run(
    graph: Graph, catalog: Catalog | None = None, *, path: Path | None = None, options: RunOptions | None = None
) -> Run:
    """Return a run of a graph that has not begun; editing the graph meanwhile changes nothing. Raises CompileError.

    Subgraphs of the document run laid out flat: what is inside has the id `instance/inner` in all that is told of it.
    """
    known = catalog or default_catalog()
    plans = shared_plans()
    workflow, _ = plans.workflow(inlined(graph), known, path=path.absolute() if path is not None else None)
    told = options or RunOptions()
    if told.library is None:
        told = replace(told, library=FileLibrary(known, plans))
    if told.eager:
        make_ready(workflow, told.library)
    return Run(workflow, told)


def run_file(
    path: Path,
    *,
    catalog: Catalog | None = None,
    options: RunOptions | None = None,
    settings: Mapping[str, str] | None = None,
    metrics: Metrics = Metrics.FULL,
    book: RunBook | None = None,
) -> RunReport:
    """Run a workflow file to its end, write it down, and return how it went.

    `settings` are values for variables as a person types them. Raises FileError, CompileError and UsageError before
    anything has run; what fails later is in the report.
    """
    known = catalog or default_catalog()
    graph = load(path, known).graph
    told = options or RunOptions()
    if settings:
        told = replace(told, variables={**told.variables, **typed_variables(graph, settings)})
    return run_graph(graph, known, told, path=path, metrics=metrics, book=book)


def run_graph(
    graph: Graph,
    catalog: Catalog,
    options: RunOptions,
    *,
    path: Path,
    metrics: Metrics = Metrics.FULL,
    book: RunBook | None = None,
    kept: Graph | None = None,
    on_run: Callable[[Run], None] = lambda _: None,
) -> RunReport:
    """Run a graph of a file to its end, write it down, and return how it went.

    `kept` is what is written down as the workflow when `graph` is a part of it; `on_run` is told of the run before it
    begins, to be able to cancel it. Raises CompileError before anything has run.
    """
    mask = options.mask or mask_for(graph, options.variables)
    recorder = Recorder(metrics, mask)
    told = replace(options, sink=recorder.take, mask=mask, secrets=options.secrets or Secrets().get)
    try:
        run = prepare_run(graph, catalog, path=path, options=told)
        on_run(run)
        report = run.run()
    finally:
        if told.cache is not None:
            told.cache.close()
    try:
        (book or RunBook()).append(report, recorder.rows, metrics, path, snapshot=encode(kept or graph))
    except (OSError, CasareError):
        # A book that cannot be written must not cost the result of a run.
        return report
    return report


def mask_for(graph: Graph, variables: Mapping[str, Any]) -> Mask:
    """Return the mask over the values of sensitive variables."""
    secrets: list[Any] = []
    for name, told in graph.variables.items():
        if isinstance(told, Mapping) and told.get("sensitive"):
            secrets += [variables.get(name), told.get("default_value"), told.get("value")]
    return Mask(one for one in secrets if isinstance(one, str))


def typed_variables(graph: Graph, settings: Mapping[str, str]) -> dict[str, Any]:
    """Return what a person typed for variables as values: of the declared type, else as JSON, else as text.

    Raises UsageError for a value that is not of the declared type.
    """
    found: dict[str, Any] = {}
    for name, text in settings.items():
        declared = graph.variables.get(name)
        wanted = str(declared.get("type", "")) if isinstance(declared, Mapping) else ""
        try:
            found[name] = typed_value(text, wanted)
        except ValueError:
            raise UsageError(
                f"“{text}” is no {wanted.lower()}", where=f"--set {name}", mend=f"Give a value of the type {wanted}."
            ) from None
    return found

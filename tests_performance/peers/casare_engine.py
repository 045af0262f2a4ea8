"""casare: the same chains, every node's status and times recorded."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load import Work, report

from casare.catalog import Catalog
from casare.engine import Run
from casare.sdk.declare import type_of
from tests_performance.bench_engine import chain as graph_of
from tests_performance.bench_engine import nothing, plus, ready

_CATALOG = Catalog(time_to_live_s=float("inf"))
for _body in (nothing, plus):
    _CATALOG.register(type_of(_body), _body)


def chain(size: int) -> Work:
    """Return what runs a chain that hands a value on."""
    workflow = ready(graph_of(size, "BenchPlus", wired=True), _CATALOG)

    def work() -> None:
        report = Run(workflow).run()
        assert report.frame is not None
        assert report.frame.outputs[size - 1] == size

    return work


def bare(size: int) -> Work:
    """Return what runs a chain that hands nothing on."""
    workflow = ready(graph_of(size, "BenchNothing"), _CATALOG)

    def work() -> None:
        assert Run(workflow).run().status == "completed"

    return work


report("casare", {"chain": chain, "bare chain": bare})

"""Each run that went well teaches what types take on this machine."""

from __future__ import annotations

import itertools
from pathlib import Path

from casare.app.profiler.calibration_file import CalibrationFile
from casare.app.profiler.learning import learn_from
from casare.app.running.history import RunHistory
from casare.app.running.launch import Launch
from casare.app.running.live_run import LiveRun
from casare.catalog import default_catalog
from casare.engine.keeping.records import RunBook
from casare.model import Connection, Graph, Node


def _line(count: int) -> Graph:
    ids = ["start", *[f"log{number}" for number in range(count)]]
    nodes = [Node("start", "StartNode"), *[Node(one, "LogNode", {"message": one}) for one in ids[1:]]]
    return Graph(nodes, [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(ids)])


def test_a_finished_run_calibrates_the_types_it_ran_once(tmp_path: Path) -> None:
    catalog = default_catalog()
    book = RunBook(tmp_path / "runs.sqlite")
    learned: list[bool] = []
    calibration = CalibrationFile(tmp_path / "calibration.json")

    def on_over(run: LiveRun) -> None:
        learned.append(learn_from(run, catalog, calibration, book))

    run = LiveRun(_line(5), catalog, Launch(), history=RunHistory(book), on_over=on_over)
    assert run.wait(20)
    assert learned == [True]
    assert calibration.tables.types["LogNode"].provenance == "calibrated"
    assert not learn_from(run, catalog, calibration, book)


def test_a_run_that_failed_teaches_nothing(tmp_path: Path) -> None:
    book = RunBook(tmp_path / "runs.sqlite")
    calibration = CalibrationFile(tmp_path / "calibration.json")
    graph = Graph([Node("start", "StartNode"), Node("odd", "NobodyKnowsNode")], [])
    graph = Graph(graph.nodes.values(), [Connection("start", "exec_out", "odd", "exec_in")])
    run = LiveRun(graph, default_catalog(), Launch(), history=RunHistory(book))
    assert run.wait(20)
    assert not learn_from(run, default_catalog(), calibration, book)
    assert not calibration.tables.types

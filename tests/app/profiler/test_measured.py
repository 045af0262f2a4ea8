"""What the engine wrote down is what the profiler reads."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from casare.app.profiler.basis import Basis
from casare.app.profiler.calibration_file import CalibrationFile
from casare.app.profiler.measured import measured_run, measured_runs
from casare.app.profiler.measuring import Measured, Measuring, learn
from casare.app.running.runs import run_file
from casare.catalog import default_catalog
from casare.engine.keeping.records import RunBook
from casare.foundation.errors import CasareError, UsageError
from casare.model import Connection, Graph, Node
from casare.profiling.studies.records import measured_tables
from casare.storage import load, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a workflow in a file: five lines in the log."""
    nodes = [Node("start", "StartNode"), *[Node(f"log{at}", "LogNode", {"message": f"{at}"}) for at in range(5)]]
    ids = [node.id for node in nodes]
    graph = Graph(nodes, [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(ids)])
    path = tmp_path / "five.json"
    save(graph, path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> RunBook:
    """Return an empty book of runs."""
    return RunBook(tmp_path / "runs.sqlite")


def test_the_last_run_of_a_file_measures_each_node_of_it(file: Path, book: RunBook) -> None:
    run_file(file, book=book)
    second = run_file(file, book=book)
    found = measured_run("last", file, book)
    assert found.run.id == second.run_id
    assert {record.node_id for record in found.records} == {"start", *[f"log{at}" for at in range(5)]}
    catalog = default_catalog()
    graph = load(file, catalog).graph
    report = Basis(tables=measured_tables(found.records)).profiler(catalog).analyze(graph)
    assert {node.provenance for node in report.nodes} == {"measured"}
    taken = {record.node_id: record.runtime_ms for record in found.records}
    assert {node.id: node.runtime_ms for node in report.nodes} == pytest.approx(taken)


def test_nodes_of_a_workflow_inside_do_not_measure_those_of_the_same_id_outside(file: Path, book: RunBook) -> None:
    nodes = [Node("log0", "LogNode", {"message": "outside"}), Node("five", "SubflowNode", {"subflow_path": file.name})]
    outer = file.with_name("outer.json")
    save(Graph(nodes, [Connection("log0", "exec_out", "five", "exec_in")]), outer)
    report = run_file(outer, book=book)
    assert (report.status, len(book.nodes(report.run_id))) == ("completed", 8)
    found = measured_run("last", outer, book)
    assert [record.node_id for record in found.records] == ["log0", "five"]


def test_a_run_is_found_by_its_id_and_its_title_says_when(file: Path, book: RunBook) -> None:
    first = run_file(file, book=book)
    run_file(file, book=book)
    found = measured_run(first.run_id, None, book)
    assert found.run.id == first.run_id
    assert found.title.startswith("Run of ")
    assert len(measured_runs(file, book)) == 2
    assert measured_runs(None, book) == []


def test_a_workflow_without_runs_says_how_to_get_one(file: Path, book: RunBook) -> None:
    with pytest.raises(UsageError) as told:
        measured_run("last", file, book)
    assert "Run the workflow" in told.value.mend
    with pytest.raises(UsageError):
        measured_run("nobody", file, book)


def test_runs_calibrate_types_on_this_machine_once_each_and_stay(file: Path, book: RunBook, tmp_path: Path) -> None:
    run_file(file, book=book)
    catalog = default_catalog()
    graph = load(file, catalog).graph
    held = CalibrationFile(tmp_path / "calibration.json")
    measured = measured_run("last", file, book)
    told = learn(measured, graph, catalog, held)
    assert told.error is not None
    assert told.error >= 1
    learn(measured, graph, catalog, held)
    again = CalibrationFile(tmp_path / "calibration.json")
    assert again.tables == held.tables
    assert again.tables.types["LogNode"].provenance == "calibrated"
    assert "StartNode" not in again.tables.types
    assert not again.learn(measured.run.id, Basis().profiler(catalog).evidence, ())  # type: ignore[arg-type]


def test_a_damaged_calibration_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    for text in ("", "[]", '{"samples": 1, "runs": []}', '{"samples": {"A": [["x", 1]]}, "runs": []}'):
        path.write_text(text)
        assert CalibrationFile(path).tables.types == {}


def test_reading_on_a_thread_tells_what_came_of_it(file: Path, tmp_path: Path) -> None:
    graph = load(file, default_catalog()).graph
    found: list[Measured | CasareError] = []
    measuring = Measuring(default_catalog(), CalibrationFile(tmp_path / "calibration.json"))
    measuring.done.connect(found.append)
    measuring.read("last", file, graph, Basis())
    assert measuring.wait(30)
    run_file(file)
    measuring.read("last", file, graph, Basis())
    assert measuring.wait(30)
    measuring.close()
    assert isinstance(found[0], UsageError)
    assert isinstance(found[1], Measured)

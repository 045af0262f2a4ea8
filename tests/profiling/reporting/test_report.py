"""What a report says, and what it is written as."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from casare.catalog import Catalog, default_catalog
from casare.foundation.resources import samples
from casare.model import Connection, Graph, Node
from casare.profiling import NodeReport, analyze, duration_text, grade_of, memory_text
from casare.profiling.reporting.schema import ProfileOutput
from casare.profiling.reporting.table import to_csv

BuildGraph = Callable[..., Graph]

_OWN = sorted(samples().glob("*.json"))


def _graph(path: Path) -> Graph:
    held = orjson.loads(path.read_bytes())
    keys = ("source_node", "source_port", "target_node", "target_port")
    return Graph(
        [Node(node_id, node["node_type"], node.get("config", {})) for node_id, node in held["nodes"].items()],
        [Connection(*[wire[key] for key in keys]) for wire in held["connections"]],
        variables=held.get("variables"),
        settings=held.get("settings"),
    )


def _check(graph: Graph) -> None:
    report = analyze(graph, default_catalog())
    assert report == analyze(graph.copy(), default_catalog())
    assert [node.id for node in report.nodes] == list(graph.nodes)
    assert report.grade == grade_of(report.score or 0)
    assert report.totals.critical_path_ms <= report.totals.wall_ms + 1e-9 <= report.totals.runtime_ms + 2e-9


@pytest.mark.parametrize("path", _OWN, ids=lambda path: path.stem)
def test_every_shipped_sample_is_analysed_alike_each_time(path: Path) -> None:
    _check(_graph(path))


def test_every_real_file_is_analysed_alike_each_time(sample_file: Path) -> None:
    _check(_graph(sample_file))


def test_the_real_files_spread_over_several_grades(sample_files: list[Path]) -> None:
    grades = {analyze(_graph(path), default_catalog()).grade for path in sample_files}
    assert len(grades) >= 4


def test_bottlenecks_stand_out_and_are_not_always_five(catalog: Catalog, build: BuildGraph) -> None:
    one = build({"a": "Fetch", "b": "Cheap", "c": "Cheap"}, "a -> b", "b -> c")
    flat = build({f"n{n}": "Cheap" for n in range(8)}, *[f"n{n} -> n{n + 1}" for n in range(7)])
    many = build({f"n{n}": "Fetch" for n in range(8)}, *[f"n{n} -> n{n + 1}" for n in range(7)])
    assert analyze(one, catalog).bottlenecks == ("a",)
    assert analyze(flat, catalog).bottlenecks == ()
    assert analyze(many, catalog).bottlenecks == ("n0", "n1", "n2", "n3", "n4")


def test_the_json_holds_what_the_report_holds_and_null_for_no_grade(catalog: Catalog, build: BuildGraph) -> None:
    report = analyze(build({"a": "Fetch", "b": "Nobody"}, "a -> b"), catalog)
    held = orjson.loads(ProfileOutput.from_report(report).model_dump_json())
    assert (held["score"], held["grade"], held["critical_path"]) == (report.score, report.grade, ["a", "b"])
    assert held["nodes"][1]["provenance"] == "default"
    assert set(held["nodes"][0]) == set(NodeReport._fields)
    assert orjson.loads(ProfileOutput.from_report(analyze(Graph(), catalog)).model_dump_json())["grade"] is None


def test_the_csv_has_a_line_for_each_node_and_no_formulas(catalog: Catalog) -> None:
    graph = Graph([Node("=1+1", "Fetch", name="@name, with comma"), Node("b", "Pure")])
    rows = list(csv.DictReader(io.StringIO(to_csv(analyze(graph, catalog)))))
    assert [row["id"] for row in rows] == ["'=1+1", "b"]
    assert rows[0]["name"] == "'@name, with comma"
    assert rows[1]["suggestions"]


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 ms"),
        (0.001, "< 0.01 ms"),
        (0.25, "0.25 ms"),
        (9.96, "10 ms"),
        (3, "3 ms"),
        (412.4, "412 ms"),
        (999.6, "1.0 s"),
        (1500, "1.5 s"),
        (59_960, "1 m 00 s"),
        (123_000, "2 m 03 s"),
        (3_599_600, "1 h 00 m"),
        (3_900_000, "1 h 05 m"),
        (float("nan"), "–"),
        (-1, "–"),
    ],
)
def test_durations_read_well(ms: float, text: str) -> None:
    assert duration_text(ms) == text


@pytest.mark.parametrize(
    ("mb", "text"),
    [
        (0, "0 MB"),
        (0.01, "< 0.1 MB"),
        (0.5, "0.5 MB"),
        (4, "4 MB"),
        (312.4, "312 MB"),
        (1023.6, "1.0 GB"),
        (1229, "1.2 GB"),
        (float("inf"), "–"),
    ],
)
def test_sizes_read_well(mb: float, text: str) -> None:
    assert memory_text(mb) == text


@pytest.mark.parametrize(
    ("score", "grade"), [(100, "A"), (90, "A"), (89.9, "B"), (75, "B"), (74.9, "C"), (60, "C"), (40, "D"), (39.9, "F")]
)
def test_grades_begin_where_they_should(score: float, grade: str) -> None:
    assert grade_of(score) == grade


def test_analysing_loads_neither_pydantic_nor_networkx_nor_qt() -> None:
    heavy = ("pydantic", "networkx", "numpy", "PySide6")
    code = f"import sys, casare.profiling; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(("workers", "scoring"), [(0, "casare"), (4, "someone's")])
def test_nonsense_settings_are_refused(catalog: Catalog, workers: int, scoring: str) -> None:
    with pytest.raises(ValueError, match=r"worker|scoring"):
        analyze(Graph(), catalog, workers=workers, scoring=scoring)  # type: ignore[arg-type]

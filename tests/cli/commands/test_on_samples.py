"""Every command does its work on all 17 real files and on our own samples, and its JSON keeps to its schema."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.cli.outputs import MODELS, model_of, schema_of
from casare.model import Graph
from casare.storage import load

Casare = Callable[..., Any]


def conforms(name: str, text: str) -> Any:
    """Return the JSON of a command after checking that its model takes every field and adds none."""
    model = model_of(name)
    found = model.model_validate_json(text)
    told = json.loads(text)
    assert json.loads(found.model_dump_json()) == told
    assert set(schema_of(name)["required"]) <= set(told)
    return told


def content(graph: Graph) -> tuple[Any, ...]:
    return (graph.nodes, graph.connections, graph.metadata, graph.variables, graph.settings)


class TestEachWorkflow:
    """The same claims for each file; the fixtures below choose which."""

    def check_preview(self, casare: Casare, file: Path, catalog: Catalog) -> None:
        answer = casare("preview", file, "--json")
        assert (answer.code, answer.err) == (0, "")
        told = conforms("preview", answer.out)
        raw = json.loads(file.read_bytes())
        assert told["path"] == str(file)
        assert told["format"] == "json"
        assert told["name"] == raw["metadata"].get("name", "")
        assert told["node_count"] == len(raw["nodes"])
        assert told["connection_count"] == len(raw["connections"])
        assert sum(told["node_types"].values()) == told["node_count"]
        assert told["variables"] == list(raw["variables"])

    def check_validate(self, casare: Casare, file: Path) -> None:
        answer = casare("validate", file, "--json")
        told = conforms("validate", answer.out)
        errors = [problem for problem in told["problems"] if problem["severity"] == "error"]
        assert told["valid"] == (errors == [])
        assert answer.code == (2 if errors else 0)
        assert answer.err == ""

    def check_profile(self, casare: Casare, file: Path) -> None:
        for scoring in ("casare", "nodetool"):
            answer = casare("profile", file, "--scoring", scoring, "--json")
            assert (answer.code, answer.err) == (0, "")
            told = conforms("profile", answer.out)
            raw = json.loads(file.read_bytes())
            assert told["scoring"] == scoring
            assert [node["id"] for node in told["nodes"]] == list(raw["nodes"])
            assert set(told["critical_path"]) <= set(raw["nodes"])
            assert 0 <= told["score"] <= 100

    def check_convert(self, casare: Casare, file: Path, folder: Path, catalog: Catalog) -> None:
        before = load(file, catalog).graph
        source = file
        for suffix in (".json", ".json.zst", ".json.gz", ".json"):
            target = folder / f"{len(list(folder.iterdir()))}{suffix}"
            answer = casare("convert", source, target, "--json")
            assert (answer.code, answer.err) == (0, "")
            told = conforms("convert", answer.out)
            assert told["bytes"] == target.stat().st_size
            assert told["ratio"] == 1 if suffix == ".json" else told["ratio"] > 1
            assert content(load(target, catalog).graph) == content(before)
            source = target

    def check_people(self, casare: Casare, file: Path) -> None:
        for command in ("preview", "profile", "validate"):
            answer = casare(command, file)
            assert answer.err == ""
            assert len(answer.out.splitlines()) >= 1
            assert "Traceback" not in answer.out


class TestRealFiles(TestEachWorkflow):
    """The 17 files of CasareRPA."""

    def test_preview_tells_what_the_file_holds(self, casare: Casare, sample_file: Path, catalog: Catalog) -> None:
        self.check_preview(casare, sample_file, catalog)

    def test_validate_exits_by_the_worst_problem(self, casare: Casare, sample_file: Path) -> None:
        self.check_validate(casare, sample_file)

    def test_profile_grades_every_node_with_both_scorings(self, casare: Casare, sample_file: Path) -> None:
        self.check_profile(casare, sample_file)

    def test_convert_through_all_formats_loses_nothing(
        self, casare: Casare, sample_file: Path, tmp_path: Path, catalog: Catalog
    ) -> None:
        self.check_convert(casare, sample_file, tmp_path, catalog)

    def test_tables_for_people_are_written_for_each(self, casare: Casare, sample_file: Path) -> None:
        self.check_people(casare, sample_file)


class TestOwnSamples(TestEachWorkflow):
    """The samples that ship with casare."""

    def test_preview_tells_what_the_file_holds(self, casare: Casare, own_sample: Path, catalog: Catalog) -> None:
        self.check_preview(casare, own_sample, catalog)

    def test_validate_finds_no_error(self, casare: Casare, own_sample: Path) -> None:
        self.check_validate(casare, own_sample)
        assert casare("validate", own_sample).code == 0

    def test_profile_grades_every_node_with_both_scorings(self, casare: Casare, own_sample: Path) -> None:
        self.check_profile(casare, own_sample)

    def test_convert_through_all_formats_loses_nothing(
        self, casare: Casare, own_sample: Path, tmp_path: Path, catalog: Catalog
    ) -> None:
        self.check_convert(casare, own_sample, tmp_path, catalog)

    def test_convert_to_json_writes_a_canonical_file_byte_for_byte(
        self, casare: Casare, own_sample: Path, tmp_path: Path
    ) -> None:
        assert casare("convert", own_sample, tmp_path / "same.json").code == 0
        assert (tmp_path / "same.json").read_bytes() == own_sample.read_bytes()

    def test_tables_for_people_are_written_for_each(self, casare: Casare, own_sample: Path) -> None:
        self.check_people(casare, own_sample)


def png_size(path: Path) -> tuple[int, int]:
    header = path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(header[16:20]), int.from_bytes(header[20:24])


@pytest.mark.usefixtures("qapp")
def test_render_draws_every_real_file(casare: Casare, sample_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "picture.png"
    answer = casare("render", sample_file, "-o", output, "--width", "640", "--json")
    assert (answer.code, answer.err) == (0, "")
    told = conforms("render", answer.out)
    assert told["path"] == str(output)
    assert told["width"] == 640
    assert png_size(output) == (told["width"], told["height"])


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_render_draws_svg_in_both_themes(casare: Casare, own_sample: Path, theme: str, tmp_path: Path) -> None:
    output = tmp_path / "picture.svg"
    assert casare("render", own_sample, "-o", output, "--theme", theme).code == 0
    assert "<svg" in output.read_text(encoding="utf-8")[:1000]


def test_render_needs_no_display_and_no_platform_setting(orders: Path, tmp_path: Path) -> None:
    output = tmp_path / "picture.png"
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, "-m", "casare", "render", str(orders), "-o", str(output), "--width", "320"],
        env={key: value for key, value in os.environ.items() if key not in hidden},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert png_size(output)[0] == 320


def test_every_schema_is_printed_and_describes_its_output(casare: Casare) -> None:
    for name in MODELS:
        answer = casare("schema", name)
        assert (answer.code, answer.err) == (0, "")
        assert answer.json() == schema_of(name)
        assert answer.json()["type"] == "object"


def test_nodes_lists_every_type_of_the_catalog_with_its_ports(casare: Casare, catalog: Catalog) -> None:
    told = conforms("nodes", casare("nodes", "--json").out)
    assert {one["type"] for one in told["types"]} == {spec.id for spec in catalog.types()}
    by_id = {one["type"]: one for one in told["types"]}
    assert [port["name"] for port in by_id["IfNode"]["outputs"]] == ["true", "false"]
    assert by_id["IfNode"]["inputs"][0]["kind"] == "control"


def test_nodes_of_one_category_are_only_those(casare: Casare, catalog: Catalog) -> None:
    for category in catalog.categories():
        told = casare("nodes", "--category", category.upper(), "--json").json()
        assert {one["category"] for one in told["types"]} == {category}


def test_profile_as_csv_has_one_line_for_each_node(casare: Casare, orders: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(casare("profile", orders, "--csv").out)))
    told = casare("profile", orders, "--json").json()
    assert [row["id"] for row in rows] == [node["id"] for node in told["nodes"]]
    assert [float(row["runtime_ms"]) for row in rows] == [node["runtime_ms"] for node in told["nodes"]]


def test_more_workers_never_make_a_workflow_slower(casare: Casare, own_sample: Path) -> None:
    wall = [
        casare("profile", own_sample, "--workers", count, "--json").json()["totals"]["wall_ms"]
        for count in ("1", "2", "64")
    ]
    assert wall == sorted(wall, reverse=True)


@pytest.mark.parametrize("scoring", ["casare", "nodetool"])
def test_the_gate_is_met_by_the_grade_itself_and_by_every_worse_one(
    casare: Casare, sample_file: Path, scoring: str
) -> None:
    grade = casare("profile", sample_file, "--scoring", scoring, "--json").json()["grade"]
    for least in "ABCDF":
        code = casare("profile", sample_file, "--scoring", scoring, "--min-grade", least).code
        assert code == (0 if grade <= least else 1)

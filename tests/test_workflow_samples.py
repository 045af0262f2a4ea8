"""The samples that ship: tidy on the canvas, complete on disk, and good enough to start from."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.cli.entry import main
from casare.expressions import references
from casare.foundation.rect import Rect
from casare.foundation.resources import samples
from casare.model import Graph
from casare.storage import load

GRID = 20
CARD = (200.0, 160.0)
FILES = sorted([*samples().glob("*.json"), *samples().glob("parts/*.json")])
WHOLE = [path for path in FILES if path.parent == samples()]
EXPECTED = Path(__file__).with_name("workflow_samples")
VOLATILE = {"execution_time_ms", "times_ms", "stack_trace"}
"""Outputs that differ from run to run."""


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def graph(request: pytest.FixtureRequest, catalog: Catalog) -> Graph:
    return load(request.param, catalog).graph


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a folder with all samples and their data, where a run may write."""
    folder = tmp_path / "samples"
    shutil.copytree(samples(), folder, ignore=shutil.ignore_patterns("out"))
    return folder.resolve()


def run(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    code = main(["run", str(path), "--json"])
    return code, json.loads(capsys.readouterr().out)


def told(value: Any, folder: Path) -> Any:
    """Return a value as the expected files write it: without what differs from run to run and place to place."""
    if isinstance(value, str):
        return value.replace(f"{folder}{os.sep}", "$FOLDER/")
    if isinstance(value, list):
        return [told(one, folder) for one in value]
    if isinstance(value, dict):
        return {name: told(one, folder) for name, one in value.items() if name not in VOLATILE}
    return value


def cards(graph: Graph) -> dict[str, Rect]:
    return {node.id: Rect(*node.position, *CARD) for node in graph.nodes.values()}


def test_there_are_enough_and_templates_among_them() -> None:
    assert len(FILES) >= 6
    tagged = [path for path in FILES if re.search(r'"tags": \[\s*"template"', path.read_text(encoding="utf-8"))]
    assert len(tagged) >= 4


def test_each_says_what_it_is(graph: Graph) -> None:
    assert graph.name
    assert len(graph.metadata["description"]) > 40
    assert all(node.name or node.type in ("StartNode", "EndNode") for node in graph.nodes.values())


def test_everything_stands_on_the_grid(graph: Graph) -> None:
    for node in graph.nodes.values():
        assert all(value % GRID == 0 for value in node.position), node.id


def test_no_card_covers_another(graph: Graph) -> None:
    held = cards(graph)
    assert [pair for pair in combinations(held, 2) if held[pair[0]].touches(held[pair[1]])] == []


def test_a_frame_holds_its_own_nodes_and_no_others(graph: Graph) -> None:
    for frame in graph.frames.values():
        box = Rect(*frame.position, *frame.size)
        inside = {node_id for node_id, card in cards(graph).items() if box.touches(card)}
        assert inside == set(frame.node_ids), frame.title


def test_a_note_covers_no_card(graph: Graph) -> None:
    for note in graph.notes.values():
        box = Rect(*note.position, *note.size)
        assert [node_id for node_id, card in cards(graph).items() if box.touches(card)] == []


def test_every_wire_ends_at_a_port_that_its_type_has(graph: Graph, catalog: Catalog) -> None:
    missing = []
    for wire in graph.connections.values():
        ends = ((wire.source_node, wire.source_port, "outputs"), (wire.target_node, wire.target_port, "inputs"))
        for node_id, port, side in ends:
            node = graph.nodes[node_id]
            known = catalog.find(node.type)
            if known and port not in {one.name for one in getattr(catalog.ports(node.type, node.config), side)}:
                missing.append(f"{node_id}.{port}")
    assert missing == []


def test_every_reference_names_a_node_a_variable_or_a_loop_item(graph: Graph) -> None:
    told = {str(value) for node in graph.nodes.values() for key, value in node.config.items() if key.endswith("_var")}
    told |= {str(node.config["variable_name"]) for node in graph.nodes.values() if "variable_name" in node.config}
    told |= {node.config["_batch"].get("as", "item") for node in graph.nodes.values() if "_batch" in node.config}
    known = set(graph.nodes) | set(graph.variables) | told
    used = {reference.root for node in graph.nodes.values() for reference in references(dict(node.config))}
    assert used <= known


def test_every_data_file_that_is_read_is_shipped(graph: Graph) -> None:
    named = [
        value
        for node in graph.nodes.values()
        for value in node.config.values()
        if isinstance(value, str) and value.startswith("data/")
    ]
    assert [path for path in named if not (samples() / path).exists()] == []


def test_nothing_but_the_samples_and_their_data_is_shipped() -> None:
    stray: list[Path] = [
        path for path in samples().iterdir() if path.suffix != ".json" and path.name not in ("data", "parts")
    ]
    assert [path.name for path in stray if path.name != "out"] == []


def test_every_sample_says_what_it_should_give() -> None:
    assert [path.name for path in sorted(EXPECTED.glob("*.json"))] == [path.name for path in WHOLE]


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_a_sample_gives_what_it_should(path: Path, copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = json.loads((EXPECTED / path.name).read_text(encoding="utf-8"))
    code, found = run(copied / path.name, capsys)
    assert (code, found["status"]) == (expected["exit_code"], expected["status"])
    assert {node["id"]: node["status"] for node in found["nodes"]} == expected["nodes"]
    assert told(found["variables"], copied) == expected["variables"]
    outputs = told(found["outputs"], copied)
    assert {node: outputs[node] for node in expected["outputs"]} == expected["outputs"]
    assert [[one["node_id"], told(one["message"], copied)] for one in found["errors"]] == expected["errors"]
    for name, text in expected["files"].items():
        assert (copied / name).read_text(encoding="utf-8") == text, name


def test_the_hundred_records_are_those_that_a_plain_program_would_load(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (copied / "data" / "sales.csv").open(newline="", encoding="utf-8") as stream:
        sales = list(csv.DictReader(stream))
    assert len(sales) == 100
    kept = [sale for sale in sales if sale["status"] == "ok"]
    _, found = run(copied / "etl-hundred-records.json", capsys)
    assert found["outputs"]["total"]["result"] == round(sum(float(sale["amount"]) for sale in kept), 2)
    with (copied / "out" / "sales-clean.csv").open(newline="", encoding="utf-8") as stream:
        assert list(csv.DictReader(stream)) == kept


@pytest.mark.parametrize(
    ("name", "count"),
    [("order-checkout", 6), ("etl-hundred-records", 5), ("api-orchestration", 5), ("approval-rule", 6)],
)
def test_a_real_world_workflow_has_the_size_it_is_measured_with(name: str, count: int) -> None:
    assert len(json.loads((samples() / f"{name}.json").read_text(encoding="utf-8"))["nodes"]) == count

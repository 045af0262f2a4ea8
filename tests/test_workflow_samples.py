"""The samples that ship: tidy on the canvas, complete on disk, and good enough to start from."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from casare.catalog import Catalog
from casare.expressions import references
from casare.foundation.rect import Rect
from casare.foundation.resources import samples
from casare.model import Graph
from casare.storage import load

GRID = 20
CARD = (200.0, 160.0)
FILES = sorted(samples().glob("*.json"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def graph(request: pytest.FixtureRequest, catalog: Catalog) -> Graph:
    return load(request.param, catalog).graph


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
    stray: list[Path] = [path for path in samples().iterdir() if path.suffix != ".json" and path.name != "data"]
    assert [path.name for path in stray if path.name != "out"] == []

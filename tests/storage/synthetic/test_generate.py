from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.foundation.errors import UsageError
from casare.storage import encode, generate, load_bytes

SHAPES = ["mixed", "chain", "diamond", "tree", "random"]


@pytest.mark.parametrize("shape", SHAPES)
@given(n=st.integers(0, 120), seed=st.integers(0, 10**6))
def test_any_count_and_seed_give_a_valid_graph_without_cycles(shape: str, n: int, seed: int) -> None:
    graph = generate(n, seed, shape)  # type: ignore[arg-type]
    assert len(graph.nodes) == n
    net = networkx.DiGraph((key[0], key[2]) for key in graph.connections)
    assert set(net) <= set(graph.nodes)
    assert networkx.is_directed_acyclic_graph(net)
    # The file format does not limit ports to names, the node types do; what a reader says is tested with them.
    assert generate(n, seed, shape) == graph  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_generated_workflow_opens_without_a_problem(shape: str, catalog: Catalog) -> None:
    assert load_bytes(encode(generate(300, 3, shape)), catalog).problems == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_wire_joins_ports_its_nodes_have(shape: str, catalog: Catalog) -> None:
    graph = generate(300, 3, shape)  # type: ignore[arg-type]
    ports = {node.id: catalog.ports(node.type, node.config) for node in graph.nodes.values()}
    odd = [
        wire
        for wire in graph.connections
        if wire[1] not in ports[wire[0]].output_names or wire[3] not in ports[wire[2]].input_names
    ]
    assert odd == []


@pytest.mark.parametrize("shape", SHAPES)
def test_no_two_cards_overlap_and_all_stand_on_the_grid(shape: str) -> None:
    positions = [node.position for node in generate(2000, 5, shape).nodes.values()]  # type: ignore[arg-type]
    assert len(set(positions)) == len(positions)
    assert all(x % 280 == 0 and y % 200 == 0 for x, y in positions)


def test_mixed_workflows_have_about_one_and_a_third_wires_a_node() -> None:
    graph = generate(5000, 1)
    assert 1.25 <= len(graph.connections) / 5000 <= 1.4
    assert len({node.type for node in graph.nodes.values()}) >= 12


def test_every_loop_end_names_its_start() -> None:
    graph = generate(2000, 9)
    ends = [node for node in graph.nodes.values() if node.type == "ForLoopEndNode"]
    assert ends
    assert all(graph.nodes[node.config["paired_start_id"]].type == "ForLoopStartNode" for node in ends)


def test_frames_hold_the_nodes_they_name() -> None:
    graph = generate(200, 1, frames=True)
    assert graph.frames
    for frame in graph.frames.values():
        (left, top), (width, height) = frame.position, frame.size
        for node_id in frame.node_ids:
            x, y = graph.nodes[node_id].position
            assert left <= x
            assert x + 200 <= left + width
            assert top <= y
            assert y + 160 <= top + height


def test_seeds_differ() -> None:
    assert generate(50, 1) != generate(50, 2)


@pytest.mark.parametrize(("n", "shape"), [(-1, "mixed"), (5, "ring")])
def test_bad_wishes_are_usage_errors(n: int, shape: str) -> None:
    with pytest.raises(UsageError) as caught:
        generate(n, 0, shape)  # type: ignore[arg-type]
    assert caught.value.mend

"""Claims about aligning, distributing, straightening and nudging."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from random_edits import CHANCE, photo, some_graph

from casare.app.arranging import Line, align, distribute, nudge, straighten
from casare.catalog import Catalog
from casare.model import Connection, Frame, Graph, Node

SIZES = {"a": (200.0, 60.0), "b": (200.0, 100.0), "c": (100.0, 80.0)}


def three() -> Graph:
    places = {"a": (0, 0), "b": (500, 30), "c": (250, 300)}
    return Graph([Node(one, "LogNode", position=place) for one, place in places.items()])


@pytest.mark.parametrize(
    ("line", "places"),
    [
        (Line.LEFT, [(0, 0), (0, 30), (0, 300)]),
        (Line.RIGHT, [(500, 0), (500, 30), (600, 300)]),
        (Line.TOP, [(0, 0), (500, 0), (250, 0)]),
        (Line.BOTTOM, [(0, 320), (500, 280), (250, 300)]),
        (Line.CENTER_X, [(250, 0), (250, 30), (300, 300)]),
        (Line.CENTER_Y, [(0, 160), (500, 140), (250, 150)]),
    ],
)
def test_aligned_cards_share_the_line_of_the_selection(line: Line, places: list[tuple[float, float]]) -> None:
    graph = three()
    change = align(graph, SIZES, "abc", line)
    assert change is not None
    graph.apply(change)
    assert [node.position for node in graph.nodes.values()] == places
    assert align(graph, SIZES, "abc", line) is None


def test_distributed_cards_have_equal_gaps_and_the_outermost_stay() -> None:
    graph = three()
    change = distribute(graph, SIZES, "abc", horizontally=True)
    assert change is not None
    graph.apply(change)
    assert {one: node.position for one, node in graph.nodes.items()} == {"a": (0, 0), "b": (500, 30), "c": (300, 300)}
    assert distribute(graph, SIZES, "abc", horizontally=True) is None


def test_cards_distributed_down_the_canvas_have_equal_gaps() -> None:
    graph = three()
    change = distribute(graph, SIZES, "abc", horizontally=False)
    assert change is not None
    graph.apply(change)
    # From 60 to 300 there are 240 px for 100 of the card between: 70 on either side.
    assert graph.nodes["b"].position == (500, 130)


def test_two_cards_cannot_be_distributed() -> None:
    assert distribute(three(), SIZES, "ab", horizontally=True) is None


def test_a_straightened_flow_is_level_from_its_first_node_on(catalog: Catalog) -> None:
    graph = three()
    wires = [Connection("a", "exec_out", "c", "exec_in"), Connection("c", "exec_out", "b", "exec_in")]
    graph = Graph(graph.nodes.values(), wires)
    change = straighten(graph, catalog, "abc")
    assert change is not None
    graph.apply(change)
    assert [node.position for node in graph.nodes.values()] == [(0, 0), (500, 0), (250, 0)]
    assert straighten(graph, catalog, "abc") is None


def test_a_wire_is_level_when_its_ports_are(catalog: Catalog) -> None:
    graph = Graph(three().nodes.values(), [Connection("a", "exec_out", "b", "exec_in")])
    change = straighten(graph, catalog, "ab", lambda node_id, port, is_output: 63 if is_output else 40)
    assert change is not None
    graph.apply(change)
    assert graph.nodes["b"].position == (500, 23)


def test_where_a_flow_branches_the_first_port_goes_straight_on(catalog: Catalog) -> None:
    wires = [Connection("a", "false", "b", "exec_in"), Connection("a", "true", "c", "exec_in")]
    graph = Graph([Node("a", "IfNode"), *list(three().nodes.values())[1:]], wires)
    change = straighten(graph, catalog, "abc")
    assert change is not None
    graph.apply(change)
    assert graph.nodes["c"].position == (250, 0)
    assert graph.nodes["b"].position == (500, 30)


def test_a_single_node_is_levelled_with_what_leads_to_it_and_data_wires_do_not_count(catalog: Catalog) -> None:
    wires = [Connection("a", "exec_out", "b", "exec_in"), Connection("c", "result", "b", "message")]
    graph = Graph(three().nodes.values(), wires)
    change = straighten(graph, catalog, ["b"])
    assert change is not None
    graph.apply(change)
    assert graph.nodes["b"].position == (500, 0)


def test_a_ring_of_control_wires_is_left_as_it_is(catalog: Catalog) -> None:
    wires = [Connection("a", "exec_out", "b", "exec_in"), Connection("b", "exec_out", "a", "exec_in")]
    assert straighten(Graph(three().nodes.values(), wires), catalog, "ab") is None


def test_a_nudge_goes_by_steps_of_the_grid_and_a_frame_takes_its_nodes_along() -> None:
    graph = Graph(three().nodes.values(), frames=[Frame("f", position=(0, 0), node_ids=("b",))])
    change = nudge(graph, 10, -1, nodes=["a"], frames=["f"])
    assert change is not None
    graph.apply(change)
    assert graph.nodes["a"].position == (200, -20)
    assert graph.nodes["b"].position == (700, 10)
    assert graph.frames["f"].position == (200, -20)
    assert nudge(graph, 0, 0, nodes=["a"]) is None


@given(CHANCE)
def test_lining_up_moves_only_and_is_undone_to_the_byte(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance, nodes=8)
    chosen = [one for one in graph.nodes if chance.random() < 0.7]
    for change_of in (
        lambda: align(graph, {}, chosen, chance.choice(list(Line))),
        lambda: distribute(graph, {}, chosen, horizontally=chance.random() < 0.5),
        lambda: straighten(graph, catalog, chosen),
    ):
        before = photo(graph)
        change = change_of()
        if change is not None:
            others = {one: node for one, node in graph.nodes.items() if one not in chosen}
            inverse = graph.apply(change)
            assert graph != before[0]
            assert others.items() <= graph.nodes.items()
            graph.apply(inverse)
            assert photo(graph) == before

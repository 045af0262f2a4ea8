"""Claims about putting a node into a wire."""

from __future__ import annotations

from random import Random

from hypothesis import given
from random_edits import CHANCE, TYPES, photo, some_graph

from casare.app.editing.inserting import Fit, fitting_wire, insert, splice
from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog, refusal
from casare.model import Connection, Frame, Graph, Node, WireKey

AB: WireKey = ("a", "exec_out", "b", "exec_in")


def pair(**places: tuple[float, float]) -> Graph:
    at = {"a": (0, 0), "b": (280, 0), **places}
    return Graph([Node(one, "LogNode", position=place) for one, place in at.items()], [Connection(*AB)])


def test_on_a_control_wire_the_first_control_ports_are_taken(catalog: Catalog) -> None:
    assert fitting_wire(pair(), catalog, "LogNode", {}, AB) == Fit("exec_in", "exec_out")
    assert fitting_wire(pair(), catalog, "IfNode", {}, AB) == Fit("exec_in", "true")
    assert fitting_wire(pair(), catalog, "StartNode", {}, AB) is None
    assert fitting_wire(pair(), catalog, "NobodyKnowsNode", {}, AB) is None


def test_on_a_data_wire_the_very_type_is_taken_before_one_that_merely_fits(catalog: Catalog) -> None:
    graph = Graph([Node("a", "MathOperationNode"), Node("b", "MathOperationNode"), Node("c", "TextSplitNode")])
    wire = Connection("a", "result", "b", "a")
    graph = Graph(graph.nodes.values(), [wire])
    assert fitting_wire(graph, catalog, "MathOperationNode", {}, wire.key) == Fit("a", "result")
    assert fitting_wire(graph, catalog, "ListLengthNode", {}, wire.key) is None


def test_a_new_node_is_added_and_wired_in_one_step(catalog: Catalog) -> None:
    graph = pair(b=(600, 0))
    before = photo(graph)
    placed = splice(graph, catalog, "LogNode", (300, 0), AB, {})
    assert placed is not None
    inverse = graph.apply(placed.change)
    new = placed.node_id
    assert list(graph.connections) == [("a", "exec_out", new, "exec_in"), (new, "exec_out", "b", "exec_in")]
    assert graph.nodes["b"].position == (600, 0)
    graph.apply(inverse)
    assert photo(graph) == before


def test_what_follows_makes_room_only_where_it_would_be_covered(catalog: Catalog) -> None:
    graph = pair(c=(560, 0), aside=(280, 400))
    graph.connections[("b", "exec_out", "c", "exec_in")] = Connection("b", "exec_out", "c", "exec_in")
    placed = splice(graph, catalog, "LogNode", (240, 0), AB, {})
    assert placed is not None
    graph.apply(placed.change)
    places = {one: node.position for one, node in graph.nodes.items()}
    assert places == {"a": (0, 0), "b": (520, 0), "c": (800, 0), "aside": (280, 400), placed.node_id: (240, 0)}


def test_a_frame_round_both_ends_takes_the_node_in_and_a_frame_that_follows_goes_along(catalog: Catalog) -> None:
    nodes = [Node(one, "LogNode", position=(280 * at, 0)) for at, one in enumerate("abc")]
    frames = [
        Frame("both", position=(-32, -64), size=(544, 200), node_ids=("a", "b")),
        Frame("after", position=(528, -64), size=(264, 200), node_ids=("c",)),
    ]
    wires = [Connection(*AB), Connection("b", "exec_out", "c", "exec_in")]
    graph = Graph(nodes, wires, frames=frames)
    placed = splice(graph, catalog, "LogNode", (240, 0), AB, {})
    assert placed is not None
    graph.apply(placed.change)
    both, after = graph.frames.values()
    assert both.node_ids == ("a", "b", placed.node_id)
    assert (both.position, both.size) == ((-32, -64), (544 + 240, 200))
    assert after.position == (528 + 240, -64)


def test_a_node_of_the_graph_goes_into_a_wire_by_its_free_ports(catalog: Catalog) -> None:
    graph = pair(c=(140, 300), b=(700, 0))
    change = insert(graph, catalog, "c", AB, {}, position=(300, 0))
    assert change is not None
    graph.apply(change)
    assert list(graph.connections) == [("a", "exec_out", "c", "exec_in"), ("c", "exec_out", "b", "exec_in")]
    assert graph.nodes["c"].position == (300, 0)


def test_a_node_that_is_wired_already_or_an_end_of_the_wire_is_not_put_in(catalog: Catalog) -> None:
    graph = pair(c=(0, 300), d=(300, 300))
    wire = Connection("c", "exec_out", "d", "exec_in")
    graph = Graph(graph.nodes.values(), [*graph.connections.values(), wire])
    assert insert(graph, catalog, "c", AB, {}) is None
    assert insert(graph, catalog, "a", AB, {}) is None
    assert insert(graph, catalog, "c", ("a", "gone", "b", "exec_in"), {}) is None


@given(CHANCE)
def test_whatever_is_put_in_fits_keeps_the_way_from_end_to_end_and_comes_out_again(
    catalog: Catalog, chance: Random
) -> None:
    graph = some_graph(chance, nodes=8)
    if not graph.connections:
        return
    key = chance.choice(list(graph.connections))
    before = photo(graph)
    place = (chance.randrange(-300, 300), chance.randrange(-300, 300))
    placed = splice(graph, catalog, chance.choice(TYPES), place, key, {})
    new, change = (placed.node_id, placed.change) if placed else ("", None)
    if change is None:
        new = chance.choice(list(graph.nodes))
        change = insert(graph, catalog, new, key, {}, position=place)
    if change is None:
        return
    inverse = graph.apply(change)
    made = graph.connections.keys() - before[0].connections.keys()
    assert {one[::2] for one in made} == {(key[0], new), (new, key[2])}
    assert before[0].connections.keys() - graph.connections.keys() == {key}
    for source, source_port, target, target_port in made:
        out, into = (
            ports_of(graph, catalog, source).output(source_port),
            ports_of(graph, catalog, target).input(target_port),
        )
        assert out is not None
        assert into is not None
        assert refusal(out, into) is None
    graph.apply(inverse)
    assert photo(graph) == before

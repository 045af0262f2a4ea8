"""What folded frames hide."""

from __future__ import annotations

from casare.catalog import Catalog
from casare.model import AddNodes, Connection, Frame, Graph, Node, Note, ReplaceFrames
from casare.ui.geometry.folding import fold, frames_within
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.hit import HitKind, hit

OUTER = Frame("outer", position=(0, 0), size=(900, 400), node_ids=("a", "b"), collapsed=True)
INNER = Frame("inner", position=(400, 40), size=(300, 200), node_ids=("c",), collapsed=True)


def nested() -> Graph:
    nodes = [Node(one, "LogNode", {}, (300 * at, 60)) for at, one in enumerate("abcz")]
    wires = [Connection(one, "exec_out", other, "exec_in") for one, other in ("ab", "bc", "cz")]
    return Graph(nodes, wires, frames=(INNER, OUTER), notes=(Note("n", "words", (20, 300), (60, 40)),))


def test_the_outermost_folded_frame_hides_what_is_in_the_inner_ones_too(catalog: Catalog) -> None:
    geometry = GraphGeometry(nested(), catalog)
    assert geometry.folding.owner == dict.fromkeys("abc", "outer")
    assert geometry.folding.frames == {"inner"}
    assert geometry.folding.notes == {"n"}
    assert [(one.node_id, one.is_output) for one in geometry.folding.boxes["outer"].ports] == [("c", True)]


def test_the_box_is_hit_anywhere_and_at_its_ports(catalog: Catalog) -> None:
    graph = nested()
    geometry = GraphGeometry(graph, catalog)
    box = geometry.folding.boxes["outer"]
    assert hit(geometry, graph, *box.rect.center)[:2] == (HitKind.FRAME, "outer")
    found = hit(geometry, graph, *box.port_at(box.ports[0]))
    assert (found.kind, found.id, found.is_output) == (HitKind.PORT, "c", True)
    assert hit(geometry, graph, 300, 300).kind is HitKind.CANVAS, "what is inside is not there to be hit"


def test_opening_the_outer_frame_leaves_the_inner_one_folded(catalog: Catalog) -> None:
    graph = nested()
    geometry = GraphGeometry(graph, catalog)
    graph.changed.connect(geometry.follow)
    graph.apply(ReplaceFrames((OUTER._replace(collapsed=False),)))
    assert geometry.folding.owner == {"c": "inner"}
    assert geometry.cards["a"].rect[:2] == (0, 60)


def test_a_node_that_a_folded_frame_names_is_hidden_when_it_comes_into_being(catalog: Catalog) -> None:
    graph = Graph([Node("a", "LogNode")], frames=(OUTER,))
    geometry = GraphGeometry(graph, catalog)
    graph.changed.connect(geometry.follow)
    graph.apply(AddNodes((Node("b", "LogNode", {}, (2000, 2000)),)))
    assert geometry.folding.owner == {"a": "outer", "b": "outer"}
    assert geometry.nodes_in(geometry.cards["b"].rect.grown(4000)) == []


def test_a_graph_without_folded_frames_costs_no_look_at_its_nodes() -> None:
    def never(_node: Node) -> object:
        raise AssertionError("no node needs to be looked at")

    graph = Graph([Node("a", "LogNode")], frames=(OUTER._replace(collapsed=False),))
    assert fold(graph, never).owner == {}  # type: ignore[arg-type]


def test_two_frames_of_one_size_and_place_hold_neither_the_other() -> None:
    twin = OUTER._replace(id="twin")
    graph = Graph(frames=(OUTER, twin, INNER))
    assert frames_within(graph, OUTER) == ["inner"]

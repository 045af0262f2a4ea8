"""Claims about the places of a graph: following its facts is as good as working everything out anew."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from random_edits import CHANCE, random_change, some_graph

from casare.app.editing import delete
from casare.catalog import Catalog
from casare.foundation.errors import ChangeRefusedError
from casare.foundation.rect import Rect
from casare.model import (
    AddNodes,
    Connect,
    Connection,
    Disconnect,
    Graph,
    History,
    MoveNodes,
    Node,
    RemoveNodes,
    WireKey,
)
from casare.storage import generate
from casare.ui.geometry.graph_geometry import GraphGeometry, Redraw


def followed(graph: Graph, catalog: Catalog) -> tuple[GraphGeometry, list[Redraw]]:
    geometry, redraws = GraphGeometry(graph, catalog), list[Redraw]()
    graph.changed.connect(lambda fact: redraws.append(geometry.follow(fact)))
    return geometry, redraws


def assert_true(geometry: GraphGeometry, graph: Graph, catalog: Catalog, chance: Random) -> None:
    anew = GraphGeometry(graph, catalog)
    assert {one: card.rect for one, card in geometry.cards.items()} == {
        one: card.rect for one, card in anew.cards.items()
    }
    assert all(geometry.cards[one].shape.ports == card.shape.ports for one, card in anew.cards.items())
    assert geometry.bounds() == anew.bounds()
    views = [Rect(chance.randint(-1200, 1200), chance.randint(-1200, 1200), 600, 400) for _ in range(4)]
    for view in (*views, Rect(-1e6, -1e6, 2e6, 2e6)):
        assert geometry.nodes_in(view) == anew.nodes_in(view)
        hidden = anew.folding.owner
        seen = [one for one in graph.nodes if one not in hidden]
        assert geometry.nodes_in(view) == [one for one in seen if anew.cards[one].rect.touches(view)]
        wires = [key for key in graph.connections if not anew.folding.joins(key[0], key[2])]
        found = geometry.wires_near(view)
        assert found == anew.wires_near(view)
        assert found <= {key for key in wires if anew.reach_of(key).touches(view)}
        assert found >= {key for key in wires if not anew.is_portal(key) and passes(anew, key, view)}
    for key in graph.connections:
        assert geometry.course_of(key) == anew.course_of(key)


def passes(geometry: GraphGeometry, key: WireKey, view: Rect) -> bool:
    return any(view.contains(x, y) for x, y in geometry.course_of(key).flattened())


def seen(geometry: GraphGeometry, key: tuple[str, str, str, str]) -> bool:
    """Tell whether a wire is not inside a folded frame."""
    return not geometry.folding.joins(key[0], key[2])


@given(CHANCE, st.integers(1, 25))
@hypothesis_settings(max_examples=60)
def test_following_any_edits_ends_where_a_rebuild_does(catalog: Catalog, chance: Random, steps: int) -> None:
    graph = some_graph(chance)
    geometry, _ = followed(graph, catalog)
    history = History(graph)
    for _ in range(steps):
        try:
            history.do(random_change(chance, graph))
        except ChangeRefusedError:
            history.undo()
    assert_true(geometry, graph, catalog, chance)
    while history.undo():
        pass
    assert_true(geometry, graph, catalog, chance)
    while history.redo():
        pass
    assert_true(geometry, graph, catalog, chance)


@given(CHANCE)
@hypothesis_settings(max_examples=60)
def test_what_is_to_be_drawn_again_covers_every_card_and_wire_that_differs(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance)
    geometry, redraws = followed(graph, catalog)
    for _ in range(10):
        before = dict(geometry.cards)
        courses = {key: geometry.course_of(key) for key in graph.connections if seen(geometry, key)}
        try:
            graph.apply(random_change(chance, graph))
        except ChangeRefusedError:
            continue
        redraw = redraws[-1]
        for node_id in before.keys() | geometry.cards.keys():
            old, new = before.get(node_id), geometry.cards.get(node_id)
            if old != new:
                assert redraw.area is not None
                # Thirds of a pixel do not add up to the last digit; what is painted is larger by more than that.
                area = redraw.area.grown(1e-6)
                assert all(area.encloses(card.rect) for card in (old, new) if card is not None)
        for key in courses.keys() | graph.connections.keys():
            there = key in graph.connections and seen(geometry, key)
            new_course = geometry.course_of(key) if there else None
            if courses.get(key) != new_course:
                assert key in redraw.wires
                assert redraw.area is not None
                for way in (courses.get(key), new_course):
                    assert all(redraw.area.grown(1e-6).contains(x, y) for x, y in (way.flattened() if way else ()))


def test_moving_one_node_of_thousands_touches_its_card_and_its_wires_only(catalog: Catalog) -> None:
    graph = generate(3000, 5)
    geometry, redraws = followed(graph, catalog)
    moved = max(graph.nodes, key=lambda one: len(graph.incoming(one)) + len(graph.outgoing(one)))
    before = dict(geometry.cards)
    graph.apply(MoveNodes({moved: (5, 5)}))
    assert [one for one, card in geometry.cards.items() if card is not before[one]] == [moved]
    assert redraws[-1].wires == {*graph.incoming(moved), *graph.outgoing(moved)}


def test_an_edit_touches_as_much_in_a_graph_ten_times_as_large(catalog: Catalog) -> None:
    calls: list[int] = []
    for size in (300, 3000):
        graph = generate(size, 5)
        geometry = GraphGeometry(graph, catalog)
        made: list[str] = []
        shape_of = geometry._card
        geometry._card = lambda node, made=made, shape_of=shape_of: (made.append(node.id), shape_of(node))[1]  # type: ignore[misc]
        graph.changed.connect(geometry.follow)
        first, second = list(graph.nodes)[100:102]
        graph.apply(MoveNodes({first: (5, 5), second: (9, 9)}))
        graph.apply(AddNodes((Node("new", "LogNode"),)))
        graph.apply(Connect((Connection(first, "exec_out", "new", "exec_in"),)))
        graph.apply(Disconnect(((first, "exec_out", "new", "exec_in"),)))
        graph.apply(RemoveNodes(("new",)))
        calls.append(len(made))
    assert calls == [5, 5]


def test_cards_made_all_at_once_are_those_made_one_by_one(catalog: Catalog) -> None:
    graph = generate(300, 5)
    nodes = [Node("family", "NoSuchNode"), Node("switch", "SwitchNode", {"cases": "a, b"}), Node("new", "LogNode")]
    graph.apply(AddNodes(tuple(nodes)))
    graph.apply(
        Connect(
            (
                Connection("family", "anything", "switch", "value"),
                Connection("family", "exec_out", "new", "exec_in"),
                Connection("switch", "case_a", "family", "case_a"),
                Connection("family", "second", "new", "not_declared"),
            )
        )
    )
    geometry = GraphGeometry(graph, catalog)
    assert list(geometry.cards) == list(graph.nodes)
    for node_id, node in graph.nodes.items():
        card, one = geometry.cards[node_id], geometry._card(node)
        assert (card.rect, card.shape.ports) == (one.rect, one.shape.ports)


def test_until_the_wires_have_their_places_those_with_an_end_in_view_are_found(catalog: Catalog) -> None:
    graph = generate(300, 5)
    whole, early = GraphGeometry(graph, catalog), GraphGeometry(graph, catalog, wires=False)
    view = Rect(0, 0, 900, 700)
    seen = set(whole.nodes_in(view))
    assert not early.is_complete
    found = early.wires_near(view)
    assert found >= {key for key in graph.connections if seen & {key[0], key[2]}}
    assert all(set(early.wires_at(one)) == set(whole.wires_at(one)) for one in seen)
    while not early.is_complete:
        early.complete(50)
    everything = Rect(-1e6, -1e6, 2e6, 2e6)
    assert early.wires_near(view) == whole.wires_near(view)
    assert early.wires_near(everything) == set(graph.connections)


@given(CHANCE)
@hypothesis_settings(max_examples=25)
def test_an_edit_before_the_wires_have_their_places_ends_where_a_rebuild_does(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance)
    geometry = GraphGeometry(graph, catalog, wires=False)
    graph.changed.connect(geometry.follow)
    geometry.complete(chance.randint(1, 5))
    for _ in range(3):
        with suppress(ChangeRefusedError):
            graph.apply(random_change(chance, graph))
    geometry.complete()
    assert_true(geometry, graph, catalog, chance)


def test_a_node_deleted_and_made_anew_lies_on_top(catalog: Catalog) -> None:
    graph = Graph([Node("a", "LogNode"), Node("b", "LogNode")])
    geometry, _ = followed(graph, catalog)
    inverse = graph.apply(RemoveNodes(("a",)))
    graph.apply(AddNodes((Node("a", "LogNode"),)))
    assert geometry.nodes_in(Rect(0, 0, 1, 1)) == ["b", "a"]
    graph.apply(RemoveNodes(("a",)))
    graph.apply(inverse)
    assert geometry.nodes_in(Rect(0, 0, 1, 1)) == ["a", "b"]


def test_everything_gone_leaves_no_bounds(catalog: Catalog) -> None:
    graph = generate(40, 1)
    geometry, _ = followed(graph, catalog)
    assert geometry.bounds() is not None
    change = delete(graph, nodes=list(graph.nodes), frames=list(graph.frames))
    assert change is not None
    graph.apply(change)
    assert geometry.bounds() is None
    assert geometry.wires_near(Rect(-1e6, -1e6, 2e6, 2e6)) == set()


def test_bounds_take_in_frames_and_notes(catalog: Catalog) -> None:
    graph = generate(40, 1, frames=True)
    bounds = GraphGeometry(graph, catalog).bounds()
    assert bounds is not None
    assert all(bounds.encloses(Rect(*frame.position, *frame.size)) for frame in graph.frames.values())


def test_the_bounds_of_some_nodes_pass_over_those_that_are_gone(catalog: Catalog) -> None:
    graph = generate(10, 1)
    geometry = GraphGeometry(graph, catalog)
    first = next(iter(graph.nodes))
    assert geometry.bounds_of([first, "gone"]) == geometry.cards[first].rect
    assert geometry.bounds_of(["gone"]) is None


def test_a_lifted_node_takes_its_ends_of_wires_along(catalog: Catalog) -> None:
    graph = Graph(
        [Node("a", "LogNode"), Node("b", "LogNode", position=(400, 0))], [Connection("a", "exec_out", "b", "exec_in")]
    )
    geometry = GraphGeometry(graph, catalog)
    key = next(iter(graph.connections))
    shifted = geometry.course_of(key, {"b"}, (30, 70))
    graph.apply(MoveNodes({"b": (430, 70)}))
    geometry.rebuild()
    assert shifted == geometry.course_of(key)
    assert geometry.course_of(key, {"a", "b"}, (10, 10)).points[0] == (210, geometry.course_of(key).points[0][1] + 10)

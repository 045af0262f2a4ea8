"""Claims about the layered layout: what it guarantees for any graph, and how it reads for the ones people build."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from random_edits import CHANCE, photo, some_graph

from casare.app.arranging import tidy
from casare.catalog import Catalog
from casare.foundation.rect import Rect
from casare.model import Connection, Frame, Graph, Node, Note
from casare.storage import generate

Sizes = Mapping[str, tuple[float, float]]


def sizes_of(graph: Graph, chance: Random | None = None) -> Sizes:
    return {one: (200.0, chance.choice((60.0, 80.0, 97.5, 140.0, 300.0)) if chance else 80.0) for one in graph.nodes}


def card(graph: Graph, sizes: Sizes, node_id: str) -> Rect:
    return Rect(*graph.nodes[node_id].position, *sizes[node_id])


def covered(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def overlaps(graph: Graph, sizes: Sizes) -> list[tuple[str, str]]:
    cards = [(one, card(graph, sizes, one)) for one in graph.nodes]
    return [(a, b) for at, (a, one) in enumerate(cards) for b, other in cards[:at] if covered(one, other)]


def scattered(chance: Random, count: int = 12, wires: int = 16, *, dag: bool = False) -> Graph:
    """Return nodes anywhere, also on top of each other, with wires of both kinds, frames, and notes."""
    ids = [f"n{number}" for number in range(count)]
    nodes = [
        Node(one, chance.choice(("LogNode", "IfNode", "MathOperationNode", "NobodyKnowsNode")), position=at)
        for one in ids
        if (at := (chance.randrange(-900, 900), chance.choice((0, chance.randrange(-500, 500)))))
    ]
    keys: dict[tuple[str, str, str, str], None] = {}
    for _ in range(wires):
        a, b = chance.sample(range(count), 2)
        if dag and a > b:
            a, b = b, a
        source, target = chance.choice((("exec_out", "exec_in"), ("result", "a"), ("true", "exec_in")))
        keys[(ids[a], source, ids[b], target)] = None
    return Graph(nodes, [Connection(*key) for key in keys])


def with_frames(chance: Random, graph: Graph) -> Graph:
    """Return the graph with frames: side by side, one in another, and some that overlap."""
    ids = list(graph.nodes)
    chance.shuffle(ids)
    frames = [Frame("f", "One", node_ids=tuple(ids[:4]), position=(33, 7), size=(100, 100))]
    frames.append(Frame("g", "In it", node_ids=tuple(ids[: chance.choice((1, 2, 4))])))
    frames.append(Frame("h", "Other", node_ids=tuple(ids[chance.choice((3, 4)) : 7])))
    frames.append(Frame("e", "Empty"))
    notes = [Note(f"m{at}", "text", (chance.randrange(-900, 900), chance.randrange(-500, 500))) for at in range(2)]
    return Graph(graph.nodes.values(), graph.connections.values(), frames=frames, notes=notes)


def pinned(graph: Graph, chance: Random, share: float) -> tuple[Graph, set[str]]:
    held = {one for one in graph.nodes if chance.random() < share}
    nodes = [node._replace(extra={"pinned": True}) if node.id in held else node for node in graph.nodes.values()]
    return Graph(nodes, graph.connections.values(), frames=graph.frames.values(), notes=graph.notes.values()), held


def laid_out(graph: Graph, catalog: Catalog, sizes: Sizes, chosen: list[str] | None = None) -> Graph:
    change = tidy(graph, catalog, sizes, chosen)
    if change is not None:
        graph.apply(change)
    return graph


@given(CHANCE)
def test_cards_never_overlap_and_stand_on_the_grid(catalog: Catalog, chance: Random) -> None:
    graph = scattered(chance, dag=chance.random() < 0.5)
    if chance.random() < 0.5:
        graph = with_frames(chance, graph)
    sizes = sizes_of(graph, chance)
    laid_out(graph, catalog, sizes)
    assert overlaps(graph, sizes) == []
    assert all(place % 20 == 0 for node in graph.nodes.values() for place in node.position)


@given(CHANCE)
def test_what_is_tidy_does_not_move(catalog: Catalog, chance: Random) -> None:
    graph = scattered(chance, chance.choice((2, 5, 12)), chance.choice((1, 8, 16)))
    if chance.random() < 0.5 and len(graph.nodes) > 7:
        graph = with_frames(chance, graph)
    if chance.random() < 0.5:
        graph, _ = pinned(graph, chance, 0.3)
    sizes = sizes_of(graph, chance)
    chosen = [one for one in graph.nodes if chance.random() < 0.6] if chance.random() < 0.5 else None
    laid_out(graph, catalog, sizes, chosen)
    assert tidy(graph, catalog, sizes, chosen) is None


@settings(max_examples=50)
@given(CHANCE)
def test_any_document_is_laid_out_in_one_step_that_undo_takes_back_to_the_byte(
    catalog: Catalog, chance: Random
) -> None:
    graph = some_graph(chance, nodes=10)
    before = photo(graph)
    wires, nodes = list(graph.connections.values()), list(graph.nodes)
    change = tidy(graph, catalog, sizes_of(graph))
    if change is None:
        return
    inverse = graph.apply(change)
    assert change.label == "Tidy"
    assert list(graph.connections.values()) == wires
    assert list(graph.nodes) == nodes
    graph.apply(inverse)
    assert photo(graph) == before


@given(CHANCE)
def test_without_cycles_and_frames_every_wire_runs_to_the_right(catalog: Catalog, chance: Random) -> None:
    graph = scattered(chance, 14, 20, dag=True)
    sizes = sizes_of(graph, chance)
    laid_out(graph, catalog, sizes)
    for source, _, target, _ in graph.connections:
        assert card(graph, sizes, source).right + 80 <= graph.nodes[target].position[0]


@given(CHANCE)
def test_pinned_nodes_stay_and_are_not_covered(catalog: Catalog, chance: Random) -> None:
    graph, held = pinned(scattered(chance), chance, 0.3)
    if chance.random() < 0.5:
        graph = with_frames(chance, graph)
    sizes = sizes_of(graph, chance)
    before = {one: graph.nodes[one].position for one in held}
    # A frame with a pinned node stays as a whole.
    kept = {one.id: one for one in graph.frames.values() if held & set(one.node_ids)}
    laid_out(graph, catalog, sizes)
    assert {one: graph.nodes[one].position for one in held} == before
    assert {one: graph.frames[one] for one in kept} == kept
    stays = held.union(*(frame.node_ids for frame in kept.values()))
    assert [pair for pair in overlaps(graph, sizes) if not stays.issuperset(pair)] == []


@given(CHANCE)
def test_a_part_is_laid_out_clear_of_the_rest_which_stays(catalog: Catalog, chance: Random) -> None:
    graph = scattered(chance)
    sizes = sizes_of(graph, chance)
    chosen = [one for one in graph.nodes if chance.random() < 0.5]
    before = {one: node.position for one, node in graph.nodes.items() if one not in chosen}
    laid_out(graph, catalog, sizes, chosen)
    assert {one: node.position for one, node in graph.nodes.items() if one not in chosen} == before
    assert [pair for pair in overlaps(graph, sizes) if not set(before).issuperset(pair)] == []


@given(CHANCE)
def test_a_frame_is_fitted_round_its_nodes_and_covers_no_other(catalog: Catalog, chance: Random) -> None:
    graph = scattered(chance)
    ids = list(graph.nodes)
    chance.shuffle(ids)
    frames = [
        Frame("inner", node_ids=tuple(ids[:2])),
        Frame("outer", node_ids=tuple(ids[:5])),
        Frame("beside", node_ids=tuple(ids[5:8])),
    ]
    graph = Graph(graph.nodes.values(), graph.connections.values(), frames=frames)
    sizes = sizes_of(graph, chance)
    laid_out(graph, catalog, sizes)
    boxes = {one: Rect(*frame.position, *frame.size) for one, frame in graph.frames.items()}
    for frame in graph.frames.values():
        for node_id in graph.nodes:
            box, theirs = boxes[frame.id], card(graph, sizes, node_id)
            assert box.encloses(theirs) if node_id in frame.node_ids else not covered(box, theirs)
    assert boxes["outer"].encloses(boxes["inner"])
    assert not covered(boxes["outer"], boxes["beside"])
    assert all(place % 20 == 0 for frame in graph.frames.values() for place in frame.position), "they are on the grid"


@pytest.mark.parametrize("shape", ["mixed", "chain", "diamond", "tree", "random"])
def test_generated_workflows_of_every_shape_come_out_tidy(catalog: Catalog, shape: str) -> None:
    graph = generate(150, 3, shape, frames=True)  # type: ignore[arg-type]
    sizes = sizes_of(graph, Random(1))
    laid_out(graph, catalog, sizes)
    assert overlaps(graph, sizes) == []
    assert tidy(graph, catalog, sizes) is None


def flow(*wires: str, places: Mapping[str, tuple[float, float]] | None = None, types: str = "LogNode") -> Graph:
    """Return a graph from texts such as `a.true>b.exec_in`; ports may be left out for plain control wires."""
    made = []
    for wire in wires:
        (source, source_port), (target, target_port) = (
            (*end.split("."), port)[:2] for end, port in zip(wire.split(">"), ("exec_out", "exec_in"), strict=True)
        )
        made.append(Connection(source, source_port, target, target_port))
    ids = dict.fromkeys(end for wire in made for end in (wire.source_node, wire.target_node))
    nodes = [
        Node(one, "IfNode" if one.startswith("if") else types, position=(places or {}).get(one, (0, 0))) for one in ids
    ]
    return Graph(nodes, made)


def test_a_chain_of_control_wires_is_level_with_even_gaps(catalog: Catalog) -> None:
    graph = flow("a>b", "b>c", "c>d", "a.result>d.message", places={"b": (310, 90), "c": (13, -44), "d": (700, 300)})
    laid_out(graph, catalog, sizes_of(graph))
    places = [graph.nodes[one].position for one in "abcd"]
    assert {y for _, y in places} == {places[0][1]}
    assert [x - places[0][0] for x, _ in places] == [0, 280, 560, 840]


def test_the_branch_of_the_upper_port_stands_above_whatever_stood_above_before(catalog: Catalog) -> None:
    graph = flow("if.true>yes", "if.false>no", "yes>end", "no>end", places={"yes": (280, 200), "no": (280, 0)})
    laid_out(graph, catalog, sizes_of(graph))
    nodes = graph.nodes
    assert nodes["yes"].position[1] < nodes["no"].position[1]
    assert nodes["if"].position[0] < nodes["yes"].position[0] == nodes["no"].position[0] < nodes["end"].position[0]


def test_the_reading_order_is_kept_where_no_wire_crosses(catalog: Catalog) -> None:
    graph = flow("a>x", "a>y", "a>z", places={"x": (300, 500), "y": (280, -90), "z": (290, 100)})
    laid_out(graph, catalog, sizes_of(graph))
    assert sorted("xyz", key=lambda one: graph.nodes[one].position[1]) == ["y", "z", "x"]


def test_a_long_control_wire_has_a_lane_that_no_card_stands_in(catalog: Catalog) -> None:
    graph = flow("if.true>a", "a>b", "b>end", "if.false>end")
    laid_out(graph, catalog, sizes_of(graph))
    start, end = graph.nodes["if"].position[1], graph.nodes["end"].position[1]
    assert start == end
    assert all(not graph.nodes[one].position[1] - 40 < start + 40 < graph.nodes[one].position[1] + 80 for one in "ab")


def test_a_wire_that_leads_back_does_not_turn_the_flow_round(catalog: Catalog) -> None:
    graph = flow("start>try", "try>check", "check>try", "check>done")
    laid_out(graph, catalog, sizes_of(graph))
    places = [graph.nodes[one].position[0] for one in ("start", "try", "check", "done")]
    assert places == sorted(places)


def test_of_a_mixed_cycle_the_data_wire_gives_way(catalog: Catalog) -> None:
    graph = flow("b.result>a.message", "a>b")
    laid_out(graph, catalog, sizes_of(graph))
    assert graph.nodes["a"].position[0] < graph.nodes["b"].position[0]


def test_a_node_that_only_hands_a_value_on_stands_right_before_its_reader(catalog: Catalog) -> None:
    graph = flow("a>b", "b>c", "c>d", "value.result>d.message")
    laid_out(graph, catalog, sizes_of(graph))
    assert graph.nodes["value"].position[0] == graph.nodes["c"].position[0]


def test_parts_that_no_wire_joins_stand_below_one_another_in_their_order(catalog: Catalog) -> None:
    graph = flow("a>b", "c>d", places={"a": (0, 500), "b": (300, 500), "c": (100, 0), "d": (400, 10)})
    laid_out(graph, catalog, sizes_of(graph))
    nodes = graph.nodes
    assert nodes["c"].position[1] + 80 + 40 <= nodes["a"].position[1]
    assert nodes["c"].position[0] == nodes["a"].position[0]


def test_nodes_without_wires_stand_in_rows(catalog: Catalog) -> None:
    graph = Graph([Node(f"n{at}", "LogNode") for at in range(12)])
    laid_out(graph, catalog, sizes_of(graph))
    assert len({node.position[1] for node in graph.nodes.values()}) == 3


def test_the_middle_of_what_moves_stays_within_a_step_of_the_grid(catalog: Catalog) -> None:
    chance = Random(5)
    graph = scattered(chance)
    before = [sum(node.position[axis] for node in graph.nodes.values()) / 12 for axis in (0, 1)]
    laid_out(graph, catalog, sizes_of(graph))
    after = [sum(node.position[axis] for node in graph.nodes.values()) / 12 for axis in (0, 1)]
    assert all(abs(a - b) <= 10 for a, b in zip(after, before, strict=True))


def test_a_flow_goes_on_at_both_sides_of_a_pinned_node(catalog: Catalog) -> None:
    graph = flow("a>b", "b>c", places={"b": (1000, 400)})
    graph = Graph(
        [node._replace(extra={"pinned": True}) if node.id == "b" else node for node in graph.nodes.values()],
        graph.connections.values(),
    )
    laid_out(graph, catalog, sizes_of(graph))
    assert [graph.nodes[one].position[0] for one in "abc"] == [720, 1000, 1280]


def test_a_note_goes_with_what_it_stands_nearest_to(catalog: Catalog) -> None:
    graph = flow("a>b", places={"b": (900, 700)})
    notes = [Note("at_a", position=(0, -200)), Note("at_b", position=(900, 800))]
    graph = Graph(graph.nodes.values(), graph.connections.values(), notes=notes)
    laid_out(graph, catalog, sizes_of(graph))
    for note, node in (("at_a", "a"), ("at_b", "b")):
        way = (0, -200) if note == "at_a" else (0, 100)
        place = graph.nodes[node].position
        assert graph.notes[note].position == (place[0] + way[0], place[1] + way[1])


def test_a_node_without_wires_alone_is_tidy_where_it_stands_on_the_grid(catalog: Catalog) -> None:
    graph = Graph([Node("a", "LogNode", position=(60, 40))])
    assert tidy(graph, catalog, {}) is None
    assert tidy(Graph(), catalog, {}) is None
    assert tidy(graph, catalog, {}, []) is None


def test_a_folded_frame_takes_the_room_of_its_box(catalog: Catalog) -> None:
    ids = ("a", "b", "c", "d")
    nodes = [Node(one, "LogNode", {}, (260 * at, 0)) for at, one in enumerate(ids)]
    wires = [Connection(one, "exec_out", other, "exec_in") for one, other in pairwise(ids)]
    frame = Frame("f", "Folded", position=(240, -60), size=(520, 200), node_ids=("b", "c"), collapsed=True)
    wide, narrow = Graph(nodes, wires, frames=[frame]), Graph(nodes, wires, frames=[frame])
    for graph, folded in ((wide, None), (narrow, {"f": (200.0, 80.0)})):
        change = tidy(graph, catalog, sizes_of(graph), folded=folded)
        assert change is not None
        graph.apply(change)

    def gap(graph: Graph) -> float:
        return graph.nodes["d"].position[0] - graph.frames["f"].position[0]

    assert 260 <= gap(narrow) <= 280
    assert gap(wide) > 500

"""Claims about moving, framing and noting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from random_edits import photo

from casare.app.editing import add_frame_around, add_note, move_by, positions_after
from casare.app.editing.moving import move_to
from casare.app.editing.placing import whole
from casare.foundation.rect import Rect
from casare.model import Frame, Graph, Node, Note

WHOLE = st.integers(-(10**6), 10**6)
WAY = st.floats(-5000, 5000)


def scene() -> Graph:
    return Graph(
        [Node("a", "LogNode", position=(0, 0)), Node("b", "LogNode", position=(301, 40)), Node("c", "LogNode")],
        frames=[Frame("f", position=(-20, -20), node_ids=("a", "gone"))],
        notes=[Note("m", position=(5, 5))],
    )


def test_a_frame_takes_the_nodes_inside_it_along_and_each_node_once() -> None:
    graph = scene()
    change = move_by(graph, 10, 20, nodes=["a", "b"], frames=["f"], notes=["m"])
    assert change is not None
    inverse = graph.apply(change)
    assert [node.position for node in graph.nodes.values()] == [(10, 20), (311, 60), (0, 0)]
    assert graph.frames["f"].position == (-10, 0)
    assert graph.notes["m"].position == (15, 25)
    graph.apply(inverse)
    assert photo(graph) == photo(scene())


def test_a_single_kind_moves_under_its_own_label() -> None:
    graph = scene()
    labels = [
        move_by(graph, 1, 1, nodes=["a", "b"]),
        move_by(graph, 1, 1, notes=["m"]),
        move_by(graph, 1, 1, frames=["f"]),
    ]
    assert [one.label for one in labels if one] == ["Move 2 nodes", "Move note", "Move"]


def test_moving_nothing_or_nowhere_is_no_edit() -> None:
    graph = scene()
    assert move_by(graph, 0, 0, nodes=["a"]) is None
    assert move_by(graph, 5, 5) is None
    assert move_by(graph, 0.3, -0.4, nodes=["a"], frames=["f"], notes=["m"]) is None


@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=2, max_size=9), WAY, WAY)
def test_nodes_moved_together_keep_their_distances(places: list[tuple[int, int]], dx: float, dy: float) -> None:
    graph = Graph(Node(str(number), "LogNode", position=place) for number, place in enumerate(places))
    after = positions_after(graph, graph.nodes, dx, dy)
    shifts = {(after[one][0] - node.position[0], after[one][1] - node.position[1]) for one, node in graph.nodes.items()}
    assert len(shifts) == 1
    assert all(isinstance(part, int) for place in after.values() for part in place)
    ((moved_x, moved_y),) = shifts
    assert abs(moved_x - dx) <= 0.5 + 1e-6
    assert abs(moved_y - dy) <= 0.5 + 1e-6


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_rounded_place_is_whole_near_and_stays_where_it_is(x: float, y: float) -> None:
    place = whole((x, y))
    assert abs(place[0] - x) <= 0.5
    assert abs(place[1] - y) <= 0.5
    assert whole(place) == place


def test_moving_to_given_places_names_only_those_that_move() -> None:
    graph = scene()
    change = move_to(graph, {"a": (0.2, 0), "b": (300, 40)})
    assert change is not None
    assert change.label == "Move node"
    assert move_to(graph, {"a": (0, 0)}) is None


def test_a_frame_around_nodes_encloses_them_and_holds_them_in_the_order_of_the_file() -> None:
    graph = scene()
    cards = Rect(0, 0, 501, 140)
    graph.apply(add_frame_around(graph, ["b", "a"], cards))
    frame = graph.frames["frame"]
    assert frame.node_ids == ("a", "b")
    assert Rect(*frame.position, *frame.size).encloses(cards)
    graph.apply(add_frame_around(graph, ["c"], cards))
    assert list(graph.frames) == ["f", "frame", "frame_2"]


def test_notes_get_ids_of_their_own() -> None:
    graph = scene()
    graph.apply(add_note(graph, (7.5, 8.2), "words"))
    graph.apply(add_note(graph, (0, 0)))
    assert list(graph.notes) == ["m", "note", "note_2"]
    assert graph.notes["note"] == Note("note", "words", (8, 8))


def test_a_frame_takes_the_frames_inside_it_along_with_their_nodes() -> None:
    graph = Graph(
        [Node("deep", "LogNode", {}, (150, 150))],
        frames=[
            Frame("outer", "", "", (0, 0), (600, 600)),
            Frame("inner", "", "", (100, 100), (300, 300), ("deep",)),
            Frame("beside", "", "", (550, 100), (300, 300)),
        ],
    )
    change = move_by(graph, 10, 20, frames=["outer"])
    assert change is not None
    graph.apply(change)
    assert graph.frames["inner"].position == (110, 120)
    assert graph.nodes["deep"].position == (160, 170)
    assert graph.frames["beside"].position == (550, 100)

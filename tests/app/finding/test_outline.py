"""What stands inside what."""

from __future__ import annotations

from casare.app.finding import PORTALS, Row, RowKind, outline
from casare.model import Connection, Frame, Graph, Node, Note


def test_nodes_stand_in_their_frame_and_frames_in_the_smallest_around() -> None:
    graph = Graph(
        [Node("a", "LogNode"), Node("b", "LogNode"), Node("c", "LogNode")],
        frames=[
            Frame("outer", position=(0, 0), size=(900, 900), node_ids=("a", "b")),
            Frame("inner", position=(10, 10), size=(200, 200), node_ids=("b", "gone")),
        ],
        notes=[Note("n", "note")],
    )
    made = outline(graph)
    assert made.top == (Row(RowKind.FRAME, "outer"), Row(RowKind.NODE, "c"), Row(RowKind.NOTE, "n"))
    assert made.inside[Row(RowKind.FRAME, "outer")] == (Row(RowKind.FRAME, "inner"), Row(RowKind.NODE, "a"))
    assert made.inside[Row(RowKind.FRAME, "inner")] == (Row(RowKind.NODE, "b"),)
    assert made.around[Row(RowKind.FRAME, "inner")] == Row(RowKind.FRAME, "outer")


def test_frames_of_one_size_at_one_place_do_not_hold_each_other() -> None:
    graph = Graph(frames=[Frame("a", size=(10, 10)), Frame("b", size=(10, 10))])
    assert outline(graph).top == (Row(RowKind.FRAME, "a"), Row(RowKind.FRAME, "b"))


def test_each_thing_stands_in_the_outline_exactly_once() -> None:
    graph = Graph(
        [Node(str(at), "LogNode") for at in range(20)],
        frames=[
            Frame(f"f{at}", position=(at, at), size=(500 - at * 9, 400 - at * 9), node_ids=(str(at), str(at + 1)))
            for at in range(6)
        ],
    )
    made = outline(graph)
    rows = [*made.top, *(row for rows in made.inside.values() for row in rows)]
    assert len(rows) == len(set(rows)) == 26


def test_portals_stand_in_a_group_of_their_own_at_the_end() -> None:
    wire = Connection("a", "out", "b", "in", {"portal": "totals"})
    made = outline(Graph([Node("a", "LogNode"), Node("b", "LogNode")], [wire]), ("inst",))
    group = PORTALS._replace(way=("inst",))
    assert made.top[-1] == group
    assert made.inside[group] == (Row(RowKind.PORTAL, "totals", ("inst",)),)
    assert all(row.way == ("inst",) for row in made.top)

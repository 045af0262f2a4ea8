"""Claims about copy and paste."""

from __future__ import annotations

from random import Random

import orjson
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from random_edits import CHANCE, photo, some_graph

from casare.app.editing import copy_text, paste
from casare.catalog import Catalog
from casare.model import Connection, Frame, Graph, Node, Note


def loop() -> Graph:
    return Graph(
        [
            Node("start", "StartNode"),
            Node("loop", "ForLoopStartNode", {"items": "{{rows}}"}, (100, 50)),
            Node("log", "LogNode", {"message": "{{loop.current_item}} of ${loop.count} %log.x% in 'loop'"}, (400, 60)),
            Node("end", "ForLoopEndNode", {"paired_start_id": "loop", "other": ["{{log.message}}"]}, (700, 50)),
        ],
        [
            Connection("start", "exec_out", "loop", "exec_in"),
            Connection("loop", "body", "log", "exec_in"),
            Connection("log", "exec_out", "end", "exec_in", {"color": "red"}),
        ],
        frames=[Frame("box", "Each row", "blue", (80, 20), (900, 200), ("loop", "start", "log", "end"))],
        notes=[Note("words", "Remember", (90, 300))],
        variables={"rows": []},
    )


PART = ("loop", "log", "end")


def test_a_pasted_part_points_at_itself_and_no_longer_at_the_original(catalog: Catalog) -> None:
    graph = loop()
    pasted = paste(graph, copy_text(graph, PART, ["box"], ["words"]), catalog)
    assert pasted is not None
    graph.apply(pasted.change)
    assert pasted.nodes == ("loop_2", "log_2", "end_2")
    assert graph.nodes["log_2"].config["message"] == "{{loop_2.current_item}} of ${loop_2.count} %log_2.x% in 'loop'"
    assert graph.nodes["loop_2"].config == {"items": "{{rows}}"}
    assert graph.nodes["end_2"].config == {"paired_start_id": "loop_2", "other": ["{{log_2.message}}"]}
    assert [wire for wire in graph.connections.values() if wire.source_node.endswith("_2")] == [
        Connection("loop_2", "body", "log_2", "exec_in"),
        Connection("log_2", "exec_out", "end_2", "exec_in", {"color": "red"}),
    ]
    assert graph.frames[pasted.frames[0]].node_ids == ("loop_2", "log_2", "end_2")
    assert graph.frames[pasted.frames[0]].title == "Each row"
    assert graph.notes[pasted.notes[0]].text == "Remember"


def test_pasting_twice_gives_two_copies_apart_from_each_other(catalog: Catalog) -> None:
    graph = loop()
    text = copy_text(graph, PART, ["box"], ["words"])
    for number in (2, 3):
        pasted = paste(graph, text, catalog)
        assert pasted is not None
        graph.apply(pasted.change)
        assert pasted.nodes == (f"loop_{number}", f"log_{number}", f"end_{number}")
        assert graph.nodes[f"end_{number}"].config["paired_start_id"] == f"loop_{number}"
    assert len(graph.nodes) == 10
    assert len(graph.frames) == len(graph.notes) == 3


def test_a_part_pasted_where_nothing_is_in_the_way_keeps_its_ids(catalog: Catalog) -> None:
    original, empty = loop(), Graph()
    pasted = paste(empty, copy_text(original, PART), catalog)
    assert pasted is not None
    empty.apply(pasted.change)
    assert [empty.nodes[one] for one in PART] == [original.nodes[one] for one in PART]


def test_only_ids_that_are_taken_change_and_nobody_gets_anothers(catalog: Catalog) -> None:
    source = Graph([Node("a", "LogNode", {"message": "{{a_2.x}}"}), Node("a_2", "LogNode", {"message": "{{a.x}}"})])
    graph = Graph([Node("a", "LogNode")])
    pasted = paste(graph, copy_text(source, ["a", "a_2"]), catalog)
    assert pasted is not None
    graph.apply(pasted.change)
    assert pasted.nodes == ("a_3", "a_2")
    assert graph.nodes["a_3"].config["message"] == "{{a_2.x}}"
    assert graph.nodes["a_2"].config["message"] == "{{a_3.x}}"


def test_a_pasted_node_takes_no_id_of_a_variable(catalog: Catalog) -> None:
    graph = Graph(variables={"log": 1})
    pasted = paste(graph, copy_text(loop(), ["log"]), catalog)
    assert pasted is not None
    assert pasted.nodes == ("log_2",)


def test_the_top_left_corner_of_everything_lands_at_the_given_place(catalog: Catalog) -> None:
    graph = loop()
    pasted = paste(graph, copy_text(graph, PART, ["box"], ["words"]), catalog, (1000.2, -500.4))
    assert pasted is not None
    graph.apply(pasted.change)
    assert graph.frames[pasted.frames[0]].position == (1000, -500)
    assert graph.nodes["loop_2"].position == (1020, -470)
    assert graph.notes[pasted.notes[0]].position == (1010, -220)


def test_a_paste_is_one_step_that_can_be_undone(catalog: Catalog) -> None:
    graph = loop()
    before = photo(graph)
    pasted = paste(graph, copy_text(graph, PART, ["box"], ["words"]), catalog)
    assert pasted is not None
    assert pasted.change.label == "Paste 3 items"
    graph.apply(graph.apply(pasted.change))
    assert photo(graph) == before


def test_a_copy_is_a_workflow_of_its_own_with_the_wires_inside_it(catalog: Catalog) -> None:
    document = orjson.loads(copy_text(loop(), PART))
    assert list(document["nodes"]) == ["loop", "log", "end"]
    assert [wire["source_node"] for wire in document["connections"]] == ["loop", "log"]


def test_a_copy_of_the_same_part_is_the_same_text_in_whatever_order_it_was_selected() -> None:
    assert copy_text(loop(), PART) == copy_text(loop(), frozenset(reversed(PART))) == copy_text(loop(), list(PART) * 2)


def test_copying_nothing_gives_no_text() -> None:
    assert copy_text(loop(), []) == ""
    assert copy_text(loop(), [], [], ["words"]) != ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "hello",
        "123",
        "null",
        "[]",
        "{}",
        '{"a": 1}',
        '{"nodes": {}}',
        '{"nodes": 3}',
        "{",
        "\ud800",
        '["nodes"]',
    ],
)
def test_text_that_is_no_workflow_pastes_nothing(catalog: Catalog, text: str) -> None:
    graph = loop()
    assert paste(graph, text, catalog) is None
    assert graph == loop()


@given(st.text(max_size=40))
def test_no_text_on_the_clipboard_can_break_a_paste(catalog: Catalog, text: str) -> None:
    assert paste(Graph(), text, catalog) is None


@given(CHANCE)
@hypothesis_settings(max_examples=50)
def test_whatever_is_copied_can_be_pasted_and_looks_the_same(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance, nodes=8)
    nodes = [one for one in graph.nodes if chance.random() < 0.6]
    frames = [one for one in graph.frames if chance.random() < 0.6]
    notes = [one for one in graph.notes if chance.random() < 0.6]
    text = copy_text(graph, nodes, frames, notes)
    pasted = paste(graph, text, catalog)
    assert (pasted is None) == (not (nodes or frames or notes))
    if pasted is None:
        return
    before = photo(graph)
    inverse = graph.apply(pasted.change)
    named = dict(zip(nodes, pasted.nodes, strict=True))
    assert not before[0].nodes.keys() & set(pasted.nodes)
    assert [graph.nodes[new].type for new in pasted.nodes] == [graph.nodes[old].type for old in nodes]
    inside = [key for key in before[0].connections if key[0] in named and key[2] in named]
    assert [key for key in graph.connections if key not in before[0].connections] == [
        (named[key[0]], key[1], named[key[2]], key[3]) for key in inside
    ]
    assert (len(pasted.frames), len(pasted.notes)) == (len(frames), len(notes))
    graph.apply(inverse)
    assert photo(graph) == before

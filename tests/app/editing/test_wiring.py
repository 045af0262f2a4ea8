"""Claims about which wires may be made, why others may not, and which give way."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from random_edits import CHANCE, some_graph

from casare.app.editing import End, connect, verdict
from casare.app.editing.wiring import port_of, ports_of
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.sdk import PortKind

OUT, IN = True, False


def bench() -> Graph:
    return Graph(
        [
            Node("start", "StartNode"),
            Node("math", "MathOperationNode"),
            Node("more", "MathOperationNode"),
            Node("text", "TextReplaceNode"),
            Node("size", "ListLengthNode"),
            Node("choice", "SwitchNode", {"cases": ["red", "blue"]}),
            Node("what", "NobodyKnowsNode"),
        ],
        [
            Connection("math", "result", "text", "text"),
            Connection("start", "exec_out", "math", "exec_in"),
            Connection("what", "odd_thing", "text", "old"),
        ],
    )


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (End("math", "result", OUT), End("more", "result", OUT), "Both are outputs"),
        (End("math", "a", IN), End("more", "a", IN), "Both are inputs"),
        (End("math", "result", OUT), End("math", "a", IN), "itself"),
        (End("gone", "result", OUT), End("math", "a", IN), "no such port"),
        (End("math", "result", OUT), End("gone", "a", IN), "no such port"),
        (End("math", "results", OUT), End("more", "a", IN), "no such port"),
        (End("math", "result", OUT), End("more", "c", IN), "no such port"),
        (End("math", "result", OUT), End("size", "list", IN), "cannot feed a list input"),
        (End("math", "exec_out", OUT), End("more", "a", IN), "control wire cannot feed"),
        (End("math", "result", OUT), End("more", "exec_in", IN), "cannot start a node"),
        (End("math", "result", OUT), End("text", "text", IN), "wired already"),
        (End("start", "exec_out", OUT), End("math", "exec_in", IN), "wired already"),
        (End("what", "odd_thing", OUT), End("text", "old_value", IN), "wired already"),
    ],
)
def test_a_wire_that_may_not_be_made_is_refused_with_its_reason(
    catalog: Catalog, one: End, other: End, reason: str
) -> None:
    graph = bench()
    for found in (verdict(graph, catalog, one, other), verdict(graph, catalog, other, one)):
        assert not found.allowed
        assert reason in found.reason
        assert found.reason[0].isupper()
        assert found.reason.endswith(".")
    assert connect(graph, catalog, one, other) is None


@pytest.mark.parametrize("turned", [False, True])
def test_a_wire_is_made_from_output_to_input_whichever_end_was_pressed(catalog: Catalog, turned: bool) -> None:
    ends = [End("math", "result", OUT), End("more", "a", IN)]
    graph = bench()
    change = connect(graph, catalog, *(ends[::-1] if turned else ends))
    assert change is not None
    assert change.label == "Connect"
    graph.apply(change)
    assert ("math", "result", "more", "a") in graph.connections


def test_a_data_input_holds_one_wire_so_the_old_one_gives_way_in_the_same_step(catalog: Catalog) -> None:
    graph = bench()
    change = connect(graph, catalog, End("more", "result", OUT), End("text", "text", IN))
    assert change is not None
    inverse = graph.apply(change)
    assert [key[0] for key in graph.incoming("text") if key[3] == "text"] == ["more"]
    graph.apply(inverse)
    assert graph == bench()


def test_a_wire_under_an_old_port_name_gives_way_too_and_the_new_wire_has_the_new_name(catalog: Catalog) -> None:
    graph = bench()
    found = verdict(graph, catalog, End("math", "result", OUT), End("text", "old", IN))
    assert found.replaces == (("what", "odd_thing", "text", "old"),)
    assert found.wire == Connection("math", "result", "text", "old_value")


def test_the_output_of_a_case_is_found_under_its_value(catalog: Catalog) -> None:
    found = verdict(bench(), catalog, End("choice", "case_blue", OUT), End("more", "exec_in", IN))
    assert found.wire == Connection("choice", "case_1", "more", "exec_in")


def test_a_control_input_takes_as_many_wires_as_arrive(catalog: Catalog) -> None:
    graph = bench()
    found = verdict(graph, catalog, End("more", "exec_out", OUT), End("math", "exec_in", IN))
    assert found.allowed
    assert found.replaces == ()


def test_dragging_a_wire_to_another_port_moves_it_in_one_step(catalog: Catalog) -> None:
    graph = bench()
    moving = ("math", "result", "text", "text")
    change = connect(graph, catalog, End("math", "result", OUT), End("more", "b", IN), moving=moving)
    assert change is not None
    assert change.label == "Rewire"
    inverse = graph.apply(change)
    assert moving not in graph.connections
    assert ("math", "result", "more", "b") in graph.connections
    graph.apply(inverse)
    assert graph == bench()


def test_putting_a_wire_back_where_it_was_is_no_edit(catalog: Catalog) -> None:
    graph = bench()
    for moving in (("math", "result", "text", "text"), ("what", "odd_thing", "text", "old")):
        ends = End(moving[0], moving[1], OUT), End(moving[2], moving[3], IN)
        assert verdict(graph, catalog, *ends, ignoring=moving).allowed
        assert connect(graph, catalog, *ends, moving=moving) is None


def test_a_moved_wire_takes_the_place_of_the_one_it_lands_on(catalog: Catalog) -> None:
    graph = bench()
    first = connect(graph, catalog, End("math", "result", OUT), End("more", "a", IN))
    assert first is not None
    graph.apply(first)
    moving = ("math", "result", "more", "a")
    change = connect(graph, catalog, End("math", "result", OUT), End("text", "old_value", IN), moving=moving)
    assert change is not None
    graph.apply(change)
    assert [key for key in graph.connections if key[2] == "text"] == [
        ("math", "result", "text", "text"),
        ("math", "result", "text", "old_value"),
    ]
    assert moving not in graph.connections


def test_ports_implied_by_wires_can_be_wired_like_declared_ones(catalog: Catalog) -> None:
    graph = bench()
    assert ports_of(graph, catalog, "what").output("odd_thing") is not None
    assert port_of(graph, catalog, End("what", "other", OUT)) is None
    assert port_of(graph, catalog, End("gone", "x", OUT)) is None
    assert verdict(graph, catalog, End("what", "odd_thing", OUT), End("more", "a", IN)).allowed


@given(CHANCE)
@hypothesis_settings(max_examples=40)
def test_an_allowed_wire_can_always_be_made_and_a_data_input_never_ends_with_two(
    catalog: Catalog, chance: Random
) -> None:
    graph = some_graph(chance)
    ends = [
        End(node_id, port.name, is_output)
        for node_id in graph.nodes
        for is_output in (OUT, IN)
        for port in getattr(ports_of(graph, catalog, node_id), "outputs" if is_output else "inputs")
    ]
    for _ in range(20 if ends else 0):
        one, other = chance.choice(ends), chance.choice(ends)
        found, change = verdict(graph, catalog, one, other), connect(graph, catalog, one, other)
        assert found.allowed == (change is not None) == (not found.reason)
        if change is None or found.wire is None:
            continue
        draft = graph.copy()
        draft.apply(change)
        port = port_of(draft, catalog, End(found.wire.target_node, found.wire.target_port, IN))
        assert port is not None
        arriving = [key for key in draft.incoming(found.wire.target_node) if key[3] == port.name]
        assert found.wire.key in arriving
        assert port.kind is PortKind.CONTROL or len(arriving) == 1

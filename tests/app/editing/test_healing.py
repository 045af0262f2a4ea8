"""Claims about taking nodes out of the flow without breaking it."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from hypothesis import given
from random_edits import CHANCE, photo, some_graph

from casare.app.editing.healing import FAILURES, extract, heal
from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog, refusal
from casare.model import Connection, Frame, Graph, Node, WireKey
from casare.sdk import PortKind


def control_wires(graph: Graph, catalog: Catalog) -> list[WireKey]:
    return [
        key
        for key in graph.connections
        if (port := ports_of(graph, catalog, key[0]).output(key[1])) and port.kind is PortKind.CONTROL
    ]


def reached(wires: Iterable[WireKey], start: str) -> set[str]:
    wires = list(wires)
    found, waiting = {start}, [start]
    for one in waiting:
        for key in wires:
            if key[0] == one and key[2] not in found:
                found.add(key[2])
                waiting.append(key[2])
    return found


def flow(chance: Random) -> Graph:
    """Return nodes with control wires of every sort, and data wires that fit."""
    nodes = [Node(f"n{at}", chance.choice(("LogNode", "IfNode", "MathOperationNode", "MergeNode"))) for at in range(9)]
    outputs = {"IfNode": ("true", "false")}
    wires: dict[WireKey, None] = {}
    for _ in range(14):
        one, other = chance.sample(nodes, 2)
        wires[(one.id, chance.choice(outputs.get(one.type, ("exec_out",))), other.id, "exec_in")] = None
    sums = [node.id for node in nodes if node.type == "MathOperationNode"]
    for target in sums:
        source = chance.choice(sums)
        if source != target:
            wires[(source, "result", target, chance.choice("ab"))] = None
    frames = [Frame("f", node_ids=("n1", "n2"))]
    return Graph(nodes, [Connection(*key) for key in wires], frames=frames)


@given(CHANCE)
def test_healing_keeps_what_reaches_what_by_control(catalog: Catalog, chance: Random) -> None:
    graph = flow(chance)
    before = {one: reached(control_wires(graph, catalog), one) for one in graph.nodes}
    gone = [one for one in graph.nodes if chance.random() < 0.4]
    change = heal(graph, catalog, gone)
    assert (change is None) == (not gone)
    if change is None:
        return
    taken = photo(graph)
    inverse = graph.apply(change)
    for one in graph.nodes:
        assert reached(control_wires(graph, catalog), one) == before[one] - set(gone)
    graph.apply(inverse)
    assert photo(graph) == taken


@given(CHANCE)
def test_extracting_heals_the_rest_and_leaves_the_taken_alone(catalog: Catalog, chance: Random) -> None:
    graph = flow(chance)
    before = {one: reached(control_wires(graph, catalog), one) for one in graph.nodes}
    taken = {one for one in graph.nodes if chance.random() < 0.4}
    inner = {key for key in graph.connections if key[0] in taken and key[2] in taken}
    crossing = any((key[0] in taken) != (key[2] in taken) for key in graph.connections)
    kept = photo(graph)
    change = extract(graph, catalog, taken)
    assert (change is not None) == crossing
    if change is None:
        return
    inverse = graph.apply(change)
    assert {key for key in graph.connections if {key[0], key[2]} & taken} == inner
    for one in graph.nodes.keys() - taken:
        assert reached(control_wires(graph, catalog), one) == before[one] - taken
    graph.apply(inverse)
    assert photo(graph) == kept


@given(CHANCE)
def test_every_wire_that_healing_makes_fits_and_any_document_comes_back_whole(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance, nodes=9)
    before, old = photo(graph), set(graph.connections)
    gone = [one for one in graph.nodes if chance.random() < 0.4]
    for change in (heal(graph, catalog, gone), extract(graph, catalog, gone)):
        if change is None:
            continue
        inverse = graph.apply(change)
        for source, source_port, target, target_port in graph.connections.keys() - old:
            out = ports_of(graph, catalog, source).output(source_port)
            into = ports_of(graph, catalog, target).input(target_port)
            assert out is not None
            assert into is not None
            assert refusal(out, into) is None
        graph.apply(inverse)
        assert photo(graph) == before


def test_a_value_is_handed_on_from_the_first_input_that_fits(catalog: Catalog) -> None:
    graph = Graph(
        [
            Node("list", "TextSplitNode"),
            Node("number", "MathOperationNode"),
            Node("middle", "NobodyKnowsNode"),
            Node("end", "MathOperationNode"),
        ],
        [
            Connection("list", "result", "middle", "first"),
            Connection("number", "result", "middle", "second"),
            Connection("middle", "out", "end", "a"),
        ],
    )
    change = heal(graph, catalog, ["middle"])
    assert change is not None
    graph.apply(change)
    assert list(graph.connections) == [("number", "result", "end", "a")]


def test_a_value_that_fits_nowhere_is_not_handed_on(catalog: Catalog) -> None:
    graph = Graph(
        [Node("list", "TextSplitNode"), Node("size", "ListLengthNode"), Node("end", "MathOperationNode")],
        [Connection("list", "result", "size", "list"), Connection("size", "length", "end", "a")],
    )
    change = heal(graph, catalog, ["size"])
    assert change is not None
    graph.apply(change)
    assert not graph.connections


def test_what_only_a_failure_leads_to_does_not_run_when_its_node_is_gone(catalog: Catalog) -> None:
    node_type = next(
        spec
        for spec in catalog.types()
        if {port.name for port in spec.outputs if port.kind is PortKind.CONTROL} >= {"valid", "invalid"}
    )
    assert "invalid" in FAILURES
    graph = Graph(
        [Node("a", "LogNode"), Node("check", node_type.id), Node("good", "LogNode"), Node("bad", "LogNode")],
        [
            Connection("a", "exec_out", "check", "exec_in"),
            Connection("check", "valid", "good", "exec_in"),
            Connection("check", "invalid", "bad", "exec_in"),
        ],
    )
    change = heal(graph, catalog, ["check"])
    assert change is not None
    graph.apply(change)
    assert list(graph.connections) == [("a", "exec_out", "good", "exec_in")]


def test_a_loop_back_through_a_removed_node_makes_no_wire_to_itself(catalog: Catalog) -> None:
    graph = Graph(
        [Node("a", "LogNode"), Node("b", "LogNode")],
        [Connection("a", "exec_out", "b", "exec_in"), Connection("b", "exec_out", "a", "exec_in")],
    )
    change = heal(graph, catalog, ["b"])
    assert change is not None
    graph.apply(change)
    assert not graph.connections


def test_a_wire_of_a_file_that_never_fitted_is_not_handed_on(catalog: Catalog) -> None:
    graph = Graph(
        [Node("a", "LogNode"), Node("middle", "NobodyKnowsNode"), Node("b", "LogNode")],
        [Connection("a", "exec_out", "middle", "value"), Connection("middle", "case_1", "b", "message")],
    )
    change = heal(graph, catalog, ["middle"])
    assert change is not None
    graph.apply(change)
    assert not graph.connections

"""Differences of two states, in words."""

from __future__ import annotations

from hypothesis import given

from casare.app.recovery.differences import Differences
from casare.catalog import Catalog
from casare.model import (
    AddNodes,
    AddNotes,
    Connect,
    Connection,
    Graph,
    MoveNodes,
    Node,
    Note,
    RemoveNodes,
    RenameNode,
    SetConfig,
    SetVariables,
)
from tests.storage.strategies import graphs


def test_each_kind_of_difference_has_its_line(catalog: Catalog) -> None:
    before = Graph([Node("a", "LogNode"), Node("b", "LogNode", {"message": "x"}), Node("c", "LogNode", name="Gone")])
    after = before.copy()
    for change in (
        AddNodes((Node("d", "LogNode"), Node("e", "LogNode"), Node("f", "NoSuchNode"))),
        RemoveNodes(("c",)),
        SetConfig("b", {"message": "y", "log_level": "info"}),
        RenameNode("a", "First"),
        Connect((Connection("a", "exec_out", "b", "exec_in"),)),
        MoveNodes({"a": (5, 5)}),
        AddNotes((Note("n"),)),
        SetVariables({"x": 1}),
    ):
        after.apply(change)
    differences = Differences.between(before, after, catalog)
    assert differences.lines() == [
        "3 nodes added: 2 × Log, NoSuchNode",
        "1 node removed: Gone",
        "2 parameters changed: message of Log, log level of Log",
        "1 node renamed or of another type: First",
        "1 wire added",
        "1 node moved",
        "1 frame or note changed",
        "Workflow variables changed",
    ]
    assert differences.summary().startswith("4 nodes added or removed · 2 parameters changed · 1 node renamed")
    assert differences


def test_many_names_are_counted_and_not_listed(catalog: Catalog) -> None:
    before = Graph([])
    after = Graph([Node(f"n{number}", f"Odd{number}") for number in range(1200)])
    assert Differences.between(before, after, catalog).lines() == ["1,200 nodes added: Odd0, Odd1, Odd2 and 1,197 more"]


@given(graph=graphs())
def test_a_graph_does_not_differ_from_itself(graph: Graph, catalog: Catalog) -> None:
    differences = Differences.between(graph, graph.copy(), catalog)
    assert not differences
    assert differences.summary() == "No differences"

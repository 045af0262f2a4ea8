"""Replacing everything at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model import Connection, Content, Graph, History, MoveNodes, Node, ReplaceContent, SetConfig
from casare.storage import encode, generate
from tests.storage.strategies import graphs
from tests_performance.random_edits import random_edit


@given(graphs(), graphs())
def test_a_graph_becomes_another_and_undo_brings_it_back(one: Graph, other: Graph) -> None:
    before = one.copy()
    inverse = one.apply(ReplaceContent(Content.of(other)))
    assert one == other
    one.apply(inverse)
    assert one == before


def test_only_what_differs_is_told() -> None:
    graph = generate(20, seed=1)
    other = graph.copy()
    first, second, third, *_ = other.nodes
    other.apply(MoveNodes({first: (-5, -5)}))
    other.apply(SetConfig(second, {"changed": True}))
    facts: list[GraphChanged] = []
    graph.changed.connect(facts.append)
    graph.apply(ReplaceContent(Content.of(other)))
    assert facts == [GraphChanged(nodes=frozenset((second,)), moved=frozenset((first,)))]
    assert third not in facts[0].nodes


def test_wires_are_found_at_their_nodes_after_a_replacement() -> None:
    graph = Graph([Node("a", "LogNode")])
    assert not graph.outgoing("a")
    wire = Connection("a", "exec_out", "b", "exec_in")
    graph.apply(ReplaceContent(Content.of(Graph([Node("a", "LogNode"), Node("b", "LogNode")], [wire]))))
    assert list(graph.outgoing("a")) == [wire.key]


def test_content_that_is_no_whole_graph_is_refused() -> None:
    graph = generate(5, seed=1)
    content = Content.of(graph)
    before = graph.copy()
    for bad in (
        content._replace(nodes=(*content.nodes, content.nodes[0])),
        content._replace(nodes=content.nodes[1:]),
    ):
        with pytest.raises(ChangeRefusedError):
            graph.apply(ReplaceContent(bad))
    assert graph == before


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_undoing_a_thousand_edits_of_every_kind_gives_the_same_bytes(seed: int) -> None:
    rng = random.Random(seed)
    graph = generate(12, seed=seed % 1000)
    history = History(graph)
    before = encode(graph)
    for _ in range(1000):
        history.do(random_edit(graph, rng), merge=rng.choice(("", "", "drag")))
        if rng.random() < 0.05:
            history.undo()
            history.redo()
    while history.undo() is not None:
        pass
    assert encode(graph) == before

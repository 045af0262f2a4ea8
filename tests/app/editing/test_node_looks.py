"""Collapsed nodes and frames, hidden ports."""

from __future__ import annotations

from casare.app.editing import toggle_collapsed, toggle_unused
from casare.app.editing.node_looks import hides_unused, is_collapsed
from casare.model import Batch, Frame, Graph, Node


def graph() -> Graph:
    nodes = (Node("a", "LogNode", {}, (0, 0), "", {"theirs": 1}), Node("b", "LogNode", extra={"collapsed": True}))
    return Graph(nodes, frames=(Frame("f"),))


def test_some_collapsed_means_collapse_all_and_all_collapsed_means_expand() -> None:
    held = graph()
    for expected in (True, False):
        change = toggle_collapsed(held, ["a", "b"])
        assert change is not None
        held.apply(change)
        assert [is_collapsed(node) for node in held.nodes.values()] == [expected, expected]
    assert held.nodes["a"].extra == {"theirs": 1}


def test_nodes_and_frames_collapse_in_one_step() -> None:
    held = graph()
    change = toggle_collapsed(held, ["a"], ["f"])
    assert isinstance(change, Batch)
    inverse = held.apply(change)
    assert held.frames["f"].collapsed
    assert is_collapsed(held.nodes["a"])
    held.apply(inverse)
    assert held == graph()


def test_unused_ports_are_hidden_and_shown_again() -> None:
    held = graph()
    for expected in (True, False):
        change = toggle_unused(held, ["a"])
        assert change is not None
        held.apply(change)
        assert hides_unused(held.nodes["a"]) is expected
    assert toggle_unused(held, []) is None

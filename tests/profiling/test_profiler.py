"""Grading again after an edit gives what grading from scratch gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.events import GraphChanged
from casare.model import (
    AddNodes,
    Connect,
    Connection,
    Disconnect,
    Graph,
    MoveNodes,
    Node,
    RenameNode,
    SetConfig,
    SetVariables,
)
from casare.profiling import Profiler, analyze

BuildGraph = Callable[..., Graph]

_TYPES = (
    "StartNode",
    "LogNode",
    "SetVariableNode",
    "ReadFileNode",
    "WaitNode",
    "IfNode",
    "MergeNode",
    "ForLoopStartNode",
    "ForLoopEndNode",
    "TextTrimNode",
    "UnknownNode",
    "CommentNode",
)
_CONFIGS: tuple[dict[str, Any], ...] = (
    {},
    {"text": "{{n1.result}}"},
    {"items": [1, 2, 3]},
    {"items": "{{list}}"},
    {"variable_name": "list", "value": [1, 2]},
    {"variable_name": "list", "value": [1, 2, 3, 4]},
    {"file_path": "a.txt"},
    {"paired_start_id": "n2"},
    {"duration": 3},
    {"_disabled": True},
    {"retry_count": 9},
)
_PORTS = ("exec_out", "true", "false", "body", "completed", "result")


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    """Draw up to eight edits, as plain values; what does not fit the graph when its turn comes is passed over."""
    node = st.integers(0, 9)
    return draw(
        st.lists(
            st.one_of(
                st.tuples(st.just("config"), node, st.sampled_from(_CONFIGS)),
                st.tuples(st.just("move"), node),
                st.tuples(st.just("rename"), node),
                st.tuples(st.just("wire"), node, st.sampled_from(_PORTS), node),
                st.tuples(st.just("cut"), node),
                st.tuples(st.just("add"), st.sampled_from(_TYPES)),
                st.tuples(st.just("variables")),
            ),
            min_size=1,
            max_size=8,
        )
    )


def _change(graph: Graph, edit: tuple[Any, ...]) -> Any:
    change: Any
    match edit:
        case ("config", number, config):
            change = SetConfig(f"n{number}", config)
        case ("move", number):
            change = MoveNodes({f"n{number}": (number * 7.0, 3.0)})
        case ("rename", number):
            change = RenameNode(f"n{number}", "called so")
        case ("wire", source, port, target):
            wire = Connection(f"n{source}", port, f"n{target}", "exec_in")
            change = None if source == target or wire.key in graph.connections else Connect((wire,))
        case ("cut", number):
            keys = tuple(graph.connections)
            change = Disconnect((keys[number % len(keys)],)) if keys else None
        case ("add", type_id):
            change = AddNodes((Node(f"x{len(graph.nodes)}", type_id),))
        case _:
            change = SetVariables({"list": [1, 2, 3, 4, 5]})
    return change


@settings(max_examples=150, deadline=None)
@given(
    types=st.lists(st.sampled_from(_TYPES), min_size=10, max_size=10),
    configs=st.lists(st.sampled_from(_CONFIGS), min_size=10, max_size=10),
    wires=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(_PORTS), st.integers(0, 9)), max_size=14),
    steps=edits(),
)
def test_regrading_gives_what_analysing_from_scratch_gives(
    types: list[str],
    configs: list[dict[str, Any]],
    wires: list[tuple[int, str, int]],
    steps: list[tuple[Any, ...]],
) -> None:
    catalog = default_catalog()
    nodes = [Node(f"n{number}", *held) for number, held in enumerate(zip(types, configs, strict=True))]
    drawn = [Connection(f"n{one}", port, f"n{other}", "exec_in") for one, port, other in wires if one != other]
    graph = Graph(nodes, drawn)
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    facts: list[GraphChanged] = []
    graph.changed.connect(facts.append)
    for step in steps:
        change = _change(graph, step)
        if change is not None:
            graph.apply(change)
            assert profiler.regrade(graph, facts[-1]) == analyze(graph, catalog)


def test_a_move_costs_nothing_at_all(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": "Work"})
    profiler = Profiler(catalog)
    report = profiler.analyze(graph)
    graph.apply(MoveNodes({"a": (5, 5)}))
    assert profiler.regrade(graph, GraphChanged(moved=frozenset("a"))) is report


def test_a_type_registered_later_is_seen(build: BuildGraph) -> None:
    from casare.sdk import Cost, NodeType

    catalog = Catalog(lambda: ())
    graph = build({"a": "Late"})
    profiler = Profiler(catalog)
    assert profiler.analyze(graph).nodes[0].provenance == "default"
    catalog.register(NodeType("Late", "Late", "data", cost=Cost(3, 7, 1)))
    again = profiler.regrade(graph, GraphChanged(moved=frozenset("a")))
    assert (again.nodes[0].provenance, again.nodes[0].runtime_ms) == ("declared", 7)


def test_the_compatible_score_is_regraded_too(build: BuildGraph, catalog: Catalog) -> None:
    graph = build({"a": "nodetool.control.If"})
    profiler = Profiler(catalog, scoring="nodetool")
    assert profiler.analyze(graph).score == 94.935
    graph.apply(SetConfig("a", {"iterations": 100}))
    assert profiler.regrade(graph, GraphChanged(nodes=frozenset("a"))) == analyze(graph, catalog, scoring="nodetool")

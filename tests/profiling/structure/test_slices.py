"""Large workflows are worked out in slices, and again only where an edit is; neither shows in the result."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.events import GraphChanged
from casare.model import Connection, Graph, Node, SetConfig
from casare.profiling import Profiler, analyze
from casare.profiling.evidence import Evidence
from casare.profiling.incremental.regather import gather_again
from casare.profiling.reporting.digest import digest_of


@pytest.fixture(scope="module")
def real() -> Catalog:
    """Return the built-in types."""
    return default_catalog()


def large(seed: int, blocks: int = 60) -> Graph:
    """Return a workflow of some hundred nodes: lines, forks, branches, loops, and values read from far away."""
    chance = Random(seed)
    nodes, wires = [Node("n0", "StartNode")], []
    end = ("n0", "exec_out")

    def add(type_id: str, config: dict[str, Any], *sources: tuple[str, str]) -> str:
        node_id = f"n{len(nodes)}"
        if chance.random() < 0.2:
            config = {**config, "seen": f"{{{{n{chance.randrange(len(nodes))}.result}}}}"}
        nodes.append(Node(node_id, type_id, config))
        wires.extend(Connection(source, port, node_id, "exec_in") for source, port in sources)
        return node_id

    def work(*sources: tuple[str, str]) -> str:
        type_id = chance.choice(("ReadCSVNode", "LogNode", "TextTrimNode", "ReadJSONFileNode"))
        return add(type_id, {"file_path": f"{len(nodes)}.csv"} if "Read" in type_id else {"text": "x"}, *sources)

    for _ in range(blocks):
        kind = chance.random()
        if kind < 0.4:
            end = (work(end), "exec_out")
        elif kind < 0.7:
            sides = [work(end) for _ in range(chance.randint(2, 7))]
            end = (add("MergeNode", {}, *[(side, "exec_out") for side in sides]), "exec_out")
        elif kind < 0.85:
            choice = add("IfNode", {"condition": "{{x}}"}, end)
            ways = [work((work((choice, "true")), "exec_out")), work((choice, "false"))]
            end = (add("MergeNode", {}, *[(way, "exec_out") for way in ways]), "exec_out")
        else:
            loop = add("ForLoopStartNode", {"items": [1, 2, 3]}, end)
            add("ForLoopEndNode", {"paired_start_id": loop}, (work((work((loop, "body")), "exec_out")), "exec_out"))
            end = (loop, "completed")
    return Graph(nodes, wires)


def _evidence(graph: Graph, catalog: Catalog) -> Evidence:
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    assert profiler.evidence is not None
    return profiler.evidence


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    edits=st.lists(
        st.tuples(
            st.integers(0, 999),
            st.sampled_from(("iterations", "batch_size", "retry_count", "max_rows")),
            st.integers(1, 60),
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_grading_again_after_costs_in_any_slice_is_exact(
    seed: int, edits: list[tuple[int, str, int]], real: Catalog
) -> None:
    graph = large(seed)
    profiler = Profiler(real)
    profiler.analyze(graph)
    assert profiler.evidence is not None
    assert len(profiler.evidence.shape.slices.slices) > 1
    for pick, key, value in edits:
        node = list(graph.nodes.values())[pick % len(graph.nodes)]
        graph.apply(SetConfig(node.id, {**node.config, key: value}))
        again = profiler.regrade(graph, GraphChanged(nodes=frozenset((node.id,))))
        fresh = analyze(graph, real)
        assert again == fresh
        assert digest_of(again) == digest_of(fresh)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_critical_path_over_slices_is_the_longest_path(seed: int, real: Catalog) -> None:
    evidence = _evidence(large(seed), real)
    drawn = nx.DiGraph()
    for number, others in enumerate(evidence.shape.order.predecessors):
        drawn.add_node(number)
        drawn.add_edges_from((other, number, {"weight": evidence.weights_ms[other]}) for other in others)
        drawn.add_edge(number, "(end)", weight=evidence.weights_ms[number])
    assert evidence.makespan_ms == pytest.approx(nx.dag_longest_path_length(drawn))
    assert sum(evidence.weights_ms[one] for one in evidence.critical) == pytest.approx(evidence.makespan_ms)
    assert all(drawn.has_edge(one, other) for one, other in pairwise(evidence.critical))
    work = sum(evidence.load_ms)
    assert evidence.schedule.wall_ms >= max(evidence.makespan_ms, work / evidence.workers) - 1e-6


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_all_of_a_slice_waits_for_all_of_the_one_before(seed: int, real: Catalog) -> None:
    evidence = _evidence(large(seed, 30), real)
    drawn = nx.DiGraph()
    drawn.add_nodes_from(range(len(evidence.facts)))
    drawn.add_edges_from(
        (other, number) for number, others in enumerate(evidence.shape.order.predecessors) for other in others
    )
    for one, other in pairwise(evidence.shape.slices.slices):
        gate = one.nodes[-1]
        assert set(one.nodes[:-1]) <= nx.ancestors(drawn, gate)
        assert set(other.nodes) <= nx.descendants(drawn, gate)


def test_an_edit_of_a_cost_only_works_out_its_own_slice_again(real: Catalog) -> None:
    graph = large(3, 200)
    evidence = _evidence(graph, real)
    number = next(place for place, held in enumerate(evidence.facts) if held.node.type == "ReadCSVNode")
    facts = list(evidence.facts)
    facts[number] = facts[number].costing(facts[number].cost._replace(runtime_ms=9.0))
    after = gather_again(evidence, graph, facts, [number])
    same = [one is other for one, other in zip(evidence.path.chains, after.path.chains, strict=True)]
    assert same.count(False) == 1
    assert after.shape is evidence.shape


def test_node_reports_are_made_when_first_looked_at(real: Catalog) -> None:
    report = analyze(large(1), real)
    assert len(report.nodes) > 100
    assert report.nodes._made is None  # type: ignore[attr-defined]
    assert report.nodes[0].id == "n0"
    assert report.nodes[:2] == tuple(report.nodes)[:2]
    assert report.nodes == tuple(report.nodes)
    assert report.nodes != ()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), edits=st.lists(st.tuples(st.integers(0, 10_000), st.booleans()), max_size=8))
def test_rows_taken_over_from_before_an_edit_are_those_of_a_full_analysis(
    seed: int, edits: list[tuple[int, bool]], real: Catalog
) -> None:
    graph = large(seed)
    profiler = Profiler(real)
    assert profiler.analyze(graph).nodes
    for turn, (pick, looked_at) in enumerate(edits):
        node = list(graph.nodes.values())[pick % len(graph.nodes)]
        graph.apply(SetConfig(node.id, {**node.config, "iterations": 1 + pick % 40, "retry_count": turn % 8}))
        report = profiler.regrade(graph, GraphChanged(nodes=frozenset((node.id,))))
        if looked_at:
            assert tuple(report.nodes) == tuple(analyze(graph, real).nodes)
    assert tuple(profiler.analyze(graph).nodes) == tuple(analyze(graph, real).nodes)


def test_only_rows_that_say_something_else_are_made_after_an_edit(real: Catalog) -> None:
    graph = large(3)
    profiler = Profiler(real)
    before = tuple(profiler.analyze(graph).nodes)
    node = next(node for node in graph.nodes.values() if node.type == "ReadCSVNode")
    graph.apply(SetConfig(node.id, {**node.config, "iterations": 3}))
    after = tuple(profiler.regrade(graph, GraphChanged(nodes=frozenset((node.id,)))).nodes)
    made = [one.id for one, other in zip(after, before, strict=True) if one is not other]
    assert node.id in made
    assert len(made) < len(before) / 2

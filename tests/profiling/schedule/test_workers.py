"""More workers, a cap on memory, and the time line, against independent answers."""

from __future__ import annotations

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.profiling import Profiler
from casare.profiling.evidence import Evidence
from casare.profiling.schedule.workers import makespan_curve, time_line


@st.composite
def graphs(draw: st.DrawFn, most: int = 6) -> Graph:
    """Draw a small DAG of nodes with differing times."""
    count = draw(st.integers(1, most))
    nodes = [
        Node(f"n{number}", draw(st.sampled_from(("Work", "Fetch", "Load"))), {"iterations": draw(st.integers(1, 4))})
        for number in range(count)
    ]
    wires = [
        Connection(f"n{one}", "exec_out", f"n{other}", "exec_in")
        for one, other in product(range(count), repeat=2)
        if one < other and draw(st.integers(0, 3)) == 0
    ]
    return Graph(nodes, wires)


def _evidence(graph: Graph, catalog: Catalog) -> Evidence:
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    assert profiler.evidence is not None
    return profiler.evidence


def _best(evidence: Evidence, workers: int) -> float:
    """Return the shortest makespan of all schedules in which no worker is idle while a node is ready."""
    before, load = evidence.shape.order.predecessors, evidence.load_ms
    found = float("inf")
    for preference in permutations(range(len(load))):
        done: dict[int, float] = {}
        running: list[tuple[float, int]] = []
        begun: set[int] = set()
        now = 0.0
        while len(done) < len(load):
            for number in preference:
                if number not in begun and all(one in done for one in before[number]) and len(running) < workers:
                    running.append((now + load[number], number))
                    begun.add(number)
            now, number = min(running)
            running.remove((now, number))
            done[number] = now
        found = min(found, now)
    return found


@settings(max_examples=60, deadline=None)
@given(graph=graphs(5), workers=st.integers(1, 3))
def test_small_cases_equal_the_best_of_all_schedules(graph: Graph, workers: int, catalog: Catalog) -> None:
    evidence = _evidence(graph, catalog)
    assert makespan_curve(evidence, workers)[-1].wall_ms == pytest.approx(_best(evidence, workers))


@settings(max_examples=150, deadline=None)
@given(graph=graphs(9), cap=st.one_of(st.none(), st.floats(0, 400)))
def test_the_curve_never_rises_and_never_beats_what_cannot_be_beaten(
    graph: Graph, cap: float | None, catalog: Catalog
) -> None:
    evidence = _evidence(graph, catalog)
    points = makespan_curve(evidence, 5, memory_cap_mb=cap)
    work = sum(evidence.load_ms)
    assert [point.workers for point in points] == [1, 2, 3, 4, 5]
    assert points[0].wall_ms == pytest.approx(work)
    for point in points:
        assert point.wall_ms >= max(evidence.makespan_ms, work / point.workers) - 1e-6
    walls = [point.wall_ms for point in points]
    assert walls == sorted(walls, reverse=True)
    if cap is not None:
        assert all(point.peak_memory_mb <= max(cap, *evidence.memory_mb) + 1e-6 for point in points)


@settings(max_examples=100, deadline=None)
@given(graph=graphs(9))
def test_lanes_of_the_time_line_never_hold_two_nodes_at_once(graph: Graph, catalog: Catalog) -> None:
    evidence = _evidence(graph, catalog)
    spans = time_line(evidence)
    assert {span.node_id for span in spans} == set(graph.nodes)
    assert max(span.end_ms for span in spans) == pytest.approx(evidence.schedule.wall_ms)
    for lane in {span.lane for span in spans}:
        held = sorted((span.begin_ms, span.end_ms) for span in spans if span.lane == lane)
        assert all(one[1] <= other[0] + 1e-6 for one, other in pairwise(held))
    assert max(span.lane for span in spans) < evidence.workers


def test_a_run_needs_a_worker(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="worker"):
        makespan_curve(_evidence(Graph([Node("a", "Work")]), catalog), 0)

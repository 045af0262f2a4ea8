"""What would be if nodes were faster, cached, gone or worked in other batches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.model import Graph, SetConfig
from casare.profiling import Profiler, analyze
from casare.profiling.scoring.specimens import specimen
from casare.profiling.studies.what_if import Supposition, what_if

BuildGraph = Callable[..., Graph]


def _chain(build: BuildGraph) -> Graph:
    return build({"a": "Fetch", "b": ("Work", {"x": "{{a.result}}"}), "c": "Load"}, "a -> b", "a -> c")


def test_a_faster_node_moves_makespan_and_path(catalog: Catalog, build: BuildGraph) -> None:
    profiler = Profiler(catalog)
    before = profiler.analyze(_chain(build))
    after = what_if(profiler, [Supposition("c", times_faster=10)])
    assert (before.critical_path, before.totals.critical_path_ms) == (("a", "c"), 250)
    assert (after.critical_path, after.totals.critical_path_ms) == (("a", "b"), 210)
    assert profiler.regrade(_chain(build), _nothing()) is before


def _nothing() -> object:
    from casare.events import GraphChanged

    return GraphChanged()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 5000), defects=st.integers(0, 6), pick=st.integers(0, 99))
def test_a_node_supposed_gone_is_like_one_switched_off(seed: int, defects: int, pick: int) -> None:
    catalog = default_catalog()
    graph = specimen(seed, defects)
    node = list(graph.nodes.values())[pick % len(graph.nodes)]
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    supposed = what_if(profiler, [Supposition(node.id, removed=True)])
    graph.apply(SetConfig(node.id, {**node.config, "_disabled": True}))
    real = analyze(graph, catalog)
    assert (supposed.score, supposed.totals, supposed.critical_path) == (real.score, real.totals, real.critical_path)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 5000), pick=st.integers(0, 99), factor=st.floats(1, 100))
def test_a_faster_node_never_makes_the_critical_path_longer(seed: int, pick: int, factor: float) -> None:
    graph = specimen(seed, 3)
    profiler = Profiler(default_catalog())
    before = profiler.analyze(graph)
    node_id = list(graph.nodes)[pick % len(graph.nodes)]
    for one in (Supposition(node_id, times_faster=factor), Supposition(node_id, cached=True)):
        assert what_if(profiler, [one]).totals.critical_path_ms <= before.totals.critical_path_ms + 1e-9


def test_a_batch_is_taken_as_if_it_were_set(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": ("Fetch", {"batch_size": 1})})
    profiler = Profiler(catalog)
    profiler.analyze(graph)
    assert what_if(profiler, [Supposition("a", batch_size=51)]).totals.runtime_ms == pytest.approx(400)


@pytest.mark.parametrize(
    "wrong", [Supposition("nobody"), Supposition("a", times_faster=0), Supposition("a", batch_size=0)]
)
def test_nonsense_is_refused(catalog: Catalog, build: BuildGraph, wrong: Supposition) -> None:
    profiler = Profiler(catalog)
    with pytest.raises(ValueError, match="no analysis"):
        what_if(profiler, [])
    profiler.analyze(build({"a": "Fetch"}))
    with pytest.raises(ValueError, match=r"no node|above 0"):
        what_if(profiler, [wrong])

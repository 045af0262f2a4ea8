"""Memory over time agrees with the peak that is graded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import default_catalog
from casare.model import Graph
from casare.profiling import Profiler
from casare.profiling.evidence import Evidence
from casare.profiling.schedule.alive import MOST_POINTS, alive_over_time
from casare.profiling.scoring.specimens import specimen
from casare.storage import generate


def _evidence(graph: Graph) -> Evidence:
    profiler = Profiler(default_catalog())
    profiler.analyze(graph)
    assert profiler.evidence is not None
    return profiler.evidence


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 9999), defects=st.integers(0, 14))
def test_the_highest_point_is_the_peak_of_the_report(seed: int, defects: int) -> None:
    evidence = _evidence(specimen(seed, defects))
    found = alive_over_time(evidence)
    assert found.peak_mb == pytest.approx(evidence.peak_memory_mb)
    assert max(found.sizes_mb) == found.peak_mb
    assert list(found.times_ms) == sorted(found.times_ms)
    assert sum(one.memory_mb for one in found.holders) <= found.peak_mb + 1e-6
    assert any(one.running for one in found.holders)


def test_a_large_workflow_keeps_its_peak_in_few_points() -> None:
    evidence = _evidence(generate(5000, seed=2))
    found = alive_over_time(evidence)
    assert found.peak_mb == pytest.approx(evidence.peak_memory_mb)
    assert len(found.times_ms) <= MOST_POINTS
    assert max(found.sizes_mb) == found.peak_mb


def test_an_empty_workflow_holds_nothing() -> None:
    assert alive_over_time(_evidence(Graph())).peak_mb == 0

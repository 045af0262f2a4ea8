"""No known defect ever makes a workflow look better, and grades tell good workflows from bad ones."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.model import Graph
from casare.profiling import analyze
from casare.profiling.scoring.specimens import DEFECTS, specimen


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """Return the built-in types: what is graded here is what people use."""
    return default_catalog()


def _score(graph: Graph, catalog: Catalog) -> float:
    score = analyze(graph, catalog).score
    assert score is not None
    return score


@settings(max_examples=400, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    before=st.integers(0, 6),
    defect=st.sampled_from(sorted(DEFECTS)),
    at=st.integers(0, 99),
)
def test_a_known_defect_never_raises_the_score(seed: int, before: int, defect: str, at: int, catalog: Catalog) -> None:
    graph = specimen(seed, before)
    worse = DEFECTS[defect](graph, Random(at))
    if worse is not None:
        assert _score(worse, catalog) <= _score(graph, catalog), (defect, seed, before)


@pytest.mark.parametrize("defect", sorted(set(DEFECTS) - {"needless writer"}))
def test_a_known_defect_costs_points_in_a_sound_workflow(defect: str, catalog: Catalog) -> None:
    drops = []
    for seed in range(20):
        graph = specimen(seed)
        worse = DEFECTS[defect](graph, Random(seed))
        if worse is not None:
            drops.append(_score(graph, catalog) - _score(worse, catalog))
    assert len(drops) >= 10
    assert min(drops) > 0


def test_all_five_grades_occur_over_specimens_of_differing_quality(catalog: Catalog) -> None:
    grades = {analyze(specimen(seed, seed % 20), catalog).grade for seed in range(200)}
    assert grades == {"A", "B", "C", "D", "F"}


def test_sound_specimens_are_graded_a(catalog: Catalog) -> None:
    assert {analyze(specimen(seed), catalog).grade for seed in range(40)} == {"A"}

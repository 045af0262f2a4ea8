"""Claims about the fact that a graph changed."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.events import GraphChanged

NAMES = st.frozensets(st.sampled_from("abcd"))
FACTS = st.builds(
    GraphChanged,
    nodes=NAMES,
    moved=NAMES,
    wires=st.frozensets(st.tuples(*[st.sampled_from("ab")] * 4), max_size=3),
    frames=NAMES,
    notes=NAMES,
    sections=NAMES,
)


@given(FACTS, FACTS, FACTS)
def test_merging_facts_does_not_care_for_order_or_grouping(a: GraphChanged, b: GraphChanged, c: GraphChanged) -> None:
    assert a.merged(b) == b.merged(a)
    assert a.merged(b).merged(c) == a.merged(b.merged(c)) == GraphChanged.union((c, a, b))
    assert a.merged(GraphChanged()) == a == a.merged(a)


def test_no_facts_make_the_fact_that_nothing_changed() -> None:
    assert GraphChanged.union(()) == GraphChanged()
    assert not GraphChanged().structural


@pytest.mark.parametrize(
    ("field", "structural"),
    [("nodes", True), ("moved", False), ("wires", True), ("frames", False), ("notes", False), ("sections", True)],
)
def test_only_what_can_change_a_grade_is_structural(field: str, structural: bool) -> None:
    assert GraphChanged(**{field: frozenset({"x"})}).structural is structural


def test_a_fact_cannot_be_changed_afterwards() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        GraphChanged().nodes = frozenset("a")  # type: ignore[misc]

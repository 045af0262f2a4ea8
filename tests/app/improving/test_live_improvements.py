"""Improvements that follow a document."""

from __future__ import annotations

import threading

import pytest

from casare.app.documents.document import Document
from casare.app.editing import set_disabled
from casare.app.improving import improvements as search
from casare.app.profiler.basis import Basis
from casare.app.profiler.live_profile import LiveProfile
from casare.catalog import Catalog
from casare.model import MoveNodes
from casare.profiling import analyze
from casare.profiling.scoring.specimens import specimen


@pytest.fixture
def document(catalog: Catalog) -> Document:
    """Return a document with much to improve."""
    return Document(specimen(4, 9), catalog=catalog)


@pytest.fixture
def profile(document: Document) -> LiveProfile:
    """Return its profile."""
    return LiveProfile(document, Basis(4))


def test_nothing_is_looked_for_until_somebody_asks(profile: LiveProfile) -> None:
    held = profile.improvements
    assert held.stale
    assert held.found == ()
    assert held.wait(0)
    profile.close()


def test_what_is_found_is_what_a_direct_search_finds(document: Document, profile: LiveProfile) -> None:
    held = profile.improvements
    held.search()
    assert held.wait(60)
    assert not held.stale
    assert len(held.found) > 2
    assert held.found == search.improvements(document.graph, document.catalog)
    profile.close()


def test_every_offer_gives_exactly_the_promised_grade_and_one_undo_takes_it_back(
    document: Document, profile: LiveProfile
) -> None:
    held, before = profile.improvements, document.graph.copy()
    held.search()
    assert held.wait(60)
    for at in range(len(held.found)):
        offered = held.found[at]
        assert held.apply(offered)
        assert profile.wait(60)
        report = analyze(document.graph, document.catalog)
        assert (report.score, report.grade) == (offered.score, offered.grade)
        document.undo()
        assert document.graph == before
        held.search()
        assert held.wait(60)
    profile.close()


def test_an_offer_for_an_earlier_state_is_refused(document: Document, profile: LiveProfile) -> None:
    held = profile.improvements
    held.search()
    assert held.wait(60)
    offered = held.found[0]
    document.do(set_disabled(document.graph, [next(iter(document.graph.nodes))], True))
    edited = document.graph.copy()
    assert held.stale
    assert not held.apply(offered)
    assert document.graph == edited
    profile.close()


def test_moving_nodes_leaves_the_offers_as_they_are(document: Document, profile: LiveProfile) -> None:
    held = profile.improvements
    held.search()
    assert held.wait(60)
    document.do(MoveNodes({next(iter(document.graph.nodes)): (900, 900)}))
    assert not held.stale
    assert held.apply(held.found[0])
    profile.close()


def test_another_number_of_workers_makes_the_offers_stale(profile: LiveProfile) -> None:
    held = profile.improvements
    held.search()
    assert held.wait(60)
    profile.set_basis(Basis(2))
    assert held.stale
    held.search()
    assert held.wait(60)
    assert not held.stale
    profile.close()


def test_only_the_search_for_the_latest_state_is_told(document: Document, profile: LiveProfile) -> None:
    held = profile.improvements
    told: list[int] = []
    held.changed.connect(lambda: told.append(threading.get_ident()))
    held.search()
    for node_id in list(document.graph.nodes)[:3]:
        document.do(set_disabled(document.graph, [node_id], True))
        held.search()
    assert held.wait(60)
    assert not held.stale
    assert held.found == search.improvements(document.graph, document.catalog)
    assert len(told) <= 2
    assert threading.get_ident() not in told
    profile.close()


def test_a_closed_profile_looks_for_nothing_more(profile: LiveProfile) -> None:
    held = profile.improvements
    held.search()
    profile.close()
    told: list[None] = []
    held.changed.connect(lambda: told.append(None))
    held.search()
    assert held.wait(60)
    assert told == []

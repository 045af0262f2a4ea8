"""The report that follows a document."""

from __future__ import annotations

import threading

import pytest

from casare.app.documents.document import Document
from casare.app.editing import add_node, set_disabled
from casare.app.profiler import live_profile
from casare.app.profiler.basis import Basis
from casare.app.profiler.live_profile import LiveProfile, snapshot
from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import Graph, MoveNodes, Node
from casare.profiling import analyze
from casare.storage.synthetic.generate import generate


@pytest.fixture
def always_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every analysis on the worker thread, however cheap."""
    monkeypatch.setattr(live_profile, "AT_ONCE_MS", -1.0)


def make(graph: Graph, catalog: Catalog) -> tuple[Document, LiveProfile]:
    document = Document(graph, catalog=catalog)
    return document, LiveProfile(document, Basis(4))


def test_a_small_graph_is_graded_at_once_on_the_same_thread(catalog: Catalog) -> None:
    document, profile = make(Graph([Node("a", "LogNode")]), catalog)
    assert profile.report is not None
    assert not profile.stale
    assert document.grade == profile.report.grade is not None
    profile.close()


def test_an_edit_is_graded_before_the_edit_returns_and_told_once(catalog: Catalog) -> None:
    document, profile = make(Graph(), catalog)
    told: list[int] = []
    profile.changed.connect(lambda: told.append(len(profile.report.nodes) if profile.report else -1))
    document.do(add_node(document.graph, "LogNode", (0, 0)).change)
    assert told == [1]
    assert profile.report == analyze(document.graph, catalog, workers=4)
    document.undo()
    assert told == [1, 0]
    profile.close()


def test_moving_nodes_grades_nothing(catalog: Catalog) -> None:
    document, profile = make(Graph([Node("a", "LogNode")]), catalog)
    told: list[None] = []
    profile.changed.connect(lambda: told.append(None))
    document.do(MoveNodes({"a": (50, 50)}))
    assert told == []
    profile.close()


def test_a_long_analysis_runs_elsewhere_and_gives_what_a_whole_one_gives(catalog: Catalog, always_late: None) -> None:
    document, profile = make(generate(300, seed=1), catalog)
    threads: list[threading.Thread] = []
    profile.changed.connect(lambda: threads.append(threading.current_thread()))
    document.do(set_disabled(document.graph, list(document.graph.nodes)[:3], True))
    assert profile.wait(30)
    assert not profile.stale
    assert profile.report == analyze(document.graph, catalog, workers=4)
    assert document.grade == profile.report.grade
    assert any(thread is not threading.current_thread() for thread in threads)
    profile.close()


def test_after_many_edits_in_a_row_the_last_state_is_the_one_graded(catalog: Catalog, always_late: None) -> None:
    document, profile = make(generate(120, seed=2), catalog)
    for at in range(25):
        document.do(add_node(document.graph, "LogNode", (at, 0)).change)
    for _ in range(5):
        document.undo()
    assert profile.wait(30)
    assert profile.report == analyze(document.graph, catalog, workers=4)
    profile.close()


def test_closing_waits_for_the_worker_and_nothing_is_told_afterwards(catalog: Catalog, always_late: None) -> None:
    document, profile = make(generate(200, seed=3), catalog)
    profile.close()
    assert not profile.stale
    told: list[None] = []
    profile.changed.connect(lambda: told.append(None))
    document.do(add_node(document.graph, "LogNode", (0, 0)).change)
    profile.refresh()
    assert told == []


def test_other_workers_give_another_report(catalog: Catalog) -> None:
    document, profile = make(generate(60, seed=4), catalog)
    profile.set_basis(Basis(1))
    assert profile.wait(30)
    assert profile.workers == 1
    assert profile.report == analyze(document.graph, catalog, workers=1)
    with pytest.raises(ValueError, match="at least one"):
        profile.set_basis(Basis(0))
    profile.close()


def test_a_failing_analysis_is_told_and_the_next_one_may_succeed(
    catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Graph):
        __slots__ = ("broken",)

        def __getattribute__(self, name: str) -> object:
            if name == "connections" and object.__getattribute__(self, "broken"):
                raise RuntimeError("no wires today")
            return object.__getattribute__(self, name)

    graph = Broken.__new__(Broken)
    graph.broken = False
    Graph.__init__(graph, [Node("a", "LogNode")])
    document = Document(graph, catalog=catalog)
    graph.broken = True
    profile = LiveProfile(document, Basis(4))
    assert profile.report is None
    assert "no wires today" in profile.failure
    graph.broken = False
    profile.refresh()
    assert profile.report is not None
    assert profile.failure == ""
    profile.close()


def test_a_snapshot_is_analysed_like_the_graph_and_does_not_follow_it(catalog: Catalog) -> None:
    graph = generate(200, seed=5)
    held = snapshot(graph)
    before = analyze(graph, catalog)
    assert analyze(held, catalog) == before
    graph.apply(add_node(graph, "LogNode", (0, 0)).change)
    assert analyze(held, catalog) == before


def test_a_session_makes_one_profile_for_a_document_when_asked_and_drops_it_with_the_document(catalog: Catalog) -> None:
    session = Session(catalog)
    document = session.new()
    profile = session.profiles.of(document)
    assert session.profiles.of(document) is profile
    session.settings.update(profile_workers=2)
    assert profile.workers == 2
    session.close(document)
    document.do(add_node(document.graph, "LogNode", (0, 0)).change)
    assert profile.report is not None
    assert profile.report.nodes == ()
    session.profiles.close()


def test_reports_on_single_nodes_are_made_only_while_somebody_watches_them(catalog: Catalog) -> None:
    document, profile = make(Graph([Node("a", "LogNode")]), catalog)
    assert profile.detailed is None
    profile.watch_nodes(True)
    assert profile.wait(30)
    assert profile.detailed is profile.report
    document.do(add_node(document.graph, "LogNode", (0, 0)).change)
    assert profile.wait(30)
    assert profile.detailed is profile.report
    profile.watch_nodes(False)
    document.do(add_node(document.graph, "LogNode", (0, 0)).change)
    assert profile.wait(30)
    assert profile.detailed is not profile.report
    profile.close()

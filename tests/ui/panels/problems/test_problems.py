"""The problems panel follows the active document, coalesces its checks, and leads to the node."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import AddNodes, Graph, MoveNodes, Node, RemoveNodes
from casare.storage import Problem
from casare.ui.panels.problems import ProblemsPanel, ProblemWatch


class Checker:
    """Find a problem at every node, and count how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, graph: Graph, catalog: Catalog) -> Sequence[Problem]:
        self.calls += 1
        return [Problem("odd", "warning", f"{node_id} is odd", node_id, hint="Mend it.") for node_id in graph.nodes]


def _opened(session: Session, *nodes: str, problems: Sequence[Problem] = ()) -> Document:
    graph = Graph([Node(one, "LogNode", position=(100 * place, 0)) for place, one in enumerate(nodes)])
    document = Document(graph, catalog=session.catalog, load_problems=problems)
    session.documents.append(document)
    session.activate(document)
    return document


def test_a_burst_of_edits_is_checked_once(qtbot: QtBot, catalog: Catalog) -> None:
    session, checker = Session(catalog), Checker()
    document = _opened(session)
    watch = ProblemWatch(session, run_check=checker)
    for name in "abc":
        document.do(AddNodes((Node(name, "LogNode"),)))
    with qtbot.waitSignal(watch.changed):
        pass
    assert checker.calls == 2
    assert watch.count("warning") == 3


def test_moving_a_node_checks_nothing(qtbot: QtBot, catalog: Catalog) -> None:
    session, checker = Session(catalog), Checker()
    document = _opened(session, "a")
    watch = ProblemWatch(session, run_check=checker)
    document.do(MoveNodes({"a": (50, 50)}))
    watch.flush()
    assert checker.calls == 1


def test_errors_come_first_and_a_problem_found_twice_is_listed_once(catalog: Catalog, qtbot: QtBot) -> None:
    session = Session(catalog)
    twice = Problem("odd", "warning", "a is odd", "a", hint="Mend it.")
    error = Problem("bad", "error", "the wire leads nowhere")
    _opened(session, "a", problems=[twice, error])
    watch = ProblemWatch(session, run_check=Checker())
    assert watch.problems == (error, twice)


def test_a_load_problem_goes_when_its_node_has_gone(catalog: Catalog, qtbot: QtBot) -> None:
    session = Session(catalog)
    document = _opened(session, "a", problems=[Problem("bad", "error", "a is bad", "a")])
    watch = ProblemWatch(session, run_check=Checker())
    document.do(RemoveNodes(("a",)))
    watch.flush()
    assert watch.problems == ()


def test_the_watch_turns_to_the_document_in_front(catalog: Catalog, qtbot: QtBot) -> None:
    session = Session(catalog)
    first = _opened(session, "a")
    watch = ProblemWatch(session, run_check=Checker())
    _opened(session, "b", "c")
    assert [problem.node_id for problem in watch.problems] == ["b", "c"]
    session.activate(first)
    assert [problem.node_id for problem in watch.problems] == ["a"]
    session.activate(None)
    assert watch.problems == ()


def test_a_click_on_a_problem_selects_its_node(qtbot: QtBot, catalog: Catalog) -> None:
    session = Session(catalog)
    document = _opened(session, "a", "b")
    revealed: list[tuple[str, ...]] = []
    document.reveal_requested.connect(revealed.append)
    panel = ProblemsPanel(ProblemWatch(session, run_check=Checker()))
    qtbot.addWidget(panel)
    panel.resize(600, 200)
    panel.show()
    second = panel.view.model().index(1, 0)
    place = panel.view.visualRect(second).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.selection.nodes == {"b"}
    assert revealed == [("b",)]
    session.activate(None)


def test_switching_a_severity_off_hides_its_problems(qtbot: QtBot, catalog: Catalog) -> None:
    session = Session(catalog)
    _opened(session, "a", problems=[Problem("bad", "error", "bad wire")])
    panel = ProblemsPanel(ProblemWatch(session, run_check=Checker()))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.view.model().rowCount() == 2
    panel.filters["warning"].click()
    assert [panel.view.model().index(0, 0).data()] == ["bad wire"]
    assert panel.view.model().rowCount() == 1
    assert not panel.filters["info"].isVisible()
    session.activate(None)

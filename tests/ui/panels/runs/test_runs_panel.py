"""The panel of past runs over a real history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.ui.panels.runs import RunsPanel

GRAPH = Graph(
    [Node("start", "StartNode"), Node("tell", "LogNode", {"message": "hello"})],
    [Connection("start", "exec_out", "tell", "exec_in")],
)


@pytest.fixture
def session(catalog: Catalog) -> Iterator[Session]:
    """Return a session with one document open."""
    made = Session(catalog)
    made.open_graph(GRAPH.copy(), "small")
    yield made
    made.runs.close()
    made.profiles.close()


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> RunsPanel:
    """Return the panel, in view."""
    made = RunsPanel(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def run(session: Session) -> None:
    assert session.active is not None
    assert session.runs.of(session.active).start().wait(30)


def test_without_runs_the_panel_says_what_to_do(panel: RunsPanel) -> None:
    assert panel.empty.isVisible()


def test_runs_are_listed_newest_first_with_result_and_what_ran(
    qtbot: QtBot, panel: RunsPanel, session: Session
) -> None:
    run(session)
    run(session)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    row = [panel.model.index(0, column).data(Qt.ItemDataRole.DisplayRole) for column in range(4)]
    assert row[0] == "Completed"
    assert row[3] == "Whole workflow"


def test_a_chosen_run_is_shown_on_the_canvas_and_goes_when_it_is_deleted(
    qtbot: QtBot, panel: RunsPanel, session: Session
) -> None:
    run(session)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    panel.look()
    assert session.active is not None
    runs = session.runs.of(session.active)
    qtbot.waitUntil(lambda: runs.past is not None)
    assert runs.board is not None
    assert runs.board.status("tell") == "completed"
    panel.delete()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert runs.past is None


def test_the_graph_of_a_run_can_be_asked_for(qtbot: QtBot, panel: RunsPanel, session: Session) -> None:
    run(session)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    with qtbot.waitSignal(panel.graph_requested):
        panel.open_graph()

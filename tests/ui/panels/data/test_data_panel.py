"""The data panel over real runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.catalog import Catalog
from casare.engine.keeping.showing import Mask
from casare.model import Connection, Graph, Node
from casare.ui.panels.data import DataPanel
from casare.ui.panels.data.tree_model import BRANCH_ROLE, TreeModel
from casare.ui.panels.data.value_view import ValueView

Shows = Callable[[Graph], tuple[DataPanel, Document]]


@pytest.fixture
def shows(qtbot: QtBot, catalog: Catalog) -> Iterator[Shows]:
    """Return what opens a graph with the panel beside it."""
    session = Session(catalog)

    def show(graph: Graph) -> tuple[DataPanel, Document]:
        document = session.open_graph(graph, "shown")
        panel = DataPanel(session)
        qtbot.addWidget(panel)
        panel.resize(900, 300)
        panel.show()
        qtbot.waitExposed(panel)
        return panel, document

    yield show
    session.runs.close()
    session.profiles.close()


def listed(count: int = 3) -> Graph:
    """Return a graph whose one node keeps what is asked for."""
    rows = [{"name": f"n{at}", "at": at} for at in range(count)]
    return Graph(
        [
            Node("start", "StartNode"),
            Node("keep", "ListFilterNode", {"list": rows, "condition": "is_not_empty", "key_path": "name"}),
        ],
        [Connection("start", "exec_out", "keep", "exec_in")],
    )


def run(panel: DataPanel, document: Document) -> None:
    runs = panel._session.runs.of(document)
    assert runs.start().wait(30)
    panel.refresh()


def test_without_a_run_the_panel_says_how_to_get_data(shows: Shows) -> None:
    panel, _document = shows(listed())
    panel.refresh()
    assert panel.empty.isVisible()
    assert panel.empty.accessibleName() == "No data yet"


def test_a_list_of_dictionaries_is_a_table_with_the_first_page_only(qtbot: QtBot, shows: Shows) -> None:
    panel, document = shows(listed(250))
    document.selection.set(["keep"])
    run(panel, document)
    assert panel.items.current is not None
    assert (panel.items.current.side, panel.items.current.name) == ("Outputs", "result")
    model = panel.value.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 100)
    assert panel.value.kind == "table"
    assert panel.value.more.isVisible()
    panel.value.more.click()
    qtbot.waitUntil(lambda: model.rowCount() == 250)
    assert not panel.value.more.isVisible()


def test_a_part_of_a_value_is_copied_as_a_template_and_as_text(qtbot: QtBot, shows: Shows) -> None:
    panel, document = shows(listed())
    document.selection.set(["keep"])
    run(panel, document)
    model = panel.value.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    panel.value.table.setCurrentIndex(model.index(1, 0))
    panel.copy_path()
    assert QGuiApplication.clipboard().text() == "{{keep.result[1].name}}"
    panel.copy_value()
    assert QGuiApplication.clipboard().text() == "n1"


def test_pinning_from_the_panel_pins_the_selected_node(shows: Shows) -> None:
    panel, document = shows(listed())
    document.selection.set(["keep"])
    run(panel, document)
    panel.pin.click()
    assert set(panel._session.runs.of(document).pinned) == {"keep"}
    panel.refresh()
    assert panel.pin.text() == "Unpin output"


def test_without_a_selection_the_variables_are_shown_with_their_values(shows: Shows) -> None:
    graph = listed()
    graph.variables = {"sum": {"name": "sum", "type": "Integer", "default_value": 4}}
    panel, document = shows(graph)
    run(panel, document)
    assert panel.title.text() == "Variables"
    assert [(one.name, one.value) for one in panel.items.items] == [("sum", 4)]


def test_going_back_to_an_earlier_turn_shows_what_it_gave(shows: Shows) -> None:
    graph = Graph(
        [
            Node("start", "StartNode"),
            Node("each", "ForLoopStartNode", {"items": [1, 2, 3]}),
            Node("add", "MathOperationNode", {"operation": "add", "a": 10, "b": "{{each.current_item}}"}),
            Node("next", "ForLoopEndNode", {"paired_start_id": "each"}),
        ],
        [
            Connection("start", "exec_out", "each", "exec_in"),
            Connection("each", "body", "add", "exec_in"),
            Connection("add", "exec_out", "next", "exec_in"),
        ],
    )
    panel, document = shows(graph)
    document.selection.set(["add"])
    run(panel, document)
    assert "Turn 3 of 3" in panel.turns.text
    assert panel.items.current is not None
    assert panel.items.current.value == 13
    panel.turns.go(0)
    assert "Turn 1 of 3" in panel.turns.text
    assert panel.items.current.value == 11


def test_a_tree_reads_a_page_of_parts_at_a_time(qapp: object) -> None:
    model = TreeModel()
    model.show({"rows": list(range(1_000))}, "node.out", Mask())
    assert model.rowCount() == 0
    model.fetchMore(QModelIndex())
    rows = model.index(0, 0)
    assert model.data(rows) == "rows"
    assert model.rowCount(rows) == 0
    model.fetchMore(rows)
    assert model.rowCount(rows) == 100
    assert model.canFetchMore(rows)
    assert model.data(model.index(7, 0, rows), BRANCH_ROLE).path == "node.out.rows[7]"
    assert model.parent(model.index(7, 0, rows)) == rows


def test_a_picture_is_shown_as_one(qtbot: QtBot, tmp_path: object) -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0)
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    view = ValueView()
    qtbot.addWidget(view)
    view.show_value(bytes(data.data()), "a.b", "image", Mask())
    qtbot.waitUntil(lambda: not view.picture.pixmap().isNull())
    assert view.picture.pixmap().width() == 4
    view.close_threads()

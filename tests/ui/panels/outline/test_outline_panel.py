"""The outline panel: a tree that follows the document and its selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import set_portal
from casare.app.finding import Row, RowKind
from casare.app.session import Session
from casare.app.subgraphs import INSTANCE, group
from casare.catalog import Catalog
from casare.model import AddFrames, AddNodes, AddNotes, Connect, Connection, Frame, Node, Note, RenameNode
from casare.ui.panels.outline import OutlinePanel


@pytest.fixture
def document() -> Document:
    """Return the document that `panel` shows."""
    session = Session()
    made = session.new()
    made.do(AddNodes(tuple(Node(one, "LogNode", {"message": one}, name=f"Node {one}") for one in "abc")))
    made.do(AddFrames((Frame("outer", "Outer", size=(900, 900), node_ids=("a",)),)))
    made.do(AddFrames((Frame("inner", "Inner", position=(9, 9), size=(90, 90), node_ids=("b",)),)))
    made.do(AddNotes((Note("n", "# Hello\nthere"),)))
    made.session = session  # type: ignore[attr-defined]
    return made


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> OutlinePanel:
    """Return the panel over a session with one document."""
    made = OutlinePanel(document.session)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(260, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(panel: OutlinePanel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    found: list[str] = []
    parent = parent or QModelIndex()
    for at in range(panel.model.rowCount(parent)):
        index = panel.model.index(at, 0, parent)
        found.append("  " * depth + str(index.data()))
        found += shown(panel, index, depth + 1)
    return found


def test_the_tree_shows_frames_with_what_they_hold(panel: OutlinePanel) -> None:
    assert shown(panel) == ["Outer", "  Inner", "    Node b", "  Node a", "Node c", "Hello"]
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_tree_follows_edits_and_keeps_what_is_folded(qtbot: QtBot, panel: OutlinePanel, document: Document) -> None:
    outer = panel.model.index_of(Row(RowKind.FRAME, "outer"))
    panel.tree.collapse(outer)
    document.do(RenameNode("c", "Sea"))
    qtbot.waitUntil(lambda: "Sea" in shown(panel))
    assert not panel.tree.isExpanded(panel.model.index_of(Row(RowKind.FRAME, "outer")))


def test_the_tree_marks_what_is_selected_and_a_click_selects(
    qtbot: QtBot, panel: OutlinePanel, document: Document
) -> None:
    document.selection.set(["b"])
    at = panel.model.index_of(Row(RowKind.NODE, "b"))
    qtbot.waitUntil(lambda: panel.tree.selectionModel().isSelected(panel.model.index_of(Row(RowKind.NODE, "b"))))
    assert panel.tree.currentIndex() == at
    asked: list[tuple[str, ...]] = []
    document.reveal_requested.connect(asked.append)
    target = panel.tree.visualRect(panel.model.index_of(Row(RowKind.NODE, "c"))).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    assert document.selection.nodes == {"c"}
    assert asked == [("c",)]


def test_enter_on_a_frame_asks_to_go_there(qtbot: QtBot, panel: OutlinePanel) -> None:
    panel.tree.setFocus()
    panel.tree.setCurrentIndex(panel.model.index_of(Row(RowKind.FRAME, "inner")))
    with qtbot.waitSignal(panel.decor_chosen) as chosen:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert chosen.args == ["frame", "inner"]


def test_the_filter_leaves_what_fits_with_the_frames_around(qtbot: QtBot, panel: OutlinePanel) -> None:
    QTest.keyClicks(panel.field, "Node b")
    qtbot.waitUntil(lambda: shown(panel) == ["Outer", "  Inner", "    Node b"])
    panel.field.setText("is:note")
    qtbot.waitUntil(lambda: shown(panel) == ["Hello"])
    panel.field.clear()
    qtbot.waitUntil(lambda: len(shown(panel)) == 6)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.tree.hasFocus()


def test_ten_thousand_rows_are_served_without_looking_at_any(qtbot: QtBot, catalog: Catalog) -> None:
    session = Session(catalog)
    document = session.new()
    document.do(AddNodes(tuple(Node(f"n{at}", "LogNode") for at in range(10_000))))
    panel = OutlinePanel(session)
    qtbot.addWidget(panel)
    assert panel.model.rowCount() < 1000
    assert panel.model.total == 10_000
    document.selection.set(["n9999"])
    last = Row(RowKind.NODE, "n9999")
    qtbot.waitUntil(lambda: panel.model.row_at(panel.tree.currentIndex()) == last)
    assert panel.model.rowCount() == 10_000
    session.close(document)
    assert panel.model.rowCount() == 0


def test_a_subgraph_unfolds_to_what_is_inside_and_a_click_there_enters_it(
    qtbot: QtBot, panel: OutlinePanel, document: Document
) -> None:
    made = group(document.graph, document.catalog, ["a", "c"], name="Cleaning")
    assert made is not None
    document.do(made.change)
    (instance,) = (one.id for one in document.graph.nodes.values() if one.type == INSTANCE)
    qtbot.waitUntil(lambda: panel.model.holds(Row(RowKind.NODE, instance)))
    index = panel.model.index_of(Row(RowKind.NODE, instance))
    assert not panel.tree.isExpanded(index)
    panel.tree.expand(index)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    inner = panel.model.index_of(Row(RowKind.NODE, "a", (instance,)))
    assert inner.data() == "Node a"
    panel.tree.clicked.emit(inner)
    assert [step.instance for step in document.way] == [instance]
    assert document.front.selection.nodes == {"a"}


def test_portals_are_a_group_that_follows_the_wires(qtbot: QtBot, panel: OutlinePanel, document: Document) -> None:
    wire = Connection("a", "exec_out", "c", "exec_in", {"portal": "Totals"})
    document.do(Connect((wire,)))
    qtbot.waitUntil(lambda: "Portals" in shown(panel))
    assert shown(panel)[-2:] == ["Portals", "  Totals"]
    with qtbot.waitSignal(panel.decor_chosen) as told:
        panel.tree.clicked.emit(panel.model.index_of(Row(RowKind.PORTAL, "Totals")))
    assert told.args == ["portal", "Totals"]
    document.do(set_portal(document.graph, [wire.key], ""))
    qtbot.waitUntil(lambda: "Portals" not in shown(panel))

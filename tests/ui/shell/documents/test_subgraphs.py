"""Subgraphs in the real window, by mouse and keyboard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casare.app.editing import set_portal
from casare.app.subgraphs import definition_of
from casare.model import AddNodes, Batch, Connect, Connection, Node
from casare.storage import encode
from casare.ui.canvas import CanvasView
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.shell.frame.docks import INSPECTOR
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.widgets.icon_button import IconButton

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEY = Qt.Key


@pytest.fixture
def desk(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return a window with a small flow in front: start -> one -> two -> three."""
    document = window.session.new()
    nodes = [Node("start", "StartNode", {}, (0, 0))]
    nodes += [
        Node(one, "LogNode", {"message": one}, (260 * at, 0)) for at, one in enumerate(("one", "two", "three"), 1)
    ]
    names = [node.id for node in nodes]
    wires = [Connection(a, "exec_out", b, "exec_in") for a, b in pairwise(names)]
    document.do(Batch((AddNodes(tuple(nodes)), Connect(tuple(wires)))))
    canvas_of(window).fit()
    canvas_of(window).setFocus()
    QApplication.processEvents()
    return window


def canvas_of(window: MainWindow) -> CanvasView:
    canvas = window.canvas
    assert canvas is not None
    return canvas


def key(window: MainWindow, which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QApplication.processEvents()
    QTest.keyClick(canvas_of(window), which, held)
    QApplication.processEvents()


def spot(window: MainWindow, node_id: str) -> QPoint:
    canvas = canvas_of(window)
    card = canvas.stage.geometry.cards[node_id]
    return canvas.mapFromScene(QPointF(card.x + card.shape.width / 2, card.y + 14))


def click(window: MainWindow, node_id: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(canvas_of(window).viewport(), Qt.MouseButton.LeftButton, held, spot(window, node_id))


def double_click(window: MainWindow, node_id: str) -> None:
    place = spot(window, node_id)
    QTest.mouseClick(canvas_of(window).viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(canvas_of(window).viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def make(window: MainWindow, *ids: str) -> str:
    click(window, ids[0])
    for one in ids[1:]:
        click(window, one, _SHIFT)
    key(window, _KEY.Key_G, _CTRL)
    front = window.session.front
    assert front is not None
    (instance,) = front.selection.nodes
    return instance


def names(window: MainWindow) -> list[str]:
    assert window.workspace is not None
    view = window.workspace.view(window.session.active)
    assert view is not None
    return view.breadcrumbs.names if view.breadcrumbs.isVisible() else []


def test_ctrl_g_makes_a_subgraph_that_one_undo_takes_back(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    before = encode(document.graph)
    instance = make(desk, "one", "two")
    assert definition_of(document.graph, document.graph.nodes[instance]) is not None
    assert set(document.graph.nodes) == {"start", instance, "three"}
    assert document.history.undo_label == "Make subgraph"
    key(desk, _KEY.Key_Z, _CTRL)
    assert encode(document.graph) == before


def test_ctrl_shift_g_dissolves_it_into_the_nodes_it_was_made_of(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    wires = set(document.graph.connections)
    make(desk, "one", "two")
    key(desk, _KEY.Key_G, _CTRL | _SHIFT)
    assert set(document.graph.nodes) == {"start", "one", "two", "three"}
    assert set(document.graph.connections) == wires
    assert document.selection.nodes == {"one", "two"}
    assert not document.graph.subflows


def test_a_double_click_enters_and_esc_lets_the_selection_go_then_leaves(desk: MainWindow) -> None:
    instance = make(desk, "one", "two")
    outer = canvas_of(desk)
    double_click(desk, instance)
    inner = canvas_of(desk)
    assert inner is not outer
    assert inner.isVisible()
    assert names(desk)[1:] == ["Subgraph"]
    assert {"one", "two"} <= set(inner.stage.geometry.cards)
    click(desk, "one")
    key(desk, _KEY.Key_Escape)
    assert canvas_of(desk) is inner
    key(desk, _KEY.Key_Escape)
    assert canvas_of(desk) is outer
    assert not names(desk)
    assert desk.session.active is not None
    assert desk.session.active.selection.nodes == {instance}


def test_alt_down_and_alt_up_walk_four_levels_deep_and_back(desk: MainWindow) -> None:
    make(desk, "one", "two")
    for _ in range(3):
        key(desk, _KEY.Key_Down, _ALT)
        make(desk, "one", "two")
    key(desk, _KEY.Key_Down, _ALT)
    document = desk.session.active
    assert document is not None
    assert len(document.way) == 4
    assert len(names(desk)) == 5
    for left in (3, 2, 1, 0):
        key(desk, _KEY.Key_Up, _ALT)
        assert len(document.way) == left


def test_a_breadcrumb_goes_back_to_its_level_at_once(desk: MainWindow) -> None:
    make(desk, "one", "two")
    for _ in range(2):
        key(desk, _KEY.Key_Down, _ALT)
        make(desk, "one", "two")
    key(desk, _KEY.Key_Down, _ALT)
    document = desk.session.active
    assert document is not None
    assert desk.workspace is not None
    view = desk.workspace.view(document)
    assert view is not None
    QTest.mouseClick(view.breadcrumbs.crumbs[1], Qt.MouseButton.LeftButton)
    assert len(document.way) == 1
    QTest.mouseClick(view.breadcrumbs.crumbs[0], Qt.MouseButton.LeftButton)
    assert document.way == ()


def test_an_edit_inside_is_undone_from_outside_and_shown_where_it_was(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    instance = make(desk, "one", "two")
    double_click(desk, instance)
    click(desk, "one")
    key(desk, _KEY.Key_Delete)
    assert "one" not in canvas_of(desk).document.graph.nodes
    key(desk, _KEY.Key_Up, _ALT)
    assert document.front is document
    key(desk, _KEY.Key_Z, _CTRL)
    assert document.front is not document
    assert "one" in document.front.graph.nodes
    assert "one" in canvas_of(desk).stage.geometry.cards
    key(desk, _KEY.Key_Z, _CTRL)
    assert document.front is document
    assert not document.graph.subflows


def test_a_drag_inside_a_subgraph_moves_the_node_in_every_instance(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    instance = make(desk, "one", "two")
    key(desk, _KEY.Key_D, _CTRL)
    (twin,) = document.selection.nodes
    assert document.graph.nodes[twin].config["subflow_id"] == document.graph.nodes[instance].config["subflow_id"]
    double_click(desk, instance)
    canvas = canvas_of(desk)
    before = canvas.document.graph.nodes["one"].position
    start = spot(desk, "one")
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(canvas.viewport(), start + QPoint(15 * step, 10 * step))
        QApplication.processEvents()
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    assert canvas.document.graph.nodes["one"].position != before
    key(desk, _KEY.Key_Up, _ALT)
    document.enter(twin)
    assert canvas_of(desk) is canvas


def test_the_inspector_follows_into_the_subgraph(desk: MainWindow) -> None:
    instance = make(desk, "one", "two")
    double_click(desk, instance)
    click(desk, "two")
    assert desk.workspace is not None
    desk.show_dock(INSPECTOR)
    panel = desk.workspace.docks.panel(INSPECTOR)
    assert isinstance(panel, InspectorPanel)
    panel.flush()
    assert panel.nodes.node_ids == ("two",)
    assert panel.page is panel.nodes


def inspector(window: MainWindow) -> InspectorPanel:
    assert window.workspace is not None
    window.show_dock(INSPECTOR)
    panel = window.workspace.docks.panel(INSPECTOR)
    assert isinstance(panel, InspectorPanel)
    QApplication.processEvents()
    panel.flush()
    return panel


def test_an_arrow_beside_a_field_promotes_it_to_the_instance(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    instance = make(desk, "one", "two")
    double_click(desk, instance)
    click(desk, "one")
    panel = inspector(desk)
    row = panel.nodes.row_of("message")
    arrow = next(one for one in row.findChildren(IconButton) if "Promote" in one.toolTip())
    QTest.mouseClick(arrow, Qt.MouseButton.LeftButton)
    assert document.history.undo_label == "Promote parameter"
    key(desk, _KEY.Key_Escape)
    key(desk, _KEY.Key_Escape)
    panel.flush()
    outside = panel.nodes.row_of("message")
    assert outside.kind is row.kind
    assert outside.field.param.default == "one"
    assert canvas_of(desk).stage.face(instance).headline == "Message: one"


def test_a_port_is_renamed_and_added_on_the_page_of_the_subgraph(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    instance = make(desk, "one", "two")
    double_click(desk, instance)
    panel = inspector(desk)
    assert panel.page is panel.subgraph
    field = panel.subgraph.inputs.rows[0].name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Begin")
    QTest.keyClick(field, _KEY.Key_Return)
    add = next(one for one in panel.subgraph.inputs.findChildren(QPushButton) if one.text() == "Add value")
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    config = document.graph.nodes[instance].config
    ports = document.catalog.ports("SubflowNode", config)
    assert [(one.name, one.title) for one in ports.inputs] == [("exec_in", "Begin"), ("input", "input")]
    assert ("start", "exec_out", instance, "exec_in") in document.graph.connections
    document.leave()
    assert {"exec_in", "input"} == set(canvas_of(desk).stage.geometry.cards[instance].shape.inputs)


def test_the_palette_offers_the_subgraphs_but_not_inside_themselves(desk: MainWindow, qtbot: QtBot) -> None:
    instance = make(desk, "one", "two")
    workspace = desk.workspace
    assert workspace is not None
    # Panels are made a moment after their dock was seen.
    qtbot.waitUntil(lambda: workspace.palette_panel is not None)
    palette = workspace.palette_panel
    assert palette is not None
    model = palette.view.model()

    def titles() -> list[str]:
        return [model.index(row, 0).data() for row in range(2)]

    qtbot.waitUntil(lambda: titles() == ["Subgraphs", "Subgraph"])
    double_click(desk, instance)
    qtbot.waitUntil(lambda: titles()[0] != "Subgraphs")


def test_f2_names_the_subgraph_and_the_breadcrumb_says_it(desk: MainWindow) -> None:
    instance = make(desk, "one", "two")
    key(desk, _KEY.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Clean rows")
    QTest.keyClick(editor, _KEY.Key_Return)
    assert canvas_of(desk).stage.face(instance).title == "Clean rows"
    key(desk, _KEY.Key_Down, _ALT)
    assert names(desk)[-1] == "Clean rows"


def test_undoing_the_making_while_inside_comes_out(desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    make(desk, "one", "two")
    key(desk, _KEY.Key_Down, _ALT)
    assert document.way
    key(desk, _KEY.Key_Z, _CTRL)
    assert not document.way
    assert canvas_of(desk).document is document
    key(desk, _KEY.Key_Y, _CTRL)
    key(desk, _KEY.Key_A, _CTRL)
    assert len(document.graph.subflows) == 1


def test_find_enters_the_level_of_a_match_and_keeps_the_order_of_the_matches(qtbot: QtBot, desk: MainWindow) -> None:
    make(desk, "one", "two")
    desk.actions_table.run("find.open")
    finding = desk.finding
    assert finding is not None
    QTest.keyClicks(finding.bar.field, "message")
    finding.bar.field.clear()
    QTest.keyClicks(finding.bar.field, "param:message")
    qtbot.waitUntil(lambda: not finding.watch.searching)
    assert [match.id for match in finding.watch.found.matches] == ["three", "one", "two"]
    rows = finding.bar.results.model()
    assert "in Subgraph" in rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(finding.bar.field, _KEY.Key_Return)
    assert len(names(desk)) == 0
    QTest.keyClick(finding.bar.field, _KEY.Key_Return)
    QApplication.processEvents()
    front = desk.session.front
    assert front is not None
    assert front.selection.nodes == {"one"}
    assert finding.bar.count_text == "2 of 3"
    found = canvas_of(desk).stage.found
    assert found is not None
    assert (found.nodes, found.current) == ({"one", "two"}, "one")
    QTest.keyClick(finding.bar.field, _KEY.Key_Return)
    QTest.keyClick(finding.bar.field, _KEY.Key_Return)
    assert desk.session.front is desk.session.active
    assert "in Subgraph" in rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_find_goes_to_both_ends_of_a_portal(qtbot: QtBot, desk: MainWindow) -> None:
    document = desk.session.active
    assert document is not None
    wire = ("two", "exec_out", "three", "exec_in")
    document.do(set_portal(document.graph, [wire], "Totals"))
    desk.actions_table.run("find.open")
    finding = desk.finding
    assert finding is not None
    QTest.keyClicks(finding.bar.field, "is:portal")
    qtbot.waitUntil(lambda: not finding.watch.searching)
    QTest.keyClick(finding.bar.field, _KEY.Key_Return)
    assert document.selection.wires == {wire}
    document.selection.clear()
    finding.select_all()
    assert document.selection.wires == {wire}

"""Adding a node at the pointer, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import set_portal
from casare.model import AddNodes, Connect, Connection, Node
from casare.ui.canvas import CanvasTarget, CanvasView
from casare.ui.dialogs.add_node import QuickAdd
from casare.ui.dialogs.history_sheet import HistorySheet
from casare.ui.dialogs.portal_sheet import PortalSheet
from casare.ui.shell.frame.main_window import MainWindow


@pytest.fixture
def canvas(qtbot: QtBot, window: MainWindow) -> CanvasView:
    document = window.session.new()
    document.do(AddNodes((Node("a", "SetVariableNode", {}, (0, 0)), Node("b", "LogNode", {}, (300, 0)))))
    document.do(Connect((Connection("a", "exec_out", "b", "exec_in"),)))
    found = window.canvas
    assert found is not None
    found.fit()
    found.setFocus()
    qtbot.waitUntil(found.hasFocus)
    return found


def popup(window: MainWindow) -> QuickAdd:
    sheet = window.overlays.sheet
    assert isinstance(sheet, QuickAdd)
    return sheet


def pick(
    qtbot: QtBot, window: MainWindow, text: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> str:
    canvas = window.canvas
    assert canvas is not None
    before = set(canvas.document.graph.nodes)
    sheet = popup(window)
    qtbot.keyClicks(sheet.field, text)
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return, held)
    return (canvas.document.graph.nodes.keys() - before).pop()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_N, Qt.Key.Key_Space])
def test_each_key_opens_the_popup(qtbot: QtBot, window: MainWindow, canvas: CanvasView, key: Qt.Key) -> None:
    qtbot.keyClick(canvas, key)
    assert popup(window).field.hasFocus()


def test_enter_adds_and_wires_to_what_is_selected(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    canvas.document.selection.set(["b"])
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    made = pick(qtbot, window, "wait")
    graph = canvas.document.graph
    assert ("b", "exec_out", made, "exec_in") in graph.connections
    assert canvas.document.selection.nodes == {made}
    assert canvas.hasFocus()
    canvas.document.undo()
    assert made not in graph.nodes


def test_shift_enter_adds_on_its_own(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    canvas.document.selection.set(["b"])
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    made = pick(qtbot, window, "wait", Qt.KeyboardModifier.ShiftModifier)
    assert not canvas.document.graph.wires_of([made])


def test_a_wire_dropped_on_nothing_is_finished_by_the_new_node(
    qtbot: QtBot, window: MainWindow, canvas: CanvasView
) -> None:
    card = canvas.stage.geometry.cards["b"]
    start = canvas.mapFromScene(QPointF(*card.port_at("exec_out", True)))
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(canvas.viewport(), start + QPoint(10 * step, 14 * step))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(50, 70))
    assert canvas.stage.pending is not None, "the wire stays in sight while the node is looked for"
    made = pick(qtbot, window, "if")
    assert canvas.stage.pending is None
    assert ("b", "exec_out", made, "exec_in") in canvas.document.graph.connections


def test_a_new_node_behind_another_does_not_cover_it(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    canvas.document.selection.set(["b"])
    card = canvas.stage.geometry.cards["b"]
    middle = QPointF(card.x + 100, card.y + 20)
    place = canvas.viewport().mapToGlobal(canvas.mapFromScene(middle))
    canvas.quick_add_requested.emit(CanvasTarget("canvas", "", None, middle, place))
    made = pick(qtbot, window, "wait")
    assert not canvas.stage.geometry.cards[made].rect.touches(card.rect)


def test_what_was_added_is_remembered_with_what_it_followed(
    qtbot: QtBot, window: MainWindow, canvas: CanvasView
) -> None:
    canvas.document.selection.set(["b"])
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    pick(qtbot, window, "wait")
    habits = window.session.habits
    assert habits.recent[0] == "WaitNode"
    assert habits.after("LogNode") == {"WaitNode": 1}


def test_nothing_is_added_to_a_document_that_was_closed_meanwhile(
    qtbot: QtBot, window: MainWindow, canvas: CanvasView
) -> None:
    document: Document = canvas.document
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    qtbot.keyClick(popup(window).field, Qt.Key.Key_Escape)
    assert window.overlays.sheet is None
    assert not document.is_modified or document.history.undo_label == "Connect"


def test_r_makes_a_node_another_type_and_keeps_its_wire(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    canvas.document.selection.set(["b"])
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    sheet = popup(window)
    qtbot.keyClicks(sheet.field, "wait")
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    graph = canvas.document.graph
    assert graph.nodes["b"].type == "WaitNode"
    assert ("a", "exec_out", "b", "exec_in") in graph.connections
    canvas.document.undo()
    assert graph.nodes["b"].type == "LogNode"


def test_replacing_several_nodes_is_one_step(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    canvas.document.selection.set(["a", "b"])
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    qtbot.keyClicks(popup(window).field, "wait")
    qtbot.keyClick(popup(window).field, Qt.Key.Key_Return)
    graph = canvas.document.graph
    assert {node.type for node in graph.nodes.values()} == {"WaitNode"}
    assert ("a", "exec_out", "b", "exec_in") in graph.connections
    canvas.document.undo()
    assert graph.nodes["a"].type == "SetVariableNode"


def test_the_list_of_edits_goes_back_and_forward(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    control_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    for ups, expected in ((-1, 0), (1, 1)):
        qtbot.keyClick(canvas, Qt.Key.Key_Z, control_alt)
        sheet = window.overlays.sheet
        assert isinstance(sheet, HistorySheet)
        qtbot.keyClick(sheet.field, Qt.Key.Key_Down if ups < 0 else Qt.Key.Key_Up)
        qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
        assert len(canvas.document.graph.connections) == expected


def test_keys_for_bypass_collapse_and_grab_do_what_they_say(
    qtbot: QtBot, window: MainWindow, canvas: CanvasView
) -> None:
    document = canvas.document
    document.selection.set(["b"])
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    assert document.graph.nodes["b"].config == {"_disabled": True, "_bypass": True}
    qtbot.keyClick(canvas, Qt.Key.Key_H)
    assert document.graph.nodes["b"].extra == {"collapsed": True}
    qtbot.keyClick(canvas, Qt.Key.Key_G)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_G)
    assert document.graph.nodes["b"].position == (300, 20)
    assert document.selection.nodes == {"b"}


def test_the_portals_of_a_document_can_be_gone_to_by_name(qtbot: QtBot, window: MainWindow, canvas: CanvasView) -> None:
    document = canvas.document
    key = next(iter(document.graph.connections))
    document.do(set_portal(document.graph, [key], "total"))
    window.actions_table.run("wire.portals")
    sheet = window.overlays.sheet
    assert isinstance(sheet, PortalSheet)
    qtbot.keyClicks(sheet.field, "tot")
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert document.selection.wires == {key}

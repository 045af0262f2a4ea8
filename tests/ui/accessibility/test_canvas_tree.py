"""What a screen reader finds on the canvas."""

from __future__ import annotations

import gc

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import Way
from casare.app.settings import SettingsStore
from casare.catalog import Catalog
from casare.model import AddFrames, AddNotes, Frame, Graph, Node, Note
from casare.ui.accessibility import CanvasInterface, FocusTeller, install, interface_of
from casare.ui.canvas import CanvasView

_NAME, _DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def tree(canvas: CanvasView) -> CanvasInterface:
    found = QAccessible.queryAccessibleInterface(canvas)
    assert isinstance(found, CanvasInterface)
    return found


def test_nothing_is_made_before_somebody_asks(canvas: CanvasView) -> None:
    root = tree(canvas)
    assert root.role() == QAccessible.Role.Canvas
    assert root.text(_NAME) == "Workflow canvas"
    assert "2 nodes, 1 wires" in root.text(_DESCRIPTION)
    assert root.childCount() == 4
    assert root.made == 0
    assert root.child(1) is root.child(1)
    assert root.made == 1


def test_nodes_frames_and_notes_say_what_they_are(canvas: CanvasView) -> None:
    root = tree(canvas)
    names = [child.text(_NAME) for at in range(root.childCount()) if (child := root.child(at)) is not None]
    assert names == ["Say hello, Log", "Log, disabled", "Frame Greeting, 1 nodes", "Note: Remember me"]
    places = [root.indexOfChild(child) for at in range(4) if (child := root.child(at)) is not None]
    assert places == [0, 1, 2, 3]


def test_a_node_holds_its_ports_and_the_wires_that_start_at_it(canvas: CanvasView) -> None:
    node = interface_of(canvas).node("read")
    assert node is not None
    children = [child for at in range(node.childCount()) if (child := node.child(at)) is not None]
    names = [child.text(_NAME) for child in children]
    assert "Output exec out, control, wired to Log exec in" in names
    assert "Input exec in, control, not wired" in names
    assert names[-1] == "Wire from Say hello exec out to Log exec in"
    assert children[-1].role() == QAccessible.Role.Link
    assert all(child.parent() is node for child in children)
    assert node.indexOfChild(children[2]) == 2


def test_rectangles_are_those_on_the_screen_and_lead_back_to_the_thing(canvas: CanvasView) -> None:
    root = tree(canvas)
    node = interface_of(canvas).node("after")
    assert node is not None
    middle = node.rect().center()
    assert canvas.rect().contains(canvas.mapFromGlobal(middle))
    assert root.childAt(middle.x(), middle.y()) is node
    assert not node.state().offscreen
    canvas.pan_by(5000, 0)
    assert node.state().offscreen


def test_focus_follows_the_keyboard_walk(qtbot: QtBot, canvas: CanvasView) -> None:
    QAccessible.setActive(True)
    try:
        teller = FocusTeller(canvas)
        canvas.activateWindow()
        canvas.setFocus()
        qtbot.waitUntil(canvas.hasFocus)
        canvas.document.selection.set(["read"])
        qtbot.waitUntil(lambda: teller.told == "Say hello, Log")
        canvas.arrange.walk(Way.NEXT)
        qtbot.waitUntil(lambda: teller.told == "Log, disabled")
        focused = tree(canvas).focusChild()
        assert focused is interface_of(canvas).node("after")
        assert focused is not None
        assert focused.state().focused
        assert focused.state().selected
    finally:
        QAccessible.setActive(False)


def test_what_is_removed_is_no_longer_valid_and_what_is_added_appears(canvas: CanvasView) -> None:
    root = tree(canvas)
    node = interface_of(canvas).node("read")
    assert node is not None
    assert node.isValid()
    held = [node.child(at) for at in range(node.childCount())]
    assert held
    document = canvas.document
    document.selection.set(["read"])
    canvas.edit.delete()
    assert root.childCount() == 3
    document.undo()
    document.do(AddNotes((Note("later", "Another"),)))
    document.do(AddFrames((Frame("g", "Second"),)))
    gc.collect()
    assert root.childCount() == 6
    again = interface_of(canvas).node("read")
    assert again is not None
    assert again.text(_NAME) == "Say hello, Log"


def test_an_error_makes_a_node_invalid_in_the_sense_of_a_form(canvas: CanvasView) -> None:
    canvas.set_problems({"read": "error", "after": "warning"})
    read, after = interface_of(canvas).node("read"), interface_of(canvas).node("after")
    assert read is not None
    assert after is not None
    assert read.state().invalid
    assert not after.state().invalid
    assert read.text(_NAME) == "Say hello, Log, has an error"


def test_the_tree_dies_with_the_canvas(qtbot: QtBot, catalog: Catalog) -> None:
    install()
    made = CanvasView(Document(Graph([Node("a", "LogNode")]), catalog=catalog), SettingsStore())
    root = interface_of(made)
    part = root.child(0)
    assert part is not None
    QAccessible.uniqueId(part)
    made.canvas_scene.sheets.close()
    made.deleteLater()
    qtbot.waitUntil(lambda: not root.alive)


def test_keys_of_the_canvas_reach_it_by_keyboard_alone(canvas: CanvasView) -> None:
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.focusPolicy() & Qt.FocusPolicy.TabFocus

"""Typing `{{` in a field opens a list that is walked and taken by keys; the focus never leaves the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import SetVariables
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.base import Editor
from casare.ui.panels.inspector.editors.completing import Completing


@pytest.fixture
def editor(panel: InspectorPanel, document: Document, qtbot: QtBot, request: pytest.FixtureRequest) -> Editor:
    """Return the editor of a parameter (text unless the test says another), with the focus."""
    document.do(SetVariables({"orders": [{"id": 1}], "rate": 0.5, "region": "north"}))
    document.selection.set(["every"])
    panel.flush()
    found: Editor = panel.nodes.row_of(getattr(request, "param", "text")).editor
    with qtbot.waitExposed(panel):
        panel.show()
    found.main.setFocus()
    qtbot.waitUntil(found.main.hasFocus)
    return found


def helper(editor: Editor) -> Completing:
    assert editor.completing is not None
    return editor.completing


def titles(editor: Editor) -> list[str]:
    shown = helper(editor).list
    assert shown is not None
    return [offer.title for offer in shown.offers] if shown.isVisible() else []


def type_into(field: QWidget, text: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, text)


@pytest.mark.parametrize("editor", ["text", "long", "condition", "anything"], indirect=True)
def test_open_braces_offer_the_variables(editor: Editor, qtbot: QtBot) -> None:
    type_into(editor.main, "a {{", qtbot)
    assert titles(editor)[:3] == ["orders", "rate", "region"]
    assert editor.main.hasFocus()


def test_typing_on_narrows_the_list_and_enter_puts_the_offer_in(
    editor: Editor, document: Document, qtbot: QtBot
) -> None:
    type_into(editor.main, "{{re", qtbot)
    assert titles(editor)[0] == "region"
    qtbot.keyClick(editor.main, Qt.Key.Key_Return)
    assert document.graph.nodes["every"].config["text"] == "{{region}}"
    assert titles(editor) == []


def test_arrows_walk_the_list_and_tab_takes_what_is_in_hand(editor: Editor, document: Document, qtbot: QtBot) -> None:
    type_into(editor.main, "{{", qtbot)
    qtbot.keyClick(editor.main, Qt.Key.Key_Down)
    qtbot.keyClick(editor.main, Qt.Key.Key_Tab)
    assert document.graph.nodes["every"].config["text"] == "{{rate}}"
    assert editor.main.hasFocus()


def test_escape_puts_the_list_away_and_control_space_brings_it_back(editor: Editor, qtbot: QtBot) -> None:
    type_into(editor.main, "{{", qtbot)
    qtbot.keyClick(editor.main, Qt.Key.Key_Escape)
    assert titles(editor) == []
    qtbot.keyClick(editor.main, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert titles(editor)


def test_a_function_is_put_in_with_its_bracket_open(editor: Editor, document: Document, qtbot: QtBot) -> None:
    type_into(editor.main, "{{len", qtbot)
    assert titles(editor)[0] == "len()"
    qtbot.keyClick(editor.main, Qt.Key.Key_Return)
    assert document.graph.nodes["every"].config["text"] == "{{len("


def test_the_list_goes_when_the_focus_goes(editor: Editor, panel: InspectorPanel, qtbot: QtBot) -> None:
    type_into(editor.main, "{{", qtbot)
    panel.nodes.row_of("separator").editor.main.setFocus()
    qtbot.waitUntil(lambda: not helper(editor).is_open)


def test_an_expression_says_under_its_field_what_it_comes_to(
    editor: Editor, panel: InspectorPanel, qtbot: QtBot
) -> None:
    row = panel.nodes.row_of("text")
    type_into(editor.main, "{{rate * 4}}", qtbot)
    assert row.trial == "2.0  (number)"
    type_into(editor.main, "{{nope}}", qtbot)
    assert row.trial == "there is no variable or node called “nope”"
    editor.main.selectAll()
    type_into(editor.main, "plain", qtbot)
    assert row.trial == ""

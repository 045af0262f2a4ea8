"""What is frozen, such as recovered work that is looked at, can be read in the inspector and not edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import SetConfig
from casare.storage import encode
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.items import ItemsEditor

EVERYTHING = {
    "text": "one", "count": 4, "flag": False, "mode": "careful", "days": ["Mon"], "payload": {"a": [1, 2]},
    "items": ["x"], "headers": {"a": "b"}, "code": "x = 1", "tint": "#112233", "when": "2025-01-02 10:00",
}  # fmt: skip


@pytest.fixture
def frozen(panel: InspectorPanel, document: Document) -> InspectorPanel:
    """Return the panel with a node full of values in a document that is frozen."""
    document.do(SetConfig("every", EVERYTHING))
    document.selection.set(["every"])
    document.freeze("It is looked at before it is kept.")
    panel.flush()
    return panel


def test_no_field_of_what_is_frozen_takes_anything(frozen: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    before = encode(document.graph)
    for row in frozen.nodes.normal.rows:
        main = row.editor.main
        if isinstance(main, (QLineEdit, QPlainTextEdit)):
            assert main.isReadOnly() or not main.isEnabled(), row.field.key
        elif isinstance(main, (QComboBox, QCheckBox)):
            assert not main.isEnabled(), row.field.key
        main.setFocus()
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_X, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down):
            qtbot.keyClick(main, key)
        qtbot.mouseClick(main, Qt.MouseButton.LeftButton)
    assert encode(document.graph) == before


def test_name_and_switches_of_a_frozen_node_are_for_reading(frozen: InspectorPanel) -> None:
    header = frozen.nodes.header
    assert header.name.isReadOnly()
    assert not header.enabled.isEnabled()
    assert not header.bypassed.isEnabled()


def test_a_frozen_list_shows_its_items_and_no_place_to_add(frozen: InspectorPanel) -> None:
    editor = frozen.nodes.row_of("items").editor
    assert isinstance(editor, ItemsEditor)
    assert editor.model.rowCount() == 1


def test_the_page_of_a_frozen_workflow_is_for_reading(frozen: InspectorPanel, document: Document) -> None:
    document.selection.clear()
    frozen.flush()
    assert frozen.page is frozen.workflow
    assert not frozen.workflow.table.isEnabled()
    assert all(row.frozen for row in frozen.workflow.metadata.rows)


def test_what_is_thawed_can_be_edited_again(frozen: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.freeze("")
    frozen.flush()
    line = frozen.nodes.row_of("text").editor.main
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "two")
    assert document.graph.nodes["every"].config["text"] == "two"
    assert not frozen.nodes.header.name.isReadOnly()

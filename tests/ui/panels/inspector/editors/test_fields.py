"""What a person can do in one field of the inspector."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import set_parameter
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.blocks import BlockEditor
from casare.ui.panels.inspector.editors.choices import (
    ChoiceEditor,
)
from casare.ui.panels.inspector.editors.line import AnyEditor, TextEditor
from casare.ui.panels.inspector.field_row import FieldRow


def select(panel: InspectorPanel, document: Document, *nodes: str) -> None:
    document.selection.set(nodes)
    panel.flush()


def row(panel: InspectorPanel, name: str) -> FieldRow:
    found: FieldRow = panel.nodes.row_of(name)
    return found


def line(panel: InspectorPanel, name: str) -> QLineEdit:
    editor = row(panel, name).editor
    assert isinstance(editor, TextEditor)
    return editor.line


def config(document: Document, node_id: str = "every") -> dict[str, Any]:
    return dict(document.graph.nodes[node_id].config)


def test_a_value_out_of_limits_is_kept_and_told_under_the_field(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    qtbot.keyClicks(line(panel, "count"), "99")
    assert row(panel, "count").message == "This must be at most 10 ms."
    assert line(panel, "count").property("state") == "error"
    assert config(document) == {"count": 99}
    qtbot.keyClick(line(panel, "count"), Qt.Key.Key_Backspace)
    assert row(panel, "count").message == ""
    assert line(panel, "count").property("state") == ""


def test_what_is_no_number_is_told_and_not_kept(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    qtbot.keyClicks(line(panel, "count"), "5x")
    assert config(document) == {"count": 5}
    assert row(panel, "count").message == "This needs a whole number."
    panel.flush()
    assert line(panel, "count").text() == "5x"
    document.do(set_parameter(document.graph, "every", "count", 6))
    panel.flush()
    assert line(panel, "count").text() == "6"
    assert row(panel, "count").message == ""


def test_arrow_keys_step_a_number_within_its_limits(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    field = line(panel, "count")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert config(document) == {"count": 4}
    qtbot.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert config(document) == {"count": 10}
    for _ in range(12):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert config(document) == {"count": 1}
    assert document.history.labels()[0] == ["Edit count"]


def test_a_template_is_taken_by_any_line_and_looks_like_an_expression(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    field = line(panel, "count")
    qtbot.keyClicks(field, "{{total}}")
    assert config(document) == {"count": "{{total}}"}
    assert row(panel, "count").message == ""
    assert field.is_expression  # type: ignore[attr-defined]


def test_a_choice_turns_into_a_text_field_for_an_expression_and_back(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    braces = row(panel, "mode")._braces
    qtbot.mouseClick(braces, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(line(panel, "mode"), "{{mode}}")
    panel.flush()
    assert config(document) == {"mode": "{{mode}}"}
    assert isinstance(row(panel, "mode").editor, AnyEditor)
    qtbot.mouseClick(braces, Qt.MouseButton.LeftButton)
    panel.flush()
    assert config(document) == {}
    assert isinstance(row(panel, "mode").editor, ChoiceEditor)


def test_a_box_is_one_step_for_each_click(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    box = row(panel, "flag").editor.main
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=_inside())
    assert config(document) == {"flag": False}
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert config(document) == {"flag": True}
    assert len(document.history.labels()[0]) == 2


def test_a_choice_is_made_by_keyboard(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    combo = row(panel, "mode").editor.main
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert config(document) == {"mode": "careful"}


def test_a_value_that_is_no_choice_is_shown_and_told(panel: InspectorPanel, document: Document) -> None:
    document.do(set_parameter(document.graph, "every", "mode", "wild"))
    select(panel, document, "every")
    editor = row(panel, "mode").editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.combo.currentText() == "wild"
    assert "not a choice" in row(panel, "mode").message


def test_json_is_kept_once_it_can_be_read(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    editor = row(panel, "payload").editor
    assert isinstance(editor, BlockEditor)
    qtbot.keyClicks(editor.block, '{"a": [1')
    assert config(document) == {}
    assert row(panel, "payload").message.startswith("This is not JSON:")
    panel.flush()
    assert editor.block.toPlainText() == '{"a": [1'
    qtbot.keyClicks(editor.block, "]}")
    assert config(document) == {"payload": {"a": [1]}}
    assert row(panel, "payload").message == ""
    panel.flush()
    assert editor.block.toPlainText() == '{"a": [1]}'


def test_anything_is_typed_as_json_or_as_text(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    for typed, value in (
        ("75", 75),
        ('"75"', "75"),
        ("[1, 2]", [1, 2]),
        ("true", True),
        ("plain words", "plain words"),
    ):
        line(panel, "anything").clear()
        qtbot.keyClicks(line(panel, "anything"), typed)
        assert config(document) == {"anything": value}


def test_a_secret_is_never_shown_but_a_reference_to_one_is(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    document.do(set_parameter(document.graph, "every", "token", "s3cret"))
    select(panel, document, "every")
    field = line(panel, "token")
    assert field.echoMode() == QLineEdit.EchoMode.Password
    assert "s3cret" not in field.displayText()
    assert "s3cret" not in field.toolTip() + field.accessibleDescription()
    field.clear()
    qtbot.keyClicks(field, "{{$secret:shop}}")
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    assert config(document) == {"token": "{{$secret:shop}}"}


def test_a_wired_field_names_its_source_and_leads_to_it(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    revealed: list[tuple[str, ...]] = []
    document.reveal_requested.connect(revealed.append)
    select(panel, document, "wired")
    link = row(panel, "url")._wire_button
    assert link is not None
    assert link.whole_text == "from Fetch orders.body"
    assert line(panel, "url").text() == "fallback"
    assert line(panel, "url").isReadOnly()
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert revealed == [("source",)]
    assert document.selection.nodes == {"source"}


def test_a_wired_field_that_is_reused_for_an_unwired_one_can_be_edited(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "wired")
    select(panel, document, "every")
    qtbot.keyClicks(line(panel, "url"), "x")
    assert config(document) == {"url": "x"}


def test_a_value_under_an_alias_is_edited_there(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "wired")
    editor = row(panel, "condition").editor
    assert isinstance(editor, BlockEditor)
    assert editor.block.toPlainText() == "{{x}} > 1"
    editor.block.moveCursor(editor.block.textCursor().MoveOperation.End)
    qtbot.keyClicks(editor.block, "0")
    assert config(document, "wired") == {"url": "fallback", "expression": "{{x}} > 10"}


def test_keys_nobody_knows_are_kept_and_can_be_edited_as_json(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "odd")
    assert [one.field.key for one in panel.nodes.others.rows] == ["kept", "_cache"]
    assert not panel.nodes.others_section.isHidden()
    field = line(panel, "kept")
    assert field.text() == '{"a": 1}'
    field.clear()
    qtbot.keyClicks(field, "[2]")
    assert config(document, "odd")["kept"] == [2]


def _inside() -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(10, 12)

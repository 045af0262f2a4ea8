"""JSON is edited as a tree: by keys alone, row by row, each edit one value and one step."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.documents.json_edits import Kind
from casare.app.documents.parameters import UNSET
from casare.model import SetConfig
from casare.sdk import DataType, Param, Widget
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.json_editor import JsonEditor
from casare.ui.panels.inspector.editors.json_model import PAGE, JsonModel

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
ORDER: dict[str, Any] = {"name": "Anna", "age": 41, "tags": ["a", "b"], "active": True, "home": {"city": "Oslo"}}


@pytest.fixture
def editor(panel: InspectorPanel, document: Document, qtbot: QtBot) -> JsonEditor:
    """Return the field of the payload with an order in it and the focus on the first row."""
    document.do(SetConfig("every", {"payload": ORDER}))
    document.selection.set(["every"])
    panel.flush()
    found = panel.nodes.row_of("payload").editor
    assert isinstance(found, JsonEditor)
    panel.activateWindow()
    found.tree.setFocus()
    qtbot.waitUntil(found.tree.hasFocus)
    go(found, "name")
    return found


def payload(document: Document) -> Any:
    return document.graph.nodes["every"].config.get("payload", UNSET)


def go(editor: JsonEditor, *path: str | int) -> None:
    index = QModelIndex()
    for step in path:
        editor.tree.expand(index)
        rows = {index.model().data(index): index for index in children(editor.model, index)}
        index = rows[str(step)]
    editor.tree.setCurrentIndex(index)


def children(model: JsonModel, above: QModelIndex) -> list[QModelIndex]:
    while model.canFetchMore(above):
        model.fetchMore(above)
    return [model.index(row, 0, above) for row in range(model.rowCount(above))]


def press(qtbot: QtBot, editor: JsonEditor, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(editor.tree, key, modifier or Qt.KeyboardModifier.NoModifier)


def type_into(qtbot: QtBot, text: str, end: Qt.Key = Key.Key_Return) -> None:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, end)
    # The view takes the text over in the next turn of the event loop.
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not field)


def test_a_list_or_an_object_is_shown_as_a_tree_and_all_else_as_text(
    editor: JsonEditor, document: Document, panel: InspectorPanel
) -> None:
    assert editor.in_tree
    document.do(SetConfig("every", {"payload": "{{order}}"}))
    panel.flush()
    assert not editor.in_tree
    assert editor.block.toPlainText() == "{{order}}"


def test_a_value_is_edited_in_its_row(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    press(qtbot, editor, Key.Key_Return)
    type_into(qtbot, "Berta")
    assert payload(document) == {**ORDER, "name": "Berta"}
    press(qtbot, editor, Key.Key_Down)
    qtbot.keyClicks(editor.tree, "7")
    type_into(qtbot, "42")
    assert payload(document)["age"] == 42


def test_every_edit_is_one_step_back(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    before = json.dumps(payload(document))
    for end in ("Berta", "Carla"):
        press(qtbot, editor, Key.Key_Return)
        type_into(qtbot, end)
    document.undo()
    assert payload(document)["name"] == "Berta"
    document.undo()
    assert json.dumps(payload(document)) == before


def test_a_key_is_renamed_and_keeps_its_place(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    go(editor, "age")
    press(qtbot, editor, Key.Key_F2)
    type_into(qtbot, "years")
    assert list(payload(document)) == ["name", "years", "tags", "active", "home"]


def test_a_key_that_is_taken_is_refused_in_words(
    editor: JsonEditor, document: Document, panel: InspectorPanel, qtbot: QtBot
) -> None:
    go(editor, "age")
    press(qtbot, editor, Key.Key_F2)
    type_into(qtbot, "name")
    assert payload(document) == ORDER
    assert panel.nodes.row_of("payload").message == "There is a “name” already."


def test_adding_asks_for_the_key_then_for_the_value(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    press(qtbot, editor, Key.Key_Insert)
    type_into(qtbot, "surname")
    type_into(qtbot, "Berg")
    assert list(payload(document).items())[:3] == [("name", "Anna"), ("surname", "Berg"), ("age", 41)]


def test_adding_inside_a_list_asks_for_the_value(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    go(editor, "tags")
    press(qtbot, editor, Key.Key_Insert, ALT)
    type_into(qtbot, "c")
    assert payload(document)["tags"] == ["a", "b", "c"]


@pytest.mark.parametrize("column", [0, 1])
def test_adding_at_an_open_list_adds_inside_it(
    editor: JsonEditor, document: Document, qtbot: QtBot, column: int
) -> None:
    go(editor, "tags")
    editor.tree.expand(editor.tree.currentIndex())
    editor.tree.setCurrentIndex(editor.tree.currentIndex().siblingAtColumn(column))
    press(qtbot, editor, Key.Key_Insert)
    type_into(qtbot, "")
    assert payload(document)["tags"] == ["a", "b", ""]


def test_tab_goes_from_the_key_to_the_value_and_then_out_of_the_tree(
    editor: JsonEditor, document: Document, qtbot: QtBot
) -> None:
    press(qtbot, editor, Key.Key_F2)
    type_into(qtbot, "first", Key.Key_Tab)
    type_into(qtbot, "Eva")
    assert next(iter(payload(document).items())) == ("first", "Eva")
    press(qtbot, editor, Key.Key_Tab)
    assert not editor.tree.hasFocus()
    assert editor.add_button.hasFocus()


def test_del_takes_all_chosen_rows_away(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    press(qtbot, editor, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, editor, Key.Key_Delete)
    assert list(payload(document)) == ["tags", "active", "home"]
    document.undo()
    assert payload(document) == ORDER


def test_alt_and_the_arrows_move_a_row(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    go(editor, "home")
    editor.tree.expand(editor.tree.currentIndex())
    press(qtbot, editor, Key.Key_Up, ALT)
    assert list(payload(document)) == ["name", "age", "tags", "home", "active"]
    assert editor.model.data(editor.tree.currentIndex()) == "home"
    assert editor.tree.isExpanded(editor.tree.currentIndex())
    press(qtbot, editor, Key.Key_Down, ALT)
    assert list(payload(document)) == list(ORDER)


def test_undoing_a_move_keeps_open_what_was_open(
    editor: JsonEditor, document: Document, panel: InspectorPanel, qtbot: QtBot
) -> None:
    go(editor, "home")
    editor.tree.expand(editor.tree.currentIndex())
    press(qtbot, editor, Key.Key_Up, ALT)
    document.undo()
    panel.flush()
    go(editor, "home")
    assert editor.tree.isExpanded(editor.tree.currentIndex())
    assert [editor.model.data(one) for one in children(editor.model, QModelIndex())] == list(ORDER)


def test_space_ticks_what_is_yes_or_no(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    go(editor, "active")
    press(qtbot, editor, Key.Key_Space)
    assert payload(document)["active"] is False


def test_the_type_of_a_value_is_changed(editor: JsonEditor, document: Document) -> None:
    go(editor, "age")
    editor.tree.change_kind(Kind.TEXT)
    assert payload(document)["age"] == "41"
    editor.tree.change_kind(Kind.LIST)
    assert payload(document)["age"] == [41]


def test_the_menu_offers_every_act_and_ticks_the_type(editor: JsonEditor) -> None:
    menu = editor.tree.menu()
    titles = [action.text().partition("\t")[0] for action in menu.actions()]
    assert titles == [
        *("Add", "Add inside", "Rename key", "Edit value", "Move up", "Move down", "Copy as JSON", "Paste", "Remove"),
        "Type",
    ]
    kinds = menu.actions()[-1].menu()
    assert [one.text() for one in kinds.actions() if one.isChecked()] == ["Text"]  # type: ignore[attr-defined]
    menu.close()


def test_a_row_is_dropped_into_another_one(editor: JsonEditor, document: Document) -> None:
    model = editor.model
    rows = {model.data(one): one for one in children(model, QModelIndex())}
    data = model.mimeData([rows["age"]])
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, rows["home"])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, rows["home"])
    assert payload(document)["home"] == {"city": "Oslo", "age": 41}
    assert "age" not in payload(document)
    assert model.path(editor.tree.currentIndex()) == ("home", "age")


def test_a_row_dropped_into_itself_stays_and_says_why(
    editor: JsonEditor, document: Document, panel: InspectorPanel
) -> None:
    rows = {editor.model.data(one): one for one in children(editor.model, QModelIndex())}
    data = editor.model.mimeData([rows["home"]])
    editor.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, rows["home"])
    assert payload(document) == ORDER
    assert "into itself" in panel.nodes.row_of("payload").message


def test_what_is_copied_is_json_and_pasting_adds_it(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    go(editor, "home")
    press(qtbot, editor, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert json.loads(QGuiApplication.clipboard().text()) == {"city": "Oslo"}
    press(qtbot, editor, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert payload(document)["key"] == {"city": "Oslo"}


def test_text_and_tree_show_the_same_value_and_a_broken_line_is_marked(
    editor: JsonEditor, document: Document, panel: InspectorPanel, qtbot: QtBot
) -> None:
    qtbot.mouseClick(editor.mode_button, Qt.MouseButton.LeftButton)
    assert not editor.in_tree
    assert json.loads(editor.block.toPlainText()) == ORDER
    editor.block.setPlainText('{\n  "a": 1,\n  "b": \n}')
    assert "line 4" in panel.nodes.row_of("payload").message
    assert [one.cursor.blockNumber() for one in editor.block.extraSelections()] == [3]  # type: ignore[attr-defined]
    assert not editor.mode_button.isEnabled()
    assert payload(document) == ORDER
    editor.block.setPlainText('{"b": 1, "a": 2}')
    assert editor.block.extraSelections() == []
    qtbot.mouseClick(editor.mode_button, Qt.MouseButton.LeftButton)
    assert editor.in_tree
    assert payload(document) == {"b": 1, "a": 2}


def test_the_order_of_keys_typed_as_text_is_an_edit(editor: JsonEditor, document: Document) -> None:
    editor.toggle()
    reordered = dict(reversed(ORDER.items()))
    editor.block.setPlainText(json.dumps(reordered))
    assert list(payload(document)) == list(reordered)


def test_an_empty_value_starts_as_a_tree_with_the_first_key(
    editor: JsonEditor, document: Document, panel: InspectorPanel, qtbot: QtBot
) -> None:
    document.do(SetConfig("every", {}))
    document.selection.set(["source"])
    panel.flush()
    row = panel.nodes.row_of("payload").editor
    assert isinstance(row, JsonEditor)
    assert not row.in_tree
    row.toggle()
    press(qtbot, row, Key.Key_Insert)
    type_into(qtbot, "first")
    type_into(qtbot, "1")
    assert document.graph.nodes["source"].config["payload"] == {"first": 1}


@pytest.mark.parametrize("kind", [DataType.TEXT, DataType.ANY])
def test_json_that_the_file_holds_as_text_stays_text(qtbot: QtBot, kind: DataType) -> None:
    editor = JsonEditor()
    qtbot.addWidget(editor)
    told: list[Any] = []
    editor.edited.connect(told.append)
    editor.set_param(Param("x", kind, Widget.JSON))
    editor.show_value('{"a": "{{b}}"}')
    assert editor.in_tree
    editor.model.setData(editor.model.index(0, 1), "2")
    assert told == ['{\n  "a": 2\n}']


def test_a_locked_tree_can_be_read_and_not_changed(editor: JsonEditor, document: Document, qtbot: QtBot) -> None:
    editor.set_locked(True)
    for key in (Key.Key_Delete, Key.Key_Insert, Key.Key_Return, Key.Key_F2, Key.Key_Space):
        press(qtbot, editor, key)
    press(qtbot, editor, Key.Key_Down, ALT)
    qtbot.keyClicks(editor.tree, "x")
    assert payload(document) == ORDER
    assert not editor.add_button.isEnabled()
    assert not isinstance(QApplication.focusWidget(), QLineEdit)


def test_a_hundred_thousand_values_are_read_a_page_at_a_time(qtbot: QtBot) -> None:
    huge = {f"key {number}": {"a": number, "b": [number]} for number in range(50_000)}
    editor = JsonEditor()
    qtbot.addWidget(editor)
    editor.set_param(Param("x", DataType.ANY, Widget.JSON))
    editor.show_value(huge)
    with qtbot.waitExposed(editor):
        editor.show()
    assert editor.in_tree
    assert editor.model.rowCount() <= 3 * PAGE
    assert not editor.mode_button.isEnabled()
    told: list[Any] = []
    editor.edited.connect(told.append)
    editor.model.setData(editor.model.index(1, 0), "renamed")
    editor.model.setData(children(editor.model, editor.model.index(2, 0))[0].siblingAtColumn(1), "x")
    assert list(told[0])[1] == "renamed"
    assert told[-1]["key 2"]["a"] == "x"
    assert editor.model.rowCount() <= 4 * PAGE
    assert told[-1]["key 3"] is huge["key 3"]


def test_a_screen_reader_hears_key_kind_and_value(editor: JsonEditor) -> None:
    assert editor.tree.accessibleName() == "Payload"
    role = Qt.ItemDataRole.AccessibleTextRole
    assert editor.model.data(editor.model.index(2, 0), role) == "tags, list"
    assert editor.model.data(editor.model.index(2, 1), role) == "2 items"
    found = QAccessible.queryAccessibleInterface(editor.add_button)
    assert found.text(QAccessible.Text.Name) == "Add a value (Ins)"


VALUES = st.recursive(
    st.none() | st.integers(0, 3) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text("xyz", max_size=2), inner, max_size=5),
    max_leaves=20,
)
TREES = st.lists(VALUES, max_size=6) | st.dictionaries(st.text("xyz", max_size=2), VALUES, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(TREES, min_size=2, max_size=4), st.data())
def test_the_rows_always_show_the_value_whatever_comes_after_what(
    qapp: QApplication, values: list[Any], data: st.DataObject
) -> None:
    model = JsonModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for value in values:
        model.show(value)
        assert rebuilt(model, QModelIndex(), value) == value
        if isinstance(value, list):
            # The same values in another order, as after a move.
            turned = data.draw(st.permutations(value))
            model.show(turned)
            assert rebuilt(model, QModelIndex(), turned) == turned


def rebuilt(model: JsonModel, above: QModelIndex, value: Any) -> Any:
    """Return the value that the rows below an index tell of, all of them read."""
    rows = children(model, above)
    if isinstance(value, dict):
        assert [model.data(one) for one in rows] == list(value)
        return {key: rebuilt(model, row, value[key]) for key, row in zip(value, rows, strict=True)}
    if isinstance(value, list):
        assert [model.data(one) for one in rows] == [str(at) for at in range(len(value))]
        return [rebuilt(model, row, one) for row, one in zip(rows, value, strict=True)]
    assert rows == []
    return model.twig(above).thing.value

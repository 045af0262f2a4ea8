"""Editors of single values, by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.documents.parameters import MIXED, UNSET
from casare.app.templating import Known
from casare.sdk import DataType, Param, Widget
from casare.ui.panels.inspector.editors import Editor, make_editor
from casare.ui.panels.inspector.editors.blocks import BlockEditor
from casare.ui.panels.inspector.editors.choices import ChoiceEditor, NodeEditor, VariableEditor
from casare.ui.panels.inspector.editors.items import ItemsEditor
from casare.ui.panels.inspector.editors.line import NumberEditor, TextEditor
from casare.ui.panels.inspector.editors.making import EDITORS
from casare.ui.panels.inspector.editors.multi_choice import MultiChoiceEditor
from casare.ui.panels.inspector.editors.paths import ColorEditor, MomentEditor, PathEditor


class Around:
    """A workflow with two variables and one loop."""

    def variables(self) -> list[str]:
        return ["rows", "total"]

    def partners(self) -> list[tuple[str, str]]:
        return [("loop", "For each")]

    def node_title(self, node_id: str) -> str:
        return "For each" if node_id == "loop" else ""

    def known(self) -> Known:
        return Known({"rows": [{"id": 1}], "total": 3}, {"loop": {"item": "any"}}, {})


def make(qtbot: QtBot, param: Param, value: Any = UNSET) -> tuple[Any, list[Any]]:
    editor = make_editor(param.widget)
    editor.surroundings = Around()
    qtbot.addWidget(editor)
    editor.resize(240, 40)
    editor.set_param(param)
    editor.show_value(value)
    with qtbot.waitExposed(editor):
        editor.show()
    told: list[Any] = []
    editor.edited.connect(told.append)
    return editor, told


def test_there_is_an_editor_for_every_kind_of_value() -> None:
    assert set(EDITORS) == set(Widget)


@pytest.mark.parametrize("widget", list(Widget))
@pytest.mark.parametrize("value", [UNSET, MIXED, None, "", "text", 5, 2.5, True, [1, "a"], {"a": 1}, "{{x}}"])
def test_showing_a_value_never_tells_that_it_was_edited(qtbot: QtBot, widget: Widget, value: Any) -> None:
    param = Param("x", DataType.ANY, widget, choices=("a", "b"))
    editor: Editor = make_editor(widget)
    qtbot.addWidget(editor)
    editor.set_param(param)
    told: list[Any] = []
    editor.edited.connect(told.append)
    if editor.takes(value):
        editor.show_value(value)
        editor.show_value(value)
        editor.show_value(UNSET)
    assert told == []


def test_text_from_the_keyboard_is_told_letter_by_letter(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.TEXT))
    assert isinstance(editor, TextEditor)
    qtbot.keyClicks(editor.line, "ab")
    assert told == ["a", "ab"]


@pytest.mark.parametrize(
    ("typed", "value"), [("5", 5), ("-3", -3), ("2.5", 2.5), ("2,5", 2.5), ("1e3", 1000.0), ("\u22124", -4)]
)
def test_numbers_are_read_as_people_write_them(qtbot: QtBot, typed: str, value: float) -> None:
    editor, told = make(qtbot, Param("x", DataType.NUMBER, Widget.NUMBER))
    editor.line.setText(typed)
    assert told == [value]
    assert type(told[0]) is type(value)


@pytest.mark.parametrize("typed", ["abc", "1.5.2", "nan", "inf", "{{x"])
def test_what_is_no_number_is_refused_with_a_reason(qtbot: QtBot, typed: str) -> None:
    editor, told = make(qtbot, Param("x", DataType.NUMBER, Widget.NUMBER))
    reasons: list[str] = []
    editor.refused.connect(reasons.append)
    editor.line.setText(typed)
    assert told == []
    assert reasons[-1]


def test_a_whole_number_has_no_point_and_a_float_without_a_fraction_shows_none(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.INTEGER, Widget.INTEGER), 3.0)
    assert editor.line.text() == "3"
    editor.line.setText("2.5")
    assert told == []


def test_the_wheel_turns_a_number_only_with_the_focus(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.INTEGER, Widget.INTEGER, step=5), 10)
    assert isinstance(editor, NumberEditor)

    def turn() -> None:
        place = QPointF(editor.line.rect().center())
        event = QWheelEvent(
            place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(editor.line, event)

    editor.line.clearFocus()
    turn()
    assert told == []
    editor.line.setFocus()
    qtbot.waitUntil(editor.line.hasFocus)
    turn()
    assert told == [15]


def test_a_long_text_ends_in_an_ellipsis_until_it_is_edited(qtbot: QtBot) -> None:
    editor, _ = make(qtbot, Param("x", widget=Widget.TEXT), "a long text " * 20)
    editor.line.clearFocus()
    assert editor.line.overflows()
    resting = editor.line.grab().toImage()
    editor.line.setFocus()
    qtbot.waitUntil(editor.line.hasFocus)
    assert editor.line.grab().toImage() != resting


def test_a_file_is_chosen_in_a_dialog_that_does_not_block(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("x")
    editor, told = make(qtbot, Param("x", widget=Widget.FILE), str(file))
    assert isinstance(editor, PathEditor)
    qtbot.mouseClick(editor.button, Qt.MouseButton.LeftButton)
    dialog = editor.dialog
    assert dialog is not None
    assert dialog.isVisible()
    editor.browse()
    assert editor.dialog is dialog
    dialog.fileSelected.emit("chosen.csv")
    dialog.close()
    assert told == ["chosen.csv"]
    assert editor.dialog is None


@pytest.mark.parametrize("widget", [Widget.FOLDER, Widget.SAVE_FILE])
def test_folders_and_targets_have_dialogs_of_their_own(qtbot: QtBot, widget: Widget) -> None:
    editor, _ = make(qtbot, Param("x", widget=widget))
    editor.browse()
    dialog = editor.dialog
    assert (dialog.fileMode() == dialog.FileMode.Directory) == (widget is Widget.FOLDER)
    assert (dialog.acceptMode() == dialog.AcceptMode.AcceptSave) == (widget is Widget.SAVE_FILE)
    dialog.close()


def test_a_colour_is_shown_beside_its_text_and_chosen_in_a_dialog(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.COLOR), "#102030")
    assert isinstance(editor, ColorEditor)
    qtbot.mouseClick(editor.swatch, Qt.MouseButton.LeftButton)
    assert editor.dialog is not None
    assert editor.dialog.currentColor() == QColor("#102030")
    editor.dialog.colorSelected.emit(QColor("#aabbcc"))
    editor.dialog.close()
    assert told == ["#aabbcc"]


def test_a_day_from_the_calendar_keeps_the_time(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.DATETIME), "2026-01-02 07:30")
    assert isinstance(editor, MomentEditor)
    editor.choose_day(QDate(2026, 3, 31))
    assert told == ["2026-03-31 07:30"]


def test_the_calendar_opens_below_the_button_and_closes_with_a_day(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QCalendarWidget

    editor, told = make(qtbot, Param("x", widget=Widget.DATETIME))
    qtbot.mouseClick(editor.button, Qt.MouseButton.LeftButton)
    calendar = editor.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.clicked.emit(QDate(2026, 5, 4))
    assert told == ["2026-05-04 00:00"]
    qtbot.waitUntil(lambda: editor.findChild(QCalendarWidget) is None)


def test_a_value_that_is_no_choice_stays_in_the_list(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.CHOICE, choices=("a", "b")), "wild")
    assert isinstance(editor, ChoiceEditor)
    assert [editor.combo.itemText(at) for at in range(editor.combo.count())] == ["a", "b", "wild"]
    assert editor.combo.currentText() == "wild"
    assert told == []


def test_choices_keep_their_type(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.INTEGER, Widget.CHOICE, choices=(1, 4)))
    editor.combo.setFocus()
    qtbot.keyClick(editor.combo, Qt.Key.Key_Down)
    assert told == [1]


def test_several_are_chosen_from_a_menu(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.MULTI_CHOICE, choices=("a", "b", "c")), "c, a")
    assert isinstance(editor, MultiChoiceEditor)
    assert editor.combo.placeholderText() == "a, c"
    qtbot.mouseClick(editor.combo, Qt.MouseButton.LeftButton)
    menu = editor.menu
    assert menu.isVisible()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center())
    assert told == [["a", "b", "c"]]
    assert menu.isVisible()
    menu.setActiveAction(menu.actions()[0])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert told[-1] == ["b", "c"]
    menu.close()


def test_a_node_is_chosen_from_those_that_exist_when_the_list_opens(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.NODE), "gone")
    assert isinstance(editor, NodeEditor)
    assert editor.combo.currentText() == "gone (missing)"
    editor.combo.setFocus()
    qtbot.waitUntil(lambda: editor.combo.count() == 2)
    assert editor.combo.currentText() == "gone (missing)"
    qtbot.keyClick(editor.combo, Qt.Key.Key_Up)
    assert told == ["loop"]
    editor.show_value("loop")
    assert editor.combo.currentText() == "For each · loop"


def test_a_variable_is_offered_or_typed(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.VARIABLE), "old")
    assert isinstance(editor, VariableEditor)
    editor.combo.showPopup()
    assert [editor.combo.itemText(at) for at in range(editor.combo.count())] == ["rows", "total"]
    editor.combo.hidePopup()
    assert editor.combo.currentText() == "old"
    assert told == []
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "new")
    assert told[-1] == "new"


def test_json_stays_as_it_was_typed_when_its_value_comes_back(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.JSON))
    assert isinstance(editor, BlockEditor)
    editor.block.setPlainText('{"a":\n      1}')
    assert told == [{"a": 1}]
    editor.show_value({"a": 1})
    assert editor.block.toPlainText() == '{"a":\n      1}'
    editor.show_value({"a": 2})
    assert editor.block.toPlainText() == '{\n  "a": 2\n}'


def test_json_of_a_text_parameter_stays_a_text(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.TEXT, Widget.JSON), '{"a": 1}')
    editor.toggle()
    assert editor.block.toPlainText() == '{"a": 1}'
    editor.block.setPlainText("[1]")
    assert told == ["[1]"]


def test_a_block_grows_with_its_text_up_to_a_limit(qtbot: QtBot) -> None:
    editor, _ = make(qtbot, Param("x", widget=Widget.MULTILINE))
    small = editor.block.height()
    editor.show_value("\n".join("abcdefgh"))
    middle = editor.block.height()
    editor.show_value("\n".join(["x"] * 200))
    assert small < middle < editor.block.height() < 400


def cell(editor: ItemsEditor, row: int, column: int, text: str, qtbot: QtBot) -> None:
    """Type a text into a cell and press Enter."""
    index = editor.model.index(row, column)
    editor.table.setCurrentIndex(index)
    editor.table.edit(index)
    field = editor.table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    # Qt's delegate commits in the next turn of the event loop.
    qtbot.waitUntil(lambda: editor.table.findChild(QLineEdit) is None)


def test_a_list_is_edited_item_by_item(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.LIST, Widget.LIST), ["a", 2])
    cell(editor, 2, 0, "[1, 2]", qtbot)
    assert told[-1] == ["a", 2, [1, 2]]
    cell(editor, 0, 0, "5", qtbot)
    assert told[-1] == [5, 2, [1, 2]]
    editor.table.selectRow(1)
    qtbot.keyClick(editor.table, Qt.Key.Key_Delete)
    assert told[-1] == [5, [1, 2]]


def test_names_with_values_are_edited_and_a_name_stands_once(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.DICT, Widget.KEY_VALUE), {"a": 1})
    reasons: list[str] = []
    editor.refused.connect(reasons.append)
    cell(editor, 1, 0, "b", qtbot)
    assert told[-1] == {"a": 1, "b": ""}
    cell(editor, 1, 1, "two", qtbot)
    assert told[-1] == {"a": 1, "b": "two"}
    count = len(told)
    cell(editor, 1, 0, "a", qtbot)
    assert len(told) == count
    assert reasons[-1] == "There is a “a” already."


def test_an_items_table_does_not_take_a_value_of_another_shape(qtbot: QtBot) -> None:
    editor, _ = make(qtbot, Param("x", DataType.DICT, Widget.KEY_VALUE))
    assert editor.takes({"a": 1})
    assert not editor.takes("{{x}}")
    assert not editor.takes([1])


def test_what_is_chosen_and_no_choice_is_shown_and_kept(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", widget=Widget.MULTI_CHOICE, choices=("Mon", "Tue")), ["Mon", "Sun"])
    assert isinstance(editor, MultiChoiceEditor)
    assert editor.combo.placeholderText() == "Mon, Sun"
    editor.menu.actions()[1].trigger()
    assert told == [["Mon", "Tue", "Sun"]]


def test_lists_that_differ_are_not_shown_as_empty(qtbot: QtBot) -> None:
    editor, _ = make(qtbot, Param("x", DataType.LIST, Widget.LIST), MIXED)
    assert isinstance(editor, ItemsEditor)
    assert editor.model.data(editor.model.index(0, 0)) == "Several values"


def test_tab_goes_from_a_new_name_to_its_value(qtbot: QtBot) -> None:
    editor, told = make(qtbot, Param("x", DataType.DICT, Widget.KEY_VALUE))
    assert isinstance(editor, ItemsEditor)
    table = editor.table
    table.setCurrentIndex(editor.model.index(0, 0))
    table.edit(editor.model.index(0, 0))
    for text in ("name", "Ada"):
        line = table.findChild(QLineEdit)
        assert line is not None
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Tab)
        qtbot.waitUntil(lambda done=line: table.findChild(QLineEdit) is not done)
    assert told[-1] == {"name": "Ada"}

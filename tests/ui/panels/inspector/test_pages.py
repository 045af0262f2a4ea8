"""The pages of the workflow, of wires, of frames and notes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.catalog import Catalog
from casare.model import Graph, Node
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.line import TextEditor
from casare.ui.panels.inspector.variables import (
    Variable,
    add_variable,
    remove_variables,
    rename_variable,
    rows_of,
    set_variable,
)
from casare.ui.panels.inspector.variables_table import VariablesModel


def line(editor: object) -> QLineEdit:
    assert isinstance(editor, TextEditor)
    return editor.line


def type_cell(panel: InspectorPanel, row: int, column: int, text: str, qtbot: QtBot) -> None:
    table = panel.workflow.table
    index = panel.workflow.model.index(row, column)
    table.setCurrentIndex(index)
    table.edit(index)
    field = table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    # Qt's delegate commits in the next turn of the event loop.
    qtbot.waitUntil(lambda: table.findChild(QLineEdit) is None)
    panel.flush()


def test_the_name_of_the_workflow_is_edited_in_one_step_and_other_keys_stay(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    field = line(panel.workflow.metadata.row("name").editor)
    assert field.text() == "orders"
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, "!!")
    assert document.graph.metadata == {"name": "orders!!", "custom": 1}
    assert document.history.labels()[0] == ["Edit name"]
    document.undo()
    panel.flush()
    assert field.text() == "orders"


def test_settings_are_edited_and_unknown_ones_are_kept(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    field = line(panel.workflow.settings.row("timeout").editor)
    field.clear()
    qtbot.keyClicks(field, "60")
    assert document.graph.settings == {"profile_budget": {"grade": "B"}, "timeout": 60}
    assert line(panel.workflow.settings.row("profile_budget").editor).text() == '{"grade": "B"}'


def test_a_variable_is_added_by_typing_its_name(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    type_cell(panel, 2, 0, "rows", qtbot)
    assert list(document.graph.variables) == ["total", "plain", "rows"]
    assert panel.workflow.model.rowCount() == 4
    type_cell(panel, 2, 2, "[1, 2]", qtbot)
    assert document.graph.variables["rows"]["default_value"] == [1, 2]
    document.undo()
    document.undo()
    panel.flush()
    assert panel.workflow.model.rowCount() == 3


def test_a_bad_name_is_refused_in_words(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    before = dict(document.graph.variables)
    type_cell(panel, 2, 0, "2 words", qtbot)
    assert not panel.workflow.refusal.isHidden()
    type_cell(panel, 2, 0, "total", qtbot)
    assert document.graph.variables == before
    type_cell(panel, 2, 0, "fine", qtbot)
    assert panel.workflow.refusal.isHidden()


def test_a_plain_value_stays_plain_until_it_gets_a_type(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    type_cell(panel, 1, 2, "other", qtbot)
    assert document.graph.variables["plain"] == "other"
    index = panel.workflow.model.index(1, 1)
    panel.workflow.table.edit(index)
    combo = panel.workflow.table.findChild(QComboBox)
    assert combo is not None
    combo.setCurrentText("List")
    combo.activated.emit(combo.currentIndex())
    assert document.graph.variables["plain"] == {"name": "plain", "type": "List", "default_value": "other"}


def test_the_default_of_a_sensitive_variable_stands_as_dots_until_it_is_edited(panel: InspectorPanel) -> None:
    model = VariablesModel(panel)
    model.show(rows_of({"key": {"type": "String", "default_value": "hunter2", "sensitive": True}, "plain": "seen"}))
    cells = [model.index(row, 2) for row in (0, 1)]
    assert [cell.data() for cell in cells] == ["••••••••", "seen"]
    assert [cell.data(Qt.ItemDataRole.ToolTipRole) for cell in cells] == [None, "seen"]
    assert cells[0].data(Qt.ItemDataRole.EditRole) == "hunter2"


def test_variables_are_deleted_with_the_key(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    panel.workflow.table.selectRow(0)
    qtbot.keyClick(panel.workflow.table, Qt.Key.Key_Delete)
    panel.flush()
    assert list(document.graph.variables) == ["plain"]
    document.undo()
    assert list(document.graph.variables) == ["total", "plain"]


def test_renaming_a_variable_renames_it_where_it_is_read_in_one_step() -> None:
    graph = Graph(
        [Node("log", "LogNode", {"message": "{{total}} of {{totals}}"}), Node("b", "T")],
        variables={"total": {"name": "total", "default_value": 1}, "other": 2},
    )
    before = graph.copy()
    change = rename_variable(graph, "total", "sum")
    assert change is not None
    inverse = graph.apply(change)
    assert graph.nodes["log"].config == {"message": "{{sum}} of {{totals}}"}
    assert list(graph.variables.items()) == [("sum", {"name": "sum", "default_value": 1}), ("other", 2)]
    graph.apply(inverse)
    assert graph == before


def test_a_reference_that_means_a_node_of_the_same_name_is_left_alone() -> None:
    graph = Graph([Node("total", "T"), Node("log", "LogNode", {"message": "{{total.result}}"})], variables={"total": 1})
    change = rename_variable(graph, "total", "sum")
    assert change is not None
    graph.apply(change)
    assert graph.nodes["log"].config == {"message": "{{total.result}}"}


def test_rows_show_records_and_plain_values_alike() -> None:
    assert rows_of({"a": {"type": "Integer", "default_value": 1}, "b": {"value": 2}, "c": [1], "d": {"x": 1}}) == [
        Variable("a", "Integer", 1),
        Variable("b", "Any", 2),
        Variable("c", "List", [1]),
        Variable("d", "Dict", {"x": 1}),
    ]


def test_edits_that_change_nothing_are_none() -> None:
    graph = Graph(variables={"a": 1})
    assert rename_variable(graph, "a", "a") is None
    assert remove_variables(graph, {"b"}) is None
    assert set_variable(graph, "a", default=1) is None
    with pytest.raises(ValueError, match="already"):
        add_variable(graph, "a")


def test_a_wire_shows_its_ends_and_leads_to_them(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    key = ("source", "body", "wired", "url")
    document.selection.set([], [key])
    panel.flush()
    (card,) = panel.wires.cards
    assert card.source.whole_text == "Fetch orders"
    revealed: list[tuple[str, ...]] = []
    document.reveal_requested.connect(revealed.append)
    qtbot.mouseClick(card.target, Qt.MouseButton.LeftButton)
    assert revealed == [("wired",)]


def test_selected_wires_are_disconnected_in_one_step(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.selection.set([], list(document.graph.connections))
    panel.flush()
    assert len(panel.wires.cards) == 2
    qtbot.mouseClick(panel.wires._delete, Qt.MouseButton.LeftButton)
    panel.flush()
    assert document.graph.connections == {}
    assert panel.page is panel.workflow
    document.undo()
    assert len(document.graph.connections) == 2


def test_a_frame_has_a_title_and_a_colour(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.selection.set([], [], ["f"])
    panel.flush()
    field = line(panel.decor.form.row("title").editor)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, " one")
    colour = line(panel.decor.form.row("color").editor)
    colour.clear()
    qtbot.keyClicks(colour, "#aabbcc")
    frame = document.graph.frames["f"]
    assert (frame.title, frame.color) == ("Batch one", "#aabbcc")
    while document.undo():
        pass
    panel.flush()
    assert field.text() == "Batch"
    assert document.graph.frames["f"].color == "#112233"


def test_a_note_has_a_text(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.selection.set([], [], [], ["n"])
    panel.flush()
    block = panel.decor.form.row("text").editor.main
    qtbot.keyClicks(block, "!")
    assert document.graph.notes["n"].text == "!Look"


def test_several_frames_and_notes_are_counted(panel: InspectorPanel, document: Document) -> None:
    document.selection.set([], [], ["f"], ["n"])
    panel.flush()
    assert panel.decor.form.isHidden()
    assert panel.decor._title.text() == "2 frames and notes"


def test_ports_lead_to_the_nodes_at_the_other_end(
    panel: InspectorPanel, document: Document, qtbot: QtBot, own_catalog: Catalog
) -> None:
    document.selection.set(["wired"])
    panel.flush()
    names = [one.accessibleName() for one in panel.nodes.ports.rows]
    assert names == [
        "exec in, control, not wired",
        "url, text, ← Fetch orders.body",
        "exec out, control, not wired",
        "body, text, not wired",
    ]
    qtbot.keyClick(panel.nodes.ports.rows[1], Qt.Key.Key_Return)
    assert document.selection.nodes == {"source"}

"""What a person can do in the inspector."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import delete, set_parameter
from casare.app.editing.parameters import is_bypassed
from casare.app.session import Session
from casare.catalog import Catalog
from casare.model import Graph, Node
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.blocks import BlockEditor
from casare.ui.panels.inspector.editors.choices import (
    BooleanEditor,
    ChoiceEditor,
    NodeEditor,
    VariableEditor,
)
from casare.ui.panels.inspector.editors.items import ItemsEditor
from casare.ui.panels.inspector.editors.json_editor import JsonEditor
from casare.ui.panels.inspector.editors.line import AnyEditor, NumberEditor, TextEditor
from casare.ui.panels.inspector.editors.multi_choice import MultiChoiceEditor
from casare.ui.panels.inspector.editors.paths import ColorEditor, MomentEditor, PathEditor
from casare.ui.panels.inspector.editors.secret import SecretEditor
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


def test_without_a_document_the_panel_says_so(session: Session, qtbot: QtBot) -> None:
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    assert panel.page is panel.empty


def test_the_page_follows_what_is_selected(panel: InspectorPanel, document: Document) -> None:
    selection = document.selection
    assert panel.page is panel.workflow
    for make, page in (
        (lambda: selection.set(["log"]), panel.nodes),
        (lambda: selection.set([], document.graph.connections), panel.wires),
        (lambda: selection.set([], [], ["f"]), panel.decor),
        (lambda: selection.set([], [], [], ["n"]), panel.decor),
        (lambda: selection.set(["log"], document.graph.connections, ["f"]), panel.nodes),
        (selection.clear, panel.workflow),
    ):
        make()
        panel.flush()
        assert panel.page is page


def test_the_panel_follows_the_active_document(panel: InspectorPanel, session: Session, document: Document) -> None:
    select(panel, document, "log")
    session.new()
    panel.flush()
    assert panel.page is panel.workflow
    session.activate(document)
    panel.flush()
    assert panel.page is panel.nodes
    session.close(document)
    session.close(session.documents[0])
    assert panel.page is panel.empty


def test_every_kind_of_parameter_gets_its_editor(panel: InspectorPanel, document: Document) -> None:
    select(panel, document, "every")
    wanted = {
        "text": TextEditor, "long": BlockEditor, "count": NumberEditor, "ratio": NumberEditor, "flag": BooleanEditor,
        "mode": ChoiceEditor, "days": MultiChoiceEditor, "file": PathEditor, "target": PathEditor,
        "folder": PathEditor, "payload": JsonEditor, "items": ItemsEditor, "headers": ItemsEditor,
        "code": BlockEditor, "condition": BlockEditor, "when": MomentEditor, "tint": ColorEditor,
        "token": SecretEditor, "variable": VariableEditor, "pair": NodeEditor, "anything": AnyEditor,
    }  # fmt: skip
    assert {name: type(row(panel, name).editor) for name in wanted} == wanted


def test_typing_in_one_field_is_one_step_and_leaving_it_ends_the_step(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    field = line(panel, "text")
    field.setFocus()
    qtbot.keyClicks(field, "Hello")
    assert config(document) == {"text": "Hello"}
    line(panel, "separator").setFocus()
    field.setFocus()
    qtbot.keyClicks(field, "!")
    assert document.history.labels()[0] == ["Edit text", "Edit text"]
    document.undo()
    assert config(document) == {"text": "Hello"}
    document.undo()
    assert config(document) == {}


def test_undo_refreshes_the_field_and_keeps_the_caret(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    field = line(panel, "text")
    field.setFocus()
    qtbot.keyClicks(field, "abcdef")
    document.seal()
    field.setCursorPosition(2)
    qtbot.keyClicks(field, "X")
    assert field.text() == "abXcdef"
    document.undo()
    panel.flush()
    assert field.text() == "abcdef"
    assert field.hasFocus()
    assert field.cursorPosition() == 3


def test_the_keys_of_undo_are_left_to_the_window(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), panel)
    shortcut.activated.connect(document.undo)
    select(panel, document, "every")
    field = line(panel, "text")
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    panel.flush()
    assert config(document) == {}
    assert field.text() == ""


def test_selecting_another_node_ends_the_step_of_typing(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    qtbot.keyClicks(line(panel, "text"), "ab")
    select(panel, document, "log")
    select(panel, document, "every")
    qtbot.keyClicks(line(panel, "text"), "c")
    assert len(document.history.labels()[0]) == 2


def test_an_emptied_field_takes_the_value_away_unless_the_default_is_another_text(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    qtbot.keyClicks(line(panel, "text"), "a")
    qtbot.keyClick(line(panel, "text"), Qt.Key.Key_Backspace)
    assert config(document) == {}
    assert line(panel, "separator").placeholderText() == ","
    qtbot.keyClicks(line(panel, "separator"), ";")
    qtbot.keyClick(line(panel, "separator"), Qt.Key.Key_Backspace)
    assert config(document) == {"separator": ""}
    panel.flush()
    assert line(panel, "separator").placeholderText() == "empty"


def test_the_default_is_the_placeholder_and_reset_brings_it_back(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    assert line(panel, "count").placeholderText() == "3"
    assert row(panel, "count")._reset.isHidden()
    qtbot.keyClicks(line(panel, "count"), "7")
    assert config(document) == {"count": 7}
    qtbot.mouseClick(row(panel, "count")._reset, Qt.MouseButton.LeftButton)
    panel.flush()
    assert config(document) == {}
    assert line(panel, "count").text() == ""
    assert row(panel, "count")._reset.isHidden()


def test_a_missing_required_value_is_told(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "every")
    assert row(panel, "file").message == "This needs a value."
    qtbot.keyClicks(line(panel, "file"), "in.csv")
    assert row(panel, "file").message == ""


def test_the_name_is_edited_in_place_and_an_empty_one_is_the_title(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "log")
    name = panel.nodes.header.name
    assert name.text() == "Log"
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Tell")
    assert document.graph.nodes["log"].name == "Tell"
    panel.flush()
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    panel.flush()
    assert document.graph.nodes["log"].name == ""
    qtbot.keyClick(name, Qt.Key.Key_Return)
    panel.flush()
    assert document.history.labels()[0] == ["Rename node"]
    select(panel, document, "a")
    select(panel, document, "log")
    assert name.text() == "Log"


def test_switching_a_node_off_is_one_step(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "log")
    qtbot.keyClick(panel.nodes.header.enabled, Qt.Key.Key_Space)
    assert config(document, "log")["_disabled"] is True
    document.undo()
    panel.flush()
    assert panel.nodes.header.enabled.isChecked()


def test_several_nodes_of_a_type_are_edited_together_in_one_step(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "log", "log2")
    assert panel.nodes.header.name.text() == "2 nodes"
    editor = row(panel, "message").editor
    assert isinstance(editor, BlockEditor)
    assert editor.block.placeholderText() == "several values"
    qtbot.keyClicks(editor.block, "both")
    assert [config(document, one)["message"] for one in ("log", "log2")] == ["both", "both"]
    assert len(document.history.labels()[0]) == 1
    document.undo()
    assert [config(document, one)["message"] for one in ("log", "log2")] == ["one", "two"]


def test_several_nodes_are_switched_off_together(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    select(panel, document, "log", "a", "every")
    assert panel.nodes.normal.rows == []
    qtbot.keyClick(panel.nodes.header.enabled, Qt.Key.Key_Space)
    assert all(config(document, one)["_disabled"] for one in ("log", "a", "every"))
    select(panel, document, "log", "log2")
    assert panel.nodes.header.enabled.checkState() == Qt.CheckState.PartiallyChecked


def test_rows_are_used_again_for_the_next_node(panel: InspectorPanel, document: Document) -> None:
    select(panel, document, "every")
    before = panel.nodes.normal.rows
    select(panel, document, "source")
    assert panel.nodes.normal.rows == before
    made = len(panel.findChildren(FieldRow))
    for one in ("log", "every", "odd", "wired", "log2", "every"):
        select(panel, document, one)
    again = len(panel.findChildren(FieldRow))
    for one in ("log", "every", "odd", "wired", "log2", "every"):
        select(panel, document, one)
    assert len(panel.findChildren(FieldRow)) == again >= made


def test_many_selections_in_one_turn_are_shown_once(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    shown: list[tuple[str, ...]] = []
    refresh = panel.nodes.refresh
    panel.nodes.refresh = lambda: (refresh(), shown.append(panel.nodes.node_ids))  # type: ignore[method-assign]
    for one in ("log", "every", "log2"):
        document.selection.set([one])
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [("log2",)]


def test_deleting_the_selected_node_shows_the_workflow(panel: InspectorPanel, document: Document) -> None:
    select(panel, document, "log2")
    document.do(delete(document.graph, nodes=["log2"]))
    panel.flush()
    assert panel.page is panel.workflow


def test_nothing_asks_for_more_width_than_a_narrow_dock_has(panel: InspectorPanel, document: Document) -> None:
    for chosen in (["every"], ["wired"], ["odd"], ["log", "log2"], ["log", "a"], []):
        select(panel, document, *chosen)
        panel.resize(280, 900)
        page = panel.page
        content = page.widget()  # type: ignore[attr-defined]
        assert content.minimumSizeHint().width() <= 270, chosen
        wide = [
            child
            for child in content.findChildren(QWidget)
            if child.isVisible() and child.x() + child.width() > child.parentWidget().width() + 1
        ]
        assert [child for child in wide if child.parentWidget().metaObject().className() != "QWidget"] == []


def test_tab_goes_through_the_fields_from_top_to_bottom(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "every")
    line(panel, "text").setFocus()
    seen: list[str] = []
    for _ in range(12):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        owner: Any = panel.focusWidget()
        while owner is not None and not isinstance(owner, FieldRow):
            owner = owner.parentWidget()
        if owner is not None and owner.field.param.name not in seen:
            seen.append(owner.field.param.name)
    assert seen[:5] == ["separator", "long", "count", "ratio", "flag"]


def test_every_field_has_a_name_for_screen_readers(panel: InspectorPanel, document: Document) -> None:
    select(panel, document, "every")
    for one in (*panel.nodes.normal.rows, *panel.nodes.advanced.rows):
        assert one.editor.main.accessibleName() == one.field.param.title


def test_the_help_of_the_type_opens_and_closes_at_escape(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    from casare.ui.panels.inspector.help_popover import HelpPopover

    select(panel, document, "every")
    panel.nodes.header.open_help()
    popover = panel.findChild(HelpPopover)
    assert popover is not None
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.findChild(HelpPopover) is None)


def test_a_closed_panel_is_not_kept_alive_by_its_document(session: Session, own_catalog: Catalog, qtbot: QtBot) -> None:
    import gc
    import weakref

    document = Document(Graph([Node("log", "LogNode", {"message": "x"})]), catalog=own_catalog)
    session.documents.append(document)
    session.activate(document)
    panel = InspectorPanel(session)
    document.selection.set(["log"])
    panel.flush()
    alive = weakref.ref(panel)
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete.value)
    del panel
    gc.collect()
    document.do(set_parameter(document.graph, "log", "message", "y"))
    assert alive() is None


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_page_can_be_drawn_in_both_themes(
    panel: InspectorPanel, document: Document, look: Any, theme: str
) -> None:
    look.mode = theme
    for make in (
        lambda: document.selection.set(["every"]),
        lambda: document.selection.set(["wired"]),
        lambda: document.selection.set([], document.graph.connections),
        lambda: document.selection.set([], [], ["f"]),
        document.selection.clear,
    ):
        make()
        panel.flush()
        assert not panel.grab().isNull()


def test_changing_the_theme_edits_nothing(panel: InspectorPanel, document: Document, look: Any, qtbot: QtBot) -> None:
    document.do(set_parameter(document.graph, "every", "condition", "{{x}} > 1"))
    document.do(set_parameter(document.graph, "every", "payload", {"a": [1]}))
    select(panel, document, "every")
    block, expression = row(panel, "payload").editor.main, line(panel, "count")
    qtbot.keyClicks(expression, "{{x}}")
    before, fonts = document.history.labels(), (block.font().families(), expression.font().families())
    look.mode = "light"
    qtbot.waitUntil(lambda: not panel.grab().isNull())
    assert document.history.labels() == before
    assert (block.font().families(), expression.font().families()) == fonts


def test_a_bypassed_node_says_so_and_either_box_takes_it_back(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    select(panel, document, "log")
    header = panel.nodes.header
    qtbot.keyClick(header.bypassed, Qt.Key.Key_Space)
    panel.flush()
    assert is_bypassed(document.graph, "log")
    assert (header.enabled.isChecked(), header.bypassed.isChecked()) == (False, True)
    qtbot.keyClick(header.enabled, Qt.Key.Key_Space)
    panel.flush()
    assert "_disabled" not in config(document, "log")
    assert (header.enabled.isChecked(), header.bypassed.isChecked()) == (True, False)
    document.undo()
    select(panel, document, "log", "log2")
    assert header.bypassed.checkState() == Qt.CheckState.PartiallyChecked

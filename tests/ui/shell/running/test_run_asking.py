"""Filling in values before a run, with keys and mouse; and what is remembered of them."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.running.live_run import LiveRun
from casare.foundation.folders import data_folder
from casare.model import Connection, Graph, Node
from casare.ui.dialogs.run_values import RunValuesSheet
from casare.ui.dialogs.value_form import ValueRow
from casare.ui.shell.frame.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
VARIABLES = {
    "greeting": {"name": "greeting", "type": "String", "default_value": "Hello"},
    "limit": {"name": "limit", "type": "Integer", "default_value": 10},
    "key": {"name": "key", "type": "String", "default_value": "", "sensitive": True},
    "version": {"name": "version", "type": "String", "default_value": "1", "readonly": True},
}


def greeter(variables: dict[str, object] | None = None) -> Graph:
    return Graph(
        [
            Node("start", "StartNode", {}, (0, 0)),
            Node("who", "SubflowInputNode", {"port_name": "name", "default_value": "Ann"}, (0, 200)),
            Node("tell", "LogNode", {"message": "{{greeting}} {{who.value}} {{limit}} {{key}}"}, (300, 0)),
        ],
        [Connection("start", "exec_out", "tell", "exec_in")],
        variables=VARIABLES if variables is None else variables,
    )


def asked(window: MainWindow, graph: Graph | None = None) -> RunValuesSheet:
    if graph is not None:
        window.session.open_graph(graph, "greeter")
    window.actions_table.flush()
    window.actions_table.run("run.with_values")
    sheet = window.findChild(RunValuesSheet)
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def row_of(sheet: RunValuesSheet, key: str) -> ValueRow:
    return next(row for row in sheet.form.rows if row.asked.key == key)


def type_in(sheet: RunValuesSheet, key: str, text: str) -> QLineEdit:
    line = row_of(sheet, key).editor.main
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    return line


def last_run(window: MainWindow) -> LiveRun:
    assert window.session.active is not None
    run = window.session.runs.of(window.session.active).run
    assert run is not None
    assert run.wait(30)
    return run


def logged(window: MainWindow) -> str:
    report = last_run(window).report
    assert report is not None
    return report.log[-1].message


def test_what_is_typed_reaches_the_run_and_enter_begins_it(qtbot: QtBot, window: MainWindow) -> None:
    sheet = asked(window, greeter())
    assert [row.asked.key for row in sheet.form.rows] == ["who", "greeting", "limit", "key"], "not what is read only"
    type_in(sheet, "who", "Bo")
    line = type_in(sheet, "limit", "42")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(RunValuesSheet) is None)
    assert logged(window).startswith("Hello Bo 42")


def test_a_wrong_value_keeps_the_sheet_open_and_says_why(window: MainWindow) -> None:
    sheet = asked(window, greeter())
    line = type_in(sheet, "limit", "many")
    assert row_of(sheet, "limit").problem == "This needs a whole number."
    assert not sheet.run_button.isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.form.reset()
    assert sheet.run_button.isEnabled()


def test_values_are_remembered_for_the_workflow_but_secrets_never_written_down(
    qtbot: QtBot, window: MainWindow
) -> None:
    sheet = asked(window, greeter())
    type_in(sheet, "greeting", "Ciao")
    secret = type_in(sheet, "key", "t0p-s3cret")
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(RunValuesSheet) is None)
    run = last_run(window)
    assert run.report is not None
    assert run.report.log[-1].message == "Ciao Ann 10 •••", "the run has it and hides it"
    assert run.variables()["key"] == "•••"
    assert all("t0p-s3cret" not in entry.message for entry in window.book.entries()), "the log does not show it"
    again = asked(window)
    assert again.form.values == {"greeting": "Ciao", "key": "t0p-s3cret"}, "as long as the window is open"
    kept = json.loads((data_folder() / "run-values.json").read_text())
    assert list(kept.values()) == [{"greeting": "Ciao"}]
    again.dismiss()


def test_without_anything_to_fill_in_a_word_says_so(window: MainWindow) -> None:
    window.session.open_graph(Graph([Node("start", "StartNode", {}, (0, 0))]), "plain")
    window.actions_table.flush()
    window.actions_table.run("run.with_values")
    assert window.findChild(RunValuesSheet) is None
    assert any("no variables" in label.text() for label in window.toast.findChildren(QLabel))


def test_a_run_from_a_trigger_begins_with_its_sample(window: MainWindow) -> None:
    graph = Graph(
        [
            Node("hook", "WebhookTriggerNode", {"sample": {"payload": {"total": 7}}}, (0, 0)),
            Node("tell", "LogNode", {"message": "{{payload.total}}"}, (300, 0)),
            Node("start", "StartNode", {}, (0, 200)),
            Node("other", "LogNode", {"message": "not this"}, (300, 200)),
        ],
        [Connection("hook", "exec_out", "tell", "exec_in"), Connection("start", "exec_out", "other", "exec_in")],
    )
    window.session.open_graph(graph, "hook")
    window.actions_table.flush()
    window.actions_table.run("run.from_trigger")
    report = last_run(window).report
    assert report is not None
    assert [line.message for line in report.log] == ["7"]

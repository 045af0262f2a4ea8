"""Running nodes ask the person in the real window, by keys and mouse."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.running.live_runs import DocumentRuns
from casare.model import Connection, Graph, Node
from casare.ui.dialogs.question import QuestionSheet
from casare.ui.shell.frame.main_window import MainWindow


def started(window: MainWindow, *nodes: Node) -> DocumentRuns:
    wires = [Connection(one.id, "exec_out", other.id, "exec_in") for one, other in itertools.pairwise(nodes)]
    document = window.session.open_graph(Graph(nodes, wires), "asking")
    window.actions_table.flush()
    window.actions_table.run("run.start")
    return window.session.runs.of(document)


def shown(qtbot: QtBot, window: MainWindow) -> QuestionSheet:
    def visible() -> list[QuestionSheet]:
        return [one for one in window.findChildren(QuestionSheet) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()))
    return visible()[0]


def log_of(runs: DocumentRuns) -> list[str]:
    assert runs.run is not None
    assert runs.run.wait(30)
    assert runs.run.report is not None
    return [line.message for line in runs.run.report.log]


def test_what_is_typed_into_a_question_goes_on_in_the_run(qtbot: QtBot, window: MainWindow) -> None:
    runs = started(
        window,
        Node("ask", "InputDialogNode", {"message": "What is your name?", "title": "Name"}, (0, 0)),
        Node("tell", "LogNode", {"message": "Hello {{ask.value}}"}, (300, 0)),
    )
    sheet = shown(qtbot, window)
    line = sheet.form.rows[0].editor.main
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "Ann")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert log_of(runs) == ["Hello Ann"]


def test_questions_come_one_after_the_other_and_escape_means_no(qtbot: QtBot, window: MainWindow) -> None:
    runs = started(
        window,
        Node("first", "ConfirmDialogNode", {"message": "First?"}, (0, 0)),
        Node("second", "ConfirmDialogNode", {"message": "Second?"}, (300, 0)),
        Node("tell", "LogNode", {"message": "{{first.result}} {{second.result}}"}, (600, 0)),
    )
    first = shown(qtbot, window)
    QTest.mouseClick(first.buttons[-1], Qt.MouseButton.LeftButton)
    second = shown(qtbot, window)
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert log_of(runs) == ["yes no"]


def test_a_stopped_run_takes_its_question_away(qtbot: QtBot, window: MainWindow) -> None:
    runs = started(window, Node("ask", "InputDialogNode", {"message": "Name?"}, (0, 0)))
    shown(qtbot, window)
    runs.stop()
    qtbot.waitUntil(lambda: not window.findChildren(QuestionSheet))
    assert runs.run is not None
    assert runs.run.wait(30)
    assert runs.run.status == "cancelled"


def test_the_clipboard_of_the_window_is_written_and_read(qtbot: QtBot, window: MainWindow) -> None:
    runs = started(
        window,
        Node("copy", "ClipboardCopyNode", {"text": "from a node"}, (0, 0)),
        Node("paste", "ClipboardPasteNode", {}, (300, 0)),
        Node("tell", "LogNode", {"message": "{{paste.text}}"}, (600, 0)),
    )
    qtbot.waitUntil(lambda: runs.run is not None and runs.run.is_over)
    assert log_of(runs) == ["from a node"]
    assert QGuiApplication.clipboard().text() == "from a node"


def test_a_question_with_a_time_limit_answers_itself(qtbot: QtBot, window: MainWindow) -> None:
    runs = started(
        window,
        Node("ask", "MessageBoxNode", {"message": "Going on", "buttons": "yes_no", "timeout": 0.2}, (0, 0)),
        Node("tell", "LogNode", {"message": "{{ask.result}}"}, (300, 0)),
    )
    shown(qtbot, window)
    qtbot.waitUntil(lambda: runs.run is not None and runs.run.is_over)
    assert log_of(runs) == ["yes"]


def test_what_has_to_be_filled_in_is_called_missing_only_once_somebody_is_done(
    qtbot: QtBot, window: MainWindow
) -> None:
    runs = started(
        window,
        Node("ask", "FormDialogNode", {"fields": [{"name": "who", "required": True}]}, (0, 0)),
        Node("tell", "LogNode", {"message": "{{ask.data.who}}"}, (300, 0)),
    )
    sheet = shown(qtbot, window)
    row = sheet.form.rows[0]
    assert row.mistake == ""
    QTest.mouseClick(sheet.buttons[-1], Qt.MouseButton.LeftButton)
    assert (sheet.isVisible(), row.mistake) == (True, "This needs a value.")
    QTest.keyClicks(row.editor.main, "Bo")
    assert row.mistake == ""
    QTest.mouseClick(sheet.buttons[-1], Qt.MouseButton.LeftButton)
    assert log_of(runs) == ["Bo"]

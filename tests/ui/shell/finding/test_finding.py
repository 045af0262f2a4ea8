"""Find in graph in the real window: bar, marks, steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import AddFrames, AddNodes, AddNotes, Frame, Node, Note, SetConfig
from casare.ui.shell.finding.finding import Finding
from casare.ui.shell.frame.main_window import MainWindow


@pytest.fixture
def document(window: MainWindow) -> Document:
    """Return a document with things to find, in front."""
    made = window.session.new()
    made.do(
        AddNodes(
            (
                Node("a", "LogNode", {"message": "apple"}, (0, 0)),
                Node("b", "LogNode", {"message": "pear"}, (400, 0)),
                Node("c", "LogNode", {"message": "apple pie"}, (6000, 4000)),
            )
        )
    )
    made.do(AddNotes((Note("n", "an apple a day", (0, 400)),)))
    made.do(AddFrames((Frame("f", "Fruit", position=(-50, -80), size=(900, 300), node_ids=("a", "b")),)))
    return made


@pytest.fixture
def finding(window: MainWindow, document: Document) -> Finding:
    """Return the opened find bar."""
    window.actions_table.run("find.open")
    assert window.finding is not None
    return window.finding


def ask(qtbot: QtBot, finding: Finding, text: str) -> None:
    finding.bar.field.clear()
    QTest.keyClicks(finding.bar.field, text)
    qtbot.waitUntil(lambda: not finding.watch.searching)


def test_typing_counts_what_fits_and_takes_the_rest_back(qtbot: QtBot, window: MainWindow, finding: Finding) -> None:
    ask(qtbot, finding, "apple")
    assert finding.bar.count_text == "3 found"
    assert window.canvas is not None
    found = window.canvas.stage.found
    assert found is not None
    assert (found.nodes, found.notes) == ({"a", "c"}, {"n"})
    ask(qtbot, finding, "quince")
    assert finding.bar.count_text == "No matches"
    assert window.canvas.stage.found is None


def test_enter_walks_through_the_matches_and_brings_them_into_view(
    qtbot: QtBot, window: MainWindow, finding: Finding, document: Document
) -> None:
    ask(qtbot, finding, "message pie")
    ask(qtbot, finding, "type:log apple")
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
    assert document.selection.nodes == {"a"}
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
    assert document.selection.nodes == {"c"}
    assert window.canvas is not None
    assert window.canvas.navigator.seen().contains(6050, 4020)
    assert finding.bar.count_text == "2 of 2"
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert document.selection.nodes == {"a"}


def test_enter_right_after_typing_goes_to_what_was_typed(qtbot: QtBot, finding: Finding, document: Document) -> None:
    QTest.keyClicks(finding.bar.field, "pear")
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: document.selection.nodes == {"b"})


def test_f3_goes_on_when_the_bar_is_closed_and_esc_clears_the_marks(
    qtbot: QtBot, window: MainWindow, finding: Finding, document: Document
) -> None:
    ask(qtbot, finding, "apple type:log")
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Escape)
    assert finding.bar.isHidden()
    assert window.canvas is not None
    assert window.canvas.stage.found is None
    window.actions_table.run("find.next")
    window.actions_table.run("find.next")
    assert document.selection.nodes == {"c"}
    window.actions_table.run("find.previous")
    assert document.selection.nodes == {"a"}


def test_frames_and_notes_are_found_and_gone_to(qtbot: QtBot, finding: Finding, document: Document) -> None:
    ask(qtbot, finding, "is:frame")
    finding.step(1)
    assert document.selection.frames == {"f"}
    ask(qtbot, finding, "a day")
    finding.step(1)
    assert document.selection.notes == {"n"}


def test_all_matches_can_be_selected_at_once(qtbot: QtBot, finding: Finding, document: Document) -> None:
    ask(qtbot, finding, "apple")
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert document.selection.nodes == {"a", "c"}
    assert document.selection.notes == {"n"}


def test_an_edit_changes_what_is_found(qtbot: QtBot, finding: Finding, document: Document) -> None:
    ask(qtbot, finding, "apple")
    document.do(SetConfig("b", {"message": "apple too"}))
    qtbot.waitUntil(lambda: finding.bar.count_text == "4 found")


def test_the_query_stays_when_another_document_comes_to_the_front(
    qtbot: QtBot, window: MainWindow, finding: Finding, document: Document
) -> None:
    ask(qtbot, finding, "apple")
    other = window.session.new()
    qtbot.waitUntil(lambda: finding.watch.document is other and finding.bar.count_text == "No matches")
    window.session.activate(document)
    qtbot.waitUntil(lambda: finding.bar.count_text == "3 found")


def test_problems_are_found_by_the_state_they_have(qtbot: QtBot, window: MainWindow, finding: Finding) -> None:
    assert window.watch is not None
    window.watch.flush()
    ask(qtbot, finding, "is:problem")
    expected = {problem.node_id for problem in window.watch.problems if problem.node_id}
    assert {match.id for match in finding.watch.found.matches} == expected


def test_find_in_files_searches_the_folder_of_the_workflow_in_front(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    window.files.open([sample])
    window.actions_table.run("find.in_files")
    assert window.session.active is None
    assert window.start_page.folder == sample.parent
    qtbot.waitUntil(window.start_page.field.hasFocus)
    QTest.keyClicks(window.start_page.field, "text rep")
    qtbot.waitUntil(lambda: [card.path for card in window.start_page.model.cards()] == [sample])

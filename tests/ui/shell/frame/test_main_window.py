"""The window through a person's hands: open, edit, tabs, docks, status, closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import AddNodes, Node
from casare.ui.shell.frame.docks import INSPECTOR, PALETTE, PROBLEMS, PROFILER
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.frame.tabs import TabButton
from tests.ui.shell.conftest import MakeWindow, close_window, drop_files


def _edit(document: Document, name: str = "added") -> None:
    document.do(AddNodes((Node(name, "LogNode"),)))


def _button(window: MainWindow, at: int) -> TabButton:
    button = window.tabs.tabButton(at, QTabBar.ButtonPosition.RightSide)
    assert isinstance(button, TabButton)
    return button


def test_a_window_begins_on_the_start_page_without_building_docks(window: MainWindow) -> None:
    assert window.start_page.isVisible()
    assert window.workspace is None
    assert window.tabs.count() == 1


def test_opening_a_file_brings_a_tab_a_canvas_and_the_counts(window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    assert [window.tabs.tabText(at) for at in range(2)] == ["Start", "text-report"]
    assert window.canvas is not None
    assert window.canvas.hasFocus()
    assert window.status.counts == "9 nodes · 10 wires"
    assert window.windowTitle().startswith("text-report")


def test_a_file_that_cannot_be_opened_is_told_over_the_others(window: MainWindow, sample: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    window.files.open([broken, sample, tmp_path / "gone.json"])
    assert len(window.session.documents) == 1
    assert len(window.notices.banners) == 2
    assert all(name in " ".join(window.notices.texts) for name in ("broken.json", "gone.json"))
    assert [entry.level.title for entry in window.book.entries()].count("Error") == 2


def test_an_edit_shows_a_dot_that_undo_takes_away(window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    document = window.session.documents[0]
    _edit(document)
    assert _button(window, 1).modified
    assert window.isWindowModified()
    document.undo()
    assert not _button(window, 1).modified


def test_the_middle_button_closes_the_tab_it_is_pressed_on(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    window.session.new()
    place = window.tabs.tabRect(1).center()
    qtbot.mouseClick(window.tabs, Qt.MouseButton.MiddleButton, pos=place)
    assert [document.path for document in window.session.documents] == [None]
    qtbot.mouseClick(window.tabs, Qt.MouseButton.MiddleButton, pos=window.tabs.tabRect(0).center())
    assert window.tabs.count() == 2


def test_start_stays_first_when_tabs_are_moved(window: MainWindow) -> None:
    for _ in range(2):
        window.session.new()
    window.tabs.moveTab(2, 0)
    assert window.tabs.tabText(0) == "Start"
    assert len(window.tabs.documents()) == 2
    window.tabs.moveTab(1, 2)
    assert window.tabs.documents() == window.session.documents


def test_choosing_a_tab_turns_the_session_and_back(qtbot: QtBot, window: MainWindow) -> None:
    first, second = window.session.new(), window.session.new()
    qtbot.mouseClick(window.tabs, Qt.MouseButton.LeftButton, pos=window.tabs.tabRect(1).center())
    assert window.session.active is first
    qtbot.mouseClick(window.tabs, Qt.MouseButton.LeftButton, pos=window.tabs.tabRect(0).center())
    assert window.session.active is None
    assert window.start_page.isVisible()
    window.session.activate(second)
    assert window.tabs.currentIndex() == 2


def test_ctrl_w_closes_a_clean_tab_at_once(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    qtbot.keyClick(window.canvas, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.session.documents == []
    assert window.start_page.isVisible()


def test_a_tab_with_changes_asks_and_cancel_keeps_it(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    _edit(window.session.documents[0])
    window.actions_table.run("file.close")
    sheet = window.files.closing.sheet
    assert sheet is not None
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert len(window.session.documents) == 1
    assert window.files.closing.sheet is None


def test_save_in_the_question_writes_the_file_and_closes(window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    _edit(window.session.documents[0])
    window.actions_table.run("file.close")
    sheet = window.files.closing.sheet
    assert sheet is not None
    sheet.save_button.click()
    assert window.session.documents == []
    assert b'"added"' in sample.read_bytes()


def test_closing_the_window_asks_once_for_all_documents(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    _edit(window.session.documents[0])
    _edit(window.session.new())
    assert not window.close()
    assert not window.close()
    sheet = window.files.closing.sheet
    assert sheet is not None
    assert len(sheet.boxes) == 2
    sheet.boxes[1].click()
    sheet.save_button.click()
    assert not window.isVisible()
    assert b'"added"' in sample.read_bytes()


def test_a_save_that_fails_keeps_the_document_and_says_so_over_it(
    window: MainWindow, sample: Path, tmp_path: Path
) -> None:
    window.files.open([sample])
    document = window.session.documents[0]
    _edit(document)
    window.files.saving._write(document, tmp_path / "no-such-folder" / "x.json", lambda: pytest.fail("was not saved"))
    assert document.is_modified
    assert len(window.notices_of(document).banners) == 1


def test_save_as_adds_the_suffix_of_the_chosen_kind_and_saves(
    qtbot: QtBot, window: MainWindow, sample: Path, tmp_path: Path
) -> None:
    window.files.open([sample])
    window.actions_table.run("file.save_as")
    dialog = window.files.saving.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.selectNameFilter(dialog.nameFilters()[1])
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "json.zst"
    dialog.fileSelected.emit(str(tmp_path / "copy.json.zst"))
    dialog.close()
    assert window.session.documents[0].path == tmp_path / "copy.json.zst"
    assert (tmp_path / "copy.json.zst").read_bytes()[:4] == b"\x28\xb5\x2f\xfd"


def test_files_dropped_on_the_window_are_opened(window: MainWindow, sample: Path) -> None:
    drop_files(window, [sample])
    assert [document.path for document in window.session.documents] == [sample]


def test_ctrl_p_shows_the_profiler_then_goes_back_to_the_inspector(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    window.files.open([sample])
    docks = window.workspace.docks if window.workspace is not None else None
    assert docks is not None
    qtbot.waitUntil(lambda: docks.is_front(INSPECTOR))
    assert docks.panel(PROFILER) is None
    action = window.actions_table["view.profiler"]
    qtbot.keyClick(window.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: docks.is_front(PROFILER) and action.isChecked())
    assert docks.panel(PROFILER) is not None
    qtbot.keyClick(window.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: docks.is_front(INSPECTOR) and not action.isChecked())


def test_ctrl_p_closes_the_profiler_when_nothing_stands_behind_it(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    window.files.open([sample])
    assert window.workspace is not None
    docks = window.workspace.docks
    docks[INSPECTOR].close()
    window.show_dock(PROFILER)
    qtbot.waitUntil(lambda: docks.is_front(PROFILER))
    window.actions_table.run("view.profiler")
    assert not docks.is_open(PROFILER)


def test_the_docks_below_are_closed_at_first_and_the_count_opens_them(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    window.files.open([sample])
    assert window.workspace is not None
    docks = window.workspace.docks
    assert not docks.is_open(PROBLEMS)
    window.status.problems_requested.emit()
    qtbot.waitUntil(lambda: docks.is_front(PROBLEMS))


def test_the_grade_reaches_the_status_bar(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    qtbot.waitUntil(lambda: window.status.grade is not None)
    assert window.status.grade == window.session.documents[0].grade


def test_counts_follow_edits_and_the_selection(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    _edit(document, "a")
    document.selection.set(["a"])
    qtbot.waitUntil(lambda: window.status.counts == "1 node · 0 wires · 1 selected")


def test_an_entry_of_the_palette_lands_on_the_canvas_in_front(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    workspace = window.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.palette_panel is not None)
    panel = workspace.palette_panel
    assert panel is not None
    qtbot.keyClicks(panel.field, "readfile")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    (node,) = document.graph.nodes.values()
    assert (node.type, node.config) == ("FileSystemSuperNode", {"action": "Read File"})
    assert document.selection.nodes == {node.id}


def test_tab_on_the_canvas_adds_a_node_by_typing(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Tab)
    sheet = window.overlays.sheet
    assert sheet is not None
    field = window.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "log")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [node.type for node in document.graph.nodes.values()] == ["LogNode"]
    assert window.canvas is not None
    assert window.canvas.hasFocus()


def test_the_theme_follows_the_setting_and_is_remembered(window: MainWindow) -> None:
    window.session.new()
    window.actions_table.run("view.theme_light")
    assert window.appearance.theme.name == "light"
    assert window.session.settings.current.theme == "light"


def test_dock_layout_is_remembered_across_windows(qtbot: QtBot, make_window: MakeWindow) -> None:
    first = make_window()
    first.session.new()
    assert first.workspace is not None
    first.workspace.docks[PALETTE].close()
    first.show_dock(PROBLEMS)
    close_window(first)
    second = make_window()
    second.session.new()
    assert second.workspace is not None
    docks = second.workspace.docks
    qtbot.waitUntil(lambda: docks.is_front(PROBLEMS) and not docks.is_open(PALETTE))


def test_no_dead_tab_bar_lies_over_the_docks(qtbot: QtBot, make_window: MakeWindow) -> None:
    for _ in range(2):
        window = make_window()
        window.session.new()
        qtbot.waitUntil(lambda window=window: window.dock_is_front(INSPECTOR))
        QApplication.processEvents()
        assert window.workspace is not None
        bars = [bar for bar in window.workspace.findChildren(QTabBar) if not bar.visibleRegion().isEmpty()]
        assert [[bar.tabText(at) for at in range(bar.count())] for bar in bars] == [
            ["Nodes", "Outline"],
            ["Inspector", "Profiler"],
        ]
        close_window(window)


def test_a_defect_is_told_with_details_to_copy_and_nothing_closes(window: MainWindow) -> None:
    window.session.new()
    window.tell_defect("Something went wrong", "Traceback: here")
    assert window.notices.texts == ["Something went wrong"]
    assert window.isVisible()


def test_the_context_menu_selects_what_was_clicked(window: MainWindow) -> None:
    from casare.ui.canvas import CanvasTarget
    from casare.ui.shell.frame.context_menu import context_menu

    document = window.session.new()
    _edit(document, "a")
    target = CanvasTarget("node", "a", None, QPointF(0, 0), QPoint(0, 0))
    menu = context_menu(target, document, window.actions_table, window)
    assert document.selection.nodes == {"a"}
    assert all(action.isEnabled() for action in menu.actions() if action.objectName() == "edit.delete")
    menu.close()
    menu.deleteLater()


def test_a_file_with_errors_opens_with_its_problems_to_be_seen(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    content = sample.read_text().replace(
        '"connections": [',
        '"connections": [{"source_node": "no", "source_port": "a", "target_node": "where", "target_port": "b"},',
    )
    sample.write_text(content)
    window.files.open([sample])
    assert window.workspace is not None
    docks = window.workspace.docks
    qtbot.waitUntil(lambda: docks.is_front(PROBLEMS))
    docks[PROBLEMS].close()
    _edit(window.session.documents[0])
    assert not docks.is_open(PROBLEMS)


def test_the_critical_path_is_drawn_on_the_canvas_in_front_only(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    window.session.new()
    behind = window.canvas
    window.files.open([sample])
    window.show_dock(PROFILER)
    front, workspace = window.canvas, window.workspace
    assert front is not None
    assert behind is not None
    assert workspace is not None
    chosen = tuple(front.document.graph.nodes)[:2]
    panel = workspace.docks.panel(PROFILER)
    panel.critical_shown.emit(chosen)  # type: ignore[union-attr]
    assert front.stage.critical_nodes == set(chosen)
    assert not behind.stage.critical_nodes


def test_opening_a_file_tells_the_log_how_long_each_stage_took(window: MainWindow, sample: Path) -> None:
    window.files.open([sample])
    note = window.book.entries()[-1].details
    assert [word.split()[0] for word in note.splitlines()[-1].split(", ")][:2] == ["read", "decompress"]
    assert note.count(" ms") >= 5

"""Everything that can have the keyboard focus says what it is, in every state of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from casare.model import AddNodes, Node
from casare.ui.shell.frame.main_window import MainWindow


def nameless(window: MainWindow) -> set[str]:
    """Return the widgets in view that can be focused and have no name."""
    found: set[str] = set()
    views = window.workspace.views() if window.workspace is not None else []
    # The viewport of a canvas is no child of it in the tree that a screen reader sees.
    canvases = {canvas.viewport() for view in views for canvas in view.canvases}
    for widget in window.findChildren(QWidget):
        seen = widget.isVisible() and not widget.visibleRegion().isEmpty()
        reachable = seen and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not reachable or widget in canvases:
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name):
            found.add(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def nameless_icons(window: MainWindow) -> set[str]:
    """Return the buttons in view, whether they take the focus or not, that are only an icon and have no name."""
    found: set[str] = set()
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.text() and not button.accessibleName():
            told = QAccessible.queryAccessibleInterface(button)
            if told is None or not told.text(QAccessible.Text.Name):
                found.add(f"{type(button).__name__} in {type(button.parent()).__name__}")
    return found


@pytest.mark.parametrize("dock", ["", "palette", "outline", "inspector", "profiler", "problems", "log", "data", "runs"])
def test_every_button_with_only_an_icon_has_a_name(window: MainWindow, dock: str) -> None:
    if dock:
        document = window.session.new()
        document.do(AddNodes((Node("ask", "ExecuteBatchNode", {"statements": ["SELECT 1"]}),)))
        document.selection.set(["ask"])
        window.show_dock(dock)
    QApplication.processEvents()
    assert len(window.findChildren(QAbstractButton)) > 3
    assert nameless_icons(window) == set()


def test_the_start_page_names_everything(window: MainWindow) -> None:
    assert nameless(window) == set()


@pytest.mark.parametrize("dock", ["palette", "outline", "inspector", "profiler", "problems", "log"])
def test_every_dock_names_everything(window: MainWindow, dock: str) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode", {"message": "x"}),)))
    document.selection.set(["a"])
    window.show_dock(dock)
    QApplication.processEvents()
    assert nameless(window) == set()


@pytest.mark.parametrize("sheet", ["commands", "keys", "edit_keys", "about", "switch"])
def test_every_sheet_names_everything(window: MainWindow, sheet: str) -> None:
    window.session.new()
    getattr(window.overlays, sheet)()
    QApplication.processEvents()
    assert nameless(window) == set()
    assert window.overlays.sheet is not None
    window.overlays.sheet.close_sheet()


def test_the_find_bar_names_everything_and_is_reached_by_tab(window: MainWindow) -> None:
    window.session.new()
    window.actions_table.run("find.open")
    assert nameless(window) == set()
    assert window.finding is not None
    bar = window.finding.bar
    assert bar.close_button.focusPolicy() & Qt.FocusPolicy.TabFocus

"""The areas of the window that the keyboard steps through: tabs, docks, canvas, status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from casare.ui.shell.frame.docks import DATA, INSPECTOR, LOG, OUTLINE, PALETTE, PROBLEMS, PROFILER, RUNS

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow

_DOCKS_BEFORE = (PALETTE, OUTLINE)
_DOCKS_AFTER = (INSPECTOR, PROFILER, PROBLEMS, LOG, DATA, RUNS)


def areas(window: MainWindow) -> list[QWidget]:
    """Return what is in view, from the upper left to the lower right."""
    workspace = window.workspace
    if workspace is None or window.session.active is None:
        return [window.tabs, window.start_page, window.status]

    def docks(names: tuple[str, ...]) -> list[QWidget]:
        return [workspace.docks[name] for name in names if workspace.docks.is_front(name)]

    view = workspace.view(window.session.active)
    canvases: list[QWidget] = list(view.canvases) if view is not None else []
    return [window.tabs, *docks(_DOCKS_BEFORE), *canvases, *docks(_DOCKS_AFTER), window.status]


def step_area(window: MainWindow, by: int) -> None:
    """Give the focus to the next area that can take it, or to the one before; after the last comes the first."""
    found = areas(window)
    now = QApplication.focusWidget()
    at = next((place for place, one in enumerate(found) if now is not None and _holds(one, now)), -by if by > 0 else 0)
    for distance in range(1, len(found) + 1):
        target = _entrance(found[(at + by * distance) % len(found)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)


def _entrance(area: QWidget) -> QWidget | None:
    """Return where the focus was in an area, else the first that can take it."""
    before = area.focusWidget()
    if before is not None and _takes_focus(before):
        return before
    if _takes_focus(area):
        return area
    return next((one for one in area.findChildren(QWidget) if _takes_focus(one)), None)


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

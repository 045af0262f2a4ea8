"""What the commands that change what is seen do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.frame.docks import DATA, INSPECTOR, LOG, OUTLINE, PALETTE, PROBLEMS, PROFILER, RUNS
from casare.ui.shell.handlers.in_front import CanvasAct, all_on_canvas

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow

_DOCKS: Final = {
    "view.palette": PALETTE,
    "view.outline": OUTLINE,
    "view.inspector": INSPECTOR,
    "view.profiler": PROFILER,
    "view.problems": PROBLEMS,
    "view.log": LOG,
    "view.data": DATA,
    "view.runs": RUNS,
}

_ACTS: Final[dict[str, CanvasAct]] = {
    "view.frame_selection": lambda canvas: canvas.fit(canvas.document.selection.nodes),
    "view.fit": lambda canvas: canvas.fit(),
    "view.zoom_in": lambda canvas: canvas.zoom_step(1),
    "view.zoom_out": lambda canvas: canvas.zoom_step(-1),
    "view.zoom_actual": lambda canvas: canvas.zoom_to(1.0),
}


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    settings = window.session.settings

    def dock(name: str) -> Handler:
        return lambda: window.toggle_dock(name)

    def theme(mode: str) -> Handler:
        return lambda: settings.update(theme=mode)

    return {
        **{command_id: dock(name) for command_id, name in _DOCKS.items()},
        **all_on_canvas(window, _ACTS),
        "view.minimap": lambda: settings.update(minimap=not settings.current.minimap),
        "view.theme_system": theme("system"),
        "view.theme_dark": theme("dark"),
        "view.theme_light": theme("light"),
        "view.split": lambda: _toggle_split(window),
        "view.restore_tabs": lambda: settings.update(restore_tabs=not settings.current.restore_tabs),
        "view.full_screen": window.toggle_full_screen,
    }


def checks(window: MainWindow) -> dict[str, Callable[[], bool]]:
    """Return what tells whether a checkable command is on."""

    def shown(dock: str) -> Callable[[], bool]:
        return lambda: window.dock_is_front(dock)

    return {
        **{command_id: shown(dock) for command_id, dock in _DOCKS.items()},
        "view.minimap": lambda: window.session.settings.current.minimap,
        "view.split": lambda: window.view is not None and window.view.is_split,
        "view.restore_tabs": lambda: window.session.settings.current.restore_tabs,
        "view.full_screen": window.isFullScreen,
    }


def _toggle_split(window: MainWindow) -> None:
    view = window.view
    if view is not None:
        view.join() if view.is_split else view.split()

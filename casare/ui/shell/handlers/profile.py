"""What the commands of the profiler do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.frame.docks import PROFILER

if TYPE_CHECKING:
    from casare.ui.panels.profiler import ProfilerPanel
    from casare.ui.shell.frame.main_window import MainWindow

_HEAT: Final = {
    "profile.heat_off": "",
    "profile.heat_time": "time",
    "profile.heat_memory": "memory",
    "profile.heat_complexity": "complexity",
}
"""The kind of heat each command shows."""
_EXPORTED: Final = ("html", "json", "csv", "trace", "junit", "sarif")


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""

    def heat(kind: str) -> Handler:
        return lambda: _with_panel(window, lambda panel: panel.heat.choose(kind))

    def export(kind: str) -> Handler:
        return lambda: _with_panel(window, lambda panel: panel.export(kind))

    return {
        **{command_id: heat(kind) for command_id, kind in _HEAT.items()},
        "profile.critical_path": lambda: _with_panel(window, lambda panel: panel.heat.critical.toggle()),
        "profile.compare": lambda: _with_panel(window, lambda panel: panel.pages.bring_compare()),
        "profile.analyze": window.analyze,
        **{f"profile.export_{kind}": export(kind) for kind in _EXPORTED},
    }


def checks(window: MainWindow) -> dict[str, Callable[[], bool]]:
    """Return what tells whether a checkable command is on."""

    def heat(kind: str) -> Callable[[], bool]:
        return lambda: _shown(window)[0] == kind

    return {
        **{command_id: heat(kind) for command_id, kind in _HEAT.items()},
        "profile.critical_path": lambda: _shown(window)[1],
    }


def _shown(window: MainWindow) -> tuple[str, bool]:
    """Return the kind of heat on the canvas, and whether the critical path is; both go when the dock is closed."""
    panel = _panel(window)
    return (
        (panel.heat.kind, panel.heat.critical.isChecked()) if panel is not None and panel.isVisible() else ("", False)
    )


def _panel(window: MainWindow) -> ProfilerPanel | None:
    panel = window.workspace.docks.panel(PROFILER) if window.workspace is not None else None
    if panel is None:
        # Asked at every refresh, also before the first painting: what is not there yet is not imported for it.
        return None
    from casare.ui.panels.profiler import ProfilerPanel

    return panel if isinstance(panel, ProfilerPanel) else None


def _with_panel(window: MainWindow, act: Callable[[ProfilerPanel], object]) -> None:
    """Bring the profiler to the front, where there is a legend of what the canvas shows, and do something there."""
    window.show_dock(PROFILER)
    panel = _panel(window)
    if panel is not None:
        act(panel)

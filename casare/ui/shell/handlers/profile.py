"""What the commands of the profiler do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casare.ui.shell.actions import Handler

if TYPE_CHECKING:
    from casare.ui.shell.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    return {"profile.analyze": window.analyze, "profile.export": window.files.export_profile}

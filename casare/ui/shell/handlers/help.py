"""What the commands that explain do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casare.ui.shell.frame.actions import Handler

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    overlays = window.overlays
    return {
        "help.commands": overlays.commands,
        "help.keys": overlays.keys,
        "help.edit_keys": overlays.edit_keys,
        "help.about": overlays.about,
    }

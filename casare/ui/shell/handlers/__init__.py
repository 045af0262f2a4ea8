"""What every command does, one file for each area, as in `app/commands`; here each id meets its act.

Does not live here: the acts themselves, which belong to the canvas, the files, the docks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers import arrange, edit, file, find, go, help, node, profile, run, subgraph, view, wire

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow

_AREAS: Final = (file, edit, node, subgraph, find, view, go, arrange, wire, run, profile, help)
_CHECKED: Final = (view, profile)
"""The areas with commands that can be on or off."""


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the act of every command."""
    return {command_id: act for area in _AREAS for command_id, act in area.handlers(window).items()}


def checks(window: MainWindow) -> dict[str, Callable[[], bool]]:
    """Return what tells whether a checkable command is on."""
    return {command_id: is_on for area in _CHECKED for command_id, is_on in area.checks(window).items()}

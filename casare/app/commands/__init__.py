"""The one table of commands: id, title, keys, menu, and when each can be used; one file for each area.

Menus, shortcuts, the command palette and the tests read this table; the window binds a handler to each id
(`ui/shell/handlers`, with a file for each area too). A command that stands nowhere here cannot be pressed anywhere.
What a command does never lives here.
"""

from __future__ import annotations

from typing import Final

from casare.app.commands import arrange, edit, file, find, go, help, node, profile, run, subgraph, view, wire
from casare.app.commands.command import Command, Scope

COMMANDS: Final[tuple[Command, ...]] = tuple(
    one
    for area in (file, edit, node, subgraph, find, view, go, arrange, wire, run, profile, help)
    for one in area.COMMANDS
)

MENUS: Final = ("File", "Edit", "View", "Go", "Arrange", "Run", "Help")

_BY_ID: Final = {one.id: one for one in COMMANDS}


def command(command_id: str) -> Command:
    """Return the command with this id. Raises KeyError when there is none."""
    return _BY_ID[command_id]


__all__ = ["COMMANDS", "MENUS", "Command", "Scope", "command"]

"""Commands that find things, in the graph and in files."""

from __future__ import annotations

from casare.app.commands.command import Command
from casare.app.commands.when import is_open

COMMANDS: tuple[Command, ...] = (
    Command(
        "find.open", "Find in graph…", "Edit", ("Ctrl+F",), icon="search", when=is_open, group=4, keywords="search"
    ),
    Command("find.next", "Find next", "Edit", ("F3",), when=is_open, group=4),
    Command("find.previous", "Find previous", "Edit", ("Shift+F3",), when=is_open, group=4),
    Command("find.select_all", "Select all matches", "Edit", when=is_open, group=4),
    Command(
        "find.in_files", "Find in files…", "Edit", ("Ctrl+Shift+F",), icon="folder-open", group=4, keywords="search"
    ),
)

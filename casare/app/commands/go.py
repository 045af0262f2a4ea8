"""Commands that go somewhere: back and forth, to places that were marked, to other tabs."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import has_nodes, is_open

NUMBERS = tuple(range(1, 10))
"""The numbers of the bookmarks."""

COMMANDS: tuple[Command, ...] = (
    Command("go.back", "Back to where you were", "Go", ("[",), CANVAS, "arrow-left", is_open, keywords="place history"),
    Command("go.forward", "Forward again", "Go", ("]",), CANVAS, "arrow-right", is_open, keywords="place history"),
    Command("go.peek", "Peek at everything", "Go", ("Z",), CANVAS, "scan", has_nodes, 1, keywords="overview hold"),
    *(
        Command(f"go.to_{one}", f"Go to bookmark {one}", "Go", (f"Alt+{one}",), CANVAS, "", is_open, 2)
        for one in NUMBERS
    ),
    *(
        Command(
            f"go.set_{one}",
            f"Set bookmark {one}",
            "Go",
            (f"Ctrl+Alt+{one}",),
            CANVAS,
            "",
            is_open,
            3,
            submenu="Set a bookmark here",
        )
        for one in NUMBERS
    ),
    Command("go.next_tab", "Next tab", "Go", ("Ctrl+Tab", "Ctrl+PgDown"), group=4),
    Command("go.previous_tab", "Previous tab", "Go", ("Ctrl+Shift+Tab", "Ctrl+PgUp"), group=4),
    Command("go.other_half", "Other half of the split", "Go", ("Ctrl+Shift+\\",), when=is_open, group=4),
    Command("go.next_area", "Next area of the window", "Go", ("Ctrl+F6",), group=5, keywords="focus pane dock"),
    Command("go.previous_area", "Previous area of the window", "Go", ("Ctrl+Shift+F6",), group=5, keywords="focus"),
)

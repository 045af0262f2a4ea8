"""Commands about subgraphs."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import is_inside, is_open, nodes_selected, one_instance

COMMANDS: tuple[Command, ...] = (
    Command(
        "subgraph.make",
        "Make subgraph",
        "Edit",
        ("Ctrl+G",),
        CANVAS,
        "group",
        nodes_selected,
        4,
        keywords="group nest function collapse",
    ),
    Command(
        "subgraph.dissolve",
        "Dissolve subgraph",
        "Edit",
        ("Ctrl+Shift+G",),
        CANVAS,
        "ungroup",
        one_instance,
        4,
        keywords="ungroup expand inline",
    ),
    Command("subgraph.enter", "Enter subgraph", "Edit", ("Alt+Down",), CANVAS, "log-in", one_instance, 4),
    Command("subgraph.leave", "Leave subgraph", "Edit", ("Alt+Up",), CANVAS, "log-out", is_inside, 4),
    Command(
        "subgraph.unique", "Make subgraph unique", "Edit", (), CANVAS, "copy", one_instance, 4, keywords="detach copy"
    ),
    Command("subgraph.save", "Save subgraph as a file…", "Edit", (), CANVAS, "save", one_instance, 4),
    Command("subgraph.clean", "Remove unused subgraphs", "Edit", (), CANVAS, "trash-2", is_open, 4, keywords="purge"),
)

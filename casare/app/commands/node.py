"""Commands about nodes, frames and notes."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import boxes_selected, editable_selected, is_open, nodes_selected, one_node

COMMANDS: tuple[Command, ...] = (
    Command(
        "node.edit",
        "Edit selected",
        "Edit",
        ("Return",),
        CANVAS,
        "text-cursor-input",
        editable_selected,
        3,
        keywords="parameters inspector type text",
    ),
    Command("node.rename", "Rename node", "Edit", ("F2",), CANVAS, "pencil", one_node, 3),
    Command("node.disable", "Disable or enable", "Edit", ("D", "Ctrl+M"), CANVAS, "eye-off", nodes_selected, 3),
    Command(
        "node.bypass",
        "Bypass or restore",
        "Edit",
        ("B", "Ctrl+B"),
        CANVAS,
        "skip-forward",
        nodes_selected,
        3,
        keywords="mute pass through skip",
    ),
    Command("node.replace", "Replace by another type…", "Edit", ("R",), CANVAS, "replace", nodes_selected, 3),
    Command(
        "node.collapse", "Collapse or expand", "Edit", ("H",), CANVAS, "minimize", boxes_selected, 3, keywords="fold"
    ),
    Command("node.hide_unused", "Hide or show unused ports", "Edit", ("Ctrl+H",), CANVAS, "", nodes_selected, 3),
    Command("node.frame", "Frame around selection", "Edit", ("Ctrl+J", "C"), CANVAS, "frame", nodes_selected, 3),
    Command("node.note", "Add note", "Edit", ("Shift+S",), CANVAS, "sticky-note", is_open, 3),
    Command("node.add", "Add node…", "Edit", ("Tab", "N", "Shift+A"), CANVAS, "plus", is_open, 3),
)

"""Commands that change or choose what is on the canvas, whatever it is."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import (
    can_redo,
    can_undo,
    has_edits,
    has_nodes,
    is_open,
    nodes_selected,
    something_selected,
)

COMMANDS: tuple[Command, ...] = (
    Command("edit.undo", "Undo", "Edit", ("Ctrl+Z",), icon="undo-2", when=can_undo),
    Command("edit.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo-2", when=can_redo),
    Command("edit.history", "List of edits…", "Edit", ("Ctrl+Alt+Z",), icon="history", when=has_edits, keywords="undo"),
    Command("edit.cut", "Cut", "Edit", ("Ctrl+X",), CANVAS, "scissors", something_selected, 1),
    Command("edit.copy", "Copy", "Edit", ("Ctrl+C",), CANVAS, "copy", something_selected, 1),
    Command("edit.paste", "Paste", "Edit", ("Ctrl+V",), CANVAS, "clipboard", is_open, 1),
    Command("edit.duplicate", "Duplicate", "Edit", ("Ctrl+D",), CANVAS, "square-stack", something_selected, 1),
    Command(
        "edit.duplicate_with_inputs", "Duplicate with inputs", "Edit", ("Ctrl+Shift+D",), CANVAS, "", nodes_selected, 1
    ),
    Command("edit.paste_with_inputs", "Paste keeping inputs", "Edit", ("Ctrl+Shift+V",), CANVAS, "", is_open, 1),
    Command("edit.delete", "Delete", "Edit", ("Del", "Backspace"), CANVAS, "trash-2", something_selected, 1),
    Command("edit.delete_and_heal", "Delete and heal", "Edit", ("Ctrl+Del",), CANVAS, "", nodes_selected, 1),
    Command("select.all", "Select all", "Edit", ("Ctrl+A",), CANVAS, "", has_nodes, 2),
    Command("select.none", "Select none", "Edit", ("Ctrl+Shift+A",), CANVAS, "", something_selected, 2),
    Command("select.invert", "Invert selection", "Edit", ("Ctrl+I",), CANVAS, "", has_nodes, 2),
    Command("select.upstream", "Select upstream", "Edit", ("Shift+Left",), CANVAS, "", nodes_selected, 2),
    Command("select.downstream", "Select downstream", "Edit", ("Shift+Right",), CANVAS, "", nodes_selected, 2),
)

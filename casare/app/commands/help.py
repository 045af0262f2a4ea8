"""Commands that explain."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command

COMMANDS: tuple[Command, ...] = (
    Command("help.commands", "Command palette…", "Help", ("Ctrl+Shift+P", "F1", "Ctrl+K"), icon="command"),
    Command("help.keys", "Keyboard shortcuts", "Help", ("?",), CANVAS, "keyboard"),
    Command("help.edit_keys", "Customise shortcuts…", "Help", icon="keyboard", keywords="keymap keys preset blender"),
    Command("help.about", "About casare", "Help", icon="info"),
)

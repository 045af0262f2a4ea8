"""Commands about the wires of chosen nodes."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import nodes_selected, several_nodes

COMMANDS: tuple[Command, ...] = (
    Command("wire.connect", "Connect selection", "Arrange", ("Ctrl+L",), CANVAS, "", several_nodes, 3),
    Command("wire.disconnect", "Disconnect selection", "Arrange", ("Ctrl+Shift+L",), CANVAS, "", nodes_selected, 3),
    Command("wire.extract", "Take out of the flow", "Arrange", ("Ctrl+Shift+X",), CANVAS, "", nodes_selected, 3),
)

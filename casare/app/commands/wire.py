"""Commands about the wires of chosen nodes."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import has_nodes, nodes_selected, several_nodes, wires_meant

COMMANDS: tuple[Command, ...] = (
    Command("wire.connect", "Connect selection", "Arrange", ("Ctrl+L",), CANVAS, "", several_nodes, 3),
    Command("wire.disconnect", "Disconnect selection", "Arrange", ("Ctrl+Shift+L",), CANVAS, "", nodes_selected, 3),
    Command("wire.extract", "Take out of the flow", "Arrange", ("Ctrl+Shift+X",), CANVAS, "", nodes_selected, 3),
    Command("wire.full", "Wire: show in full", "Arrange", (), CANVAS, "", wires_meant, 5),
    Command("wire.faint", "Wire: show faintly", "Arrange", (), CANVAS, "", wires_meant, 5, keywords="dim fade"),
    Command("wire.hidden", "Wire: hide until hover", "Arrange", (), CANVAS, "eye-off", wires_meant, 5),
    Command(
        "wire.portal", "Wire: show as portal…", "Arrange", (), CANVAS, "tag", wires_meant, 5, keywords="name label"
    ),
    Command("wire.follow", "Wire: go to the other end", "Arrange", (), CANVAS, "arrow-right", wires_meant, 5),
    Command("wire.bend", "Wire: add a reroute point", "Arrange", (), CANVAS, "", wires_meant, 5),
    Command("wire.smooth", "Wire: remove reroute points", "Arrange", (), CANVAS, "spline", wires_meant, 5),
    Command("wire.portals", "Go to a portal…", "Arrange", (), icon="waypoints", when=has_nodes, group=5),
)

"""Commands that move nodes, or walk among them."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import has_nodes, several_nodes, something_selected

COMMANDS: tuple[Command, ...] = (
    Command("arrange.tidy", "Tidy up", "Arrange", ("L",), CANVAS, "layout-grid", has_nodes, keywords="layout auto"),
    Command("arrange.straighten", "Straighten wires", "Arrange", ("Q",), CANVAS, "", several_nodes, 0),
    Command("arrange.left", "Align left", "Arrange", ("Shift+V",), CANVAS, "", several_nodes, 1, keywords="vertical"),
    Command("arrange.right", "Align right", "Arrange", (), CANVAS, "", several_nodes, 1),
    Command("arrange.top", "Align top", "Arrange", ("Shift+H",), CANVAS, "", several_nodes, 1, keywords="horizontal"),
    Command("arrange.bottom", "Align bottom", "Arrange", (), CANVAS, "", several_nodes, 1),
    Command("arrange.across", "Distribute across", "Arrange", ("Shift+Alt+H",), CANVAS, "", several_nodes, 1),
    Command("arrange.down", "Distribute down", "Arrange", ("Shift+Alt+V",), CANVAS, "", several_nodes, 1),
    Command("arrange.grab", "Grab and move", "Arrange", ("G",), CANVAS, "hand", something_selected, 2),
    Command("arrange.nudge_left", "Nudge left", "Arrange", ("Ctrl+Left",), CANVAS, "", something_selected, 2),
    Command("arrange.nudge_right", "Nudge right", "Arrange", ("Ctrl+Right",), CANVAS, "", something_selected, 2),
    Command("arrange.nudge_up", "Nudge up", "Arrange", ("Ctrl+Up",), CANVAS, "", something_selected, 2),
    Command("arrange.nudge_down", "Nudge down", "Arrange", ("Ctrl+Down",), CANVAS, "", something_selected, 2),
    Command("arrange.push_left", "Nudge far left", "Arrange", ("Ctrl+Shift+Left",), CANVAS, "", something_selected, 2),
    Command(
        "arrange.push_right", "Nudge far right", "Arrange", ("Ctrl+Shift+Right",), CANVAS, "", something_selected, 2
    ),
    Command("arrange.push_up", "Nudge far up", "Arrange", ("Ctrl+Shift+Up",), CANVAS, "", something_selected, 2),
    Command("arrange.push_down", "Nudge far down", "Arrange", ("Ctrl+Shift+Down",), CANVAS, "", something_selected, 2),
    Command("walk.next", "Walk to the next node", "Arrange", ("Right",), CANVAS, "", has_nodes, 4),
    Command("walk.previous", "Walk to the node before", "Arrange", ("Left",), CANVAS, "", has_nodes, 4),
    Command("walk.up", "Walk up", "Arrange", ("Up",), CANVAS, "", has_nodes, 4),
    Command("walk.down", "Walk down", "Arrange", ("Down",), CANVAS, "", has_nodes, 4),
)

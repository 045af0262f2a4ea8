"""Commands that run a workflow and steer its runs."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import has_nodes, is_open, nodes_selected

COMMANDS: tuple[Command, ...] = (
    Command("run.start", "Run or continue", "Run", ("F5", "Ctrl+Return"), icon="play", when=has_nodes, keywords="go"),
    Command("run.stop", "Stop", "Run", ("Shift+F5", "Ctrl+Alt+Return"), icon="square", when=is_open, needs_run=True),
    Command("run.pause", "Pause or continue", "Run", icon="pause", when=is_open, needs_run=True),
    Command("run.step", "Step", "Run", ("F10",), icon="step-forward", when=has_nodes, keywords="debug next"),
    Command("run.to_here", "Run to here", "Run", ("F6",), icon="target", when=nodes_selected, group=1),
    Command("run.selected", "Run selected", "Run", ("F7",), icon="list-checks", when=nodes_selected, group=1),
    Command("run.breakpoint", "Breakpoint", "Run", ("F9",), icon="circle-dot", when=nodes_selected, group=2),
    Command("run.pin_output", "Pin output", "Run", ("P",), CANVAS, "pin", nodes_selected, 2, keywords="freeze unpin"),
)

"""Commands that run a workflow and steer its runs."""

from __future__ import annotations

from typing import Final

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import has_nodes, is_open, nodes_selected, one_node
from casare.app.documents.level import Level

MOST_OUTPUTS: Final = 9
"""As many outputs of a node have a key, from 1."""


def can_run(document: Level | None) -> bool:
    """Tell whether there is something to run: not in recovered work that nobody has decided on yet."""
    return document is not None and has_nodes(document) and not document.document.frozen


def can_run_selected(document: Level | None) -> bool:
    """Tell whether there are selected nodes to run."""
    return can_run(document) and nodes_selected(document)


COMMANDS: tuple[Command, ...] = (
    Command("run.start", "Run or continue", "Run", ("F5", "Ctrl+Return"), icon="play", when=can_run, keywords="go"),
    Command(
        "run.with_values",
        "Run with values…",
        "Run",
        ("Ctrl+F5",),
        icon="circle-play",
        when=can_run,
        keywords="variables inputs parameters ask fill in",
    ),
    Command("run.stop", "Stop", "Run", ("Shift+F5", "Ctrl+Alt+Return"), icon="square", when=is_open, needs_run=True),
    Command("run.pause", "Pause or continue", "Run", icon="pause", when=is_open, needs_run=True),
    Command("run.step", "Step", "Run", ("F10",), icon="step-forward", when=can_run, keywords="debug next"),
    Command("run.to_here", "Run to here", "Run", ("F6",), icon="target", when=can_run_selected, group=1),
    Command("run.selected", "Run selected", "Run", ("F7",), icon="list-checks", when=can_run_selected, group=1),
    Command(
        "run.from_trigger", "Run from trigger", "Run", icon="zap", when=can_run, group=1, keywords="sample payload"
    ),
    Command("run.breakpoint", "Breakpoint", "Run", ("F9",), icon="circle-dot", when=nodes_selected, group=2),
    Command("run.pin_output", "Pin output", "Run", ("P",), CANVAS, "pin", nodes_selected, 2, keywords="freeze unpin"),
    *(
        Command(
            f"run.show_output_{number}",
            f"Output {number}",
            "Run",
            (str(number),),
            CANVAS,
            when=one_node,
            group=3,
            keywords="data value result look",
            submenu="Show output",
        )
        for number in range(1, MOST_OUTPUTS + 1)
    ),
)

"""What the commands about runs do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from casare.app.commands.run import MOST_OUTPUTS
from casare.ui.shell.frame.actions import Handler

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow
    from casare.ui.shell.running.run_acts import RunActs


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""

    def act(does: Callable[[RunActs], object]) -> Handler:
        return lambda: does(window.running)

    return {
        "run.start": act(lambda running: running.start()),
        "run.with_values": act(lambda running: running.ask_and_start()),
        "run.from_trigger": act(lambda running: running.start_from_trigger()),
        "run.stop": act(lambda running: running.stop()),
        "run.pause": act(lambda running: running.toggle_pause()),
        "run.step": act(lambda running: running.step()),
        "run.to_here": act(lambda running: running.start_to_selection()),
        "run.selected": act(lambda running: running.start_selection()),
        "run.breakpoint": act(lambda running: running.toggle_breakpoints()),
        **{f"run.show_output_{number}": act(partial(_show_output, number)) for number in range(1, MOST_OUTPUTS + 1)},
        "run.pin_output": act(lambda running: running.toggle_pins()),
    }


def _show_output(number: int, running: RunActs) -> None:
    running.show_output(number)

"""What the commands that go somewhere do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casare.app.commands.go import NUMBERS
from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.frame.areas import step_area
from casare.ui.shell.handlers.in_front import on_canvas

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView
    from casare.ui.canvas.journey import Journey
    from casare.ui.shell.frame.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    journeys = window.journeys

    def on_journey(act: Callable[[Journey], object]) -> Handler:
        return on_canvas(window, lambda canvas: act(journeys.of(canvas)))

    def go_to(number: int) -> Handler:
        return on_canvas(window, lambda canvas: _go_to(window, canvas, number))

    def set_mark(number: int) -> Handler:
        return on_canvas(window, lambda canvas: _set(window, canvas, number))

    return {
        "go.back": on_journey(lambda journey: journey.back()),
        "go.forward": on_journey(lambda journey: journey.forward()),
        "go.peek": on_journey(lambda journey: journey.peek.begin()),
        **{f"go.to_{number}": go_to(number) for number in NUMBERS},
        **{f"go.set_{number}": set_mark(number) for number in NUMBERS},
        "go.next_tab": lambda: window.tabs.step(1),
        "go.previous_tab": lambda: window.tabs.step(-1),
        "go.other_half": lambda: _other_half(window),
        "go.next_area": lambda: step_area(window, 1),
        "go.previous_area": lambda: step_area(window, -1),
    }


def _set(window: MainWindow, canvas: CanvasView, number: int) -> None:
    window.journeys.set_bookmark(canvas, number)
    keys = window.actions_table.keys_of(f"go.to_{number}")
    way = f": {keys} comes back here" if keys else ""
    window.toast.show_message(f"Bookmark {number} set{way}")


def _go_to(window: MainWindow, canvas: CanvasView, number: int) -> None:
    if not window.journeys.go_to_bookmark(canvas, number):
        keys = window.actions_table.keys_of(f"go.set_{number}")
        window.toast.show_message(f"There is no bookmark {number} yet" + (f": {keys} sets it" if keys else ""))


def _other_half(window: MainWindow) -> None:
    if window.view is not None:
        window.view.other_half()

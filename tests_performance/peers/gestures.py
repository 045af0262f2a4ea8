"""The gestures that every editor is asked for, over a view that shows the graph. Standard library and Qt only."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from hands import Frames, Hand, Qt

STEPS = 40
_MIDDLE_BUTTON = Qt.MouseButton.MiddleButton


class Editor(NamedTuple):
    """What differs between editors."""

    view: Any
    """The graphics view whose viewport is painted and takes the events."""
    fit: Callable[[], object]
    """Brings everything into view."""
    actual: Callable[[], object]
    """Shows the middle of the graph at actual size."""
    grip: Callable[[], tuple[float, float]]
    """Returns where the card nearest to the middle can be taken hold of (px of the viewport)."""
    select: Callable[[], object]
    """Selects 1,000 nodes."""
    zoom_keys: Any = Qt.KeyboardModifier.NoModifier
    pans_by_button: bool = True
    """Whether a drag with the middle button pans; else the wheel scrolls."""


def measure(editor: Editor) -> None:
    """Do all gestures and print the time of each frame (ms) by gesture."""
    frames, hand = Frames(editor.view.viewport()), Hand(editor.view.viewport())
    size = editor.view.viewport().size()
    middle = (size.width() / 2, size.height() / 2)
    found = {}

    def pan() -> list[float]:
        frames.settle()
        if not editor.pans_by_button:
            ways = [-1] * 10 + [1] * 10
            return frames.of([lambda way=way: hand.turn_wheel(*middle, way) for way in ways * 2])  # type: ignore[misc]
        # Beside the cards in the middle: some editors take hold of a card with any button.
        hand.press(size.width() * 0.85, size.height() * 0.9, _MIDDLE_BUTTON)
        times = frames.of(hand.along(STEPS, (-23, -9), turn_every=10))
        hand.release()
        return times

    def drag() -> list[float]:
        frames.settle()
        hand.press(*editor.grip())
        times = frames.of(hand.along(STEPS, (7, 4), turn_every=10))
        hand.release()
        frames.settle()
        return times

    editor.actual()
    found["pan at actual size"] = pan()
    editor.fit()
    found["pan, all in view"] = pan()
    editor.fit()
    frames.settle()
    found["zoom by wheel"] = frames.of(
        [lambda way=way: hand.turn_wheel(*middle, way, editor.zoom_keys) for way in [1] * 14 + [-1] * 14]  # type: ignore[misc]
    )
    times = []
    for _turn in range(4):
        editor.actual()
        frames.settle()
        times += frames.of([editor.fit])
    found["fit all"] = times
    editor.actual()
    found["drag one"] = drag()
    editor.fit()
    editor.select()
    found["drag 1,000"] = drag()
    print(json.dumps({name: taken for name, taken in found.items() if taken}))

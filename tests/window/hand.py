"""A hand on the mouse and the keyboard: real X events, by xdotool."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.window.screen import Screen

Place = Sequence[int]

LEFT, MIDDLE, RIGHT = 1, 2, 3
_WHEEL_UP, _WHEEL_DOWN = 4, 5
_DOUBLE_CLICK_S = 0.42
_STEP_S = 0.012


class Hand:
    """Moves, presses and types on one screen. Places are in px of the screen, keys in xdotool's names: `ctrl+z`."""

    def __init__(self, screen: Screen) -> None:
        self._do = screen.xdotool
        self._pressed_at = 0.0

    def move(self, place: Place) -> None:
        """Put the pointer there."""
        self._do("mousemove", *place)

    def click(self, place: Place, *, held: Sequence[str] = (), button: int = LEFT, times: int = 1) -> None:
        """Press and let go."""
        self._wait_out()
        self.move(place)
        self._hold(held)
        self._do("click", "--repeat", times, "--delay", 60, button)
        self._pressed_at = time.monotonic()
        self._let_go(held)

    def drag(
        self,
        start: Place,
        *way: Place,
        held: Sequence[str] = (),
        button: int = LEFT,
        drop: bool = True,
        steps: int = 6,
        slow: float = _STEP_S,
    ) -> None:
        """Press at `start`, go by each place of `way`, and let go at the last unless `drop` is False."""
        self._wait_out()
        self.move(start)
        self._hold(held)
        self._do("mousedown", button)
        self._pressed_at = time.monotonic()
        before = start
        for place in way:
            for step in range(1, steps + 1):
                share = step / steps
                here = [round(one + (other - one) * share) for one, other in zip(before, place, strict=True)]
                self._do("mousemove", *here)
                time.sleep(slow)
            before = place
        if drop:
            self.drop(held=held, button=button)

    def drop(self, *, held: Sequence[str] = (), button: int = LEFT) -> None:
        """Let go of the button, and of the keys that were held."""
        self._do("mouseup", button)
        self._let_go(held)

    def wheel(self, place: Place, notches: int, *, held: Sequence[str] = ()) -> None:
        """Turn the wheel: up when positive."""
        self.click(place, held=held, button=_WHEEL_UP if notches > 0 else _WHEEL_DOWN, times=abs(notches))

    def key(self, *keys: str) -> None:
        """Press keys one after the other."""
        for one in keys:
            self._do("key", "--clearmodifiers", one)

    def hold(self, *keys: str) -> None:
        """Press keys and keep them down."""
        self._hold(keys)

    def let_go(self, *keys: str) -> None:
        """Let keys up that were held."""
        self._let_go(keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", 6, "--", text)

    def _wait_out(self) -> None:
        """Let so much time pass that two presses of an act are no double click."""
        time.sleep(max(0.0, self._pressed_at + _DOUBLE_CLICK_S - time.monotonic()))

    def _hold(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._do("keydown", key)

    def _let_go(self, keys: Sequence[str]) -> None:
        for key in reversed(keys):
            self._do("keyup", key)

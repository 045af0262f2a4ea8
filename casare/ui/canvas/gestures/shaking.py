"""Tell a shake from a drag: to and fro, quickly, several times."""

from __future__ import annotations

from typing import Final

from casare.ui.canvas.gestures.base import Pointer

_TURNS: Final = 4
"""How many times the hand must turn round."""
_WAY: Final = 18
"""How far (px of the screen) it must go between two turns."""
_WITHIN_MS: Final = 1200
"""How long all the turns may take."""


class Shaking:
    """Watches a pointer for a shake from side to side, or up and down."""

    def __init__(self, pointer: Pointer) -> None:
        self._axes = (_Axis(pointer.screen.x()), _Axis(pointer.screen.y()))

    def follow(self, pointer: Pointer) -> bool:
        """Look at where the pointer is now; tell whether that makes it a shake."""
        places = (pointer.screen.x(), pointer.screen.y())
        # Both axes look, also when the first has seen a shake already.
        seen = [axis.follow(at, pointer.at_ms) for axis, at in zip(self._axes, places, strict=True)]
        return any(seen)


class _Axis:
    def __init__(self, at: int) -> None:
        self._turned_at = at
        self._furthest = at
        self._way = 0
        self._turns: list[int] = []

    def follow(self, at: int, now_ms: int) -> bool:
        if (at - self._furthest) * self._way >= 0:
            self._furthest = at
            self._way = self._way or (at > self._turned_at) - (at < self._turned_at)
        elif abs(at - self._furthest) >= _WAY // 3:
            if abs(self._furthest - self._turned_at) >= _WAY:
                self._turns = [one for one in self._turns if now_ms - one <= _WITHIN_MS] + [now_ms]
            else:
                self._turns.clear()
            self._turned_at, self._furthest, self._way = self._furthest, at, -self._way
        return len(self._turns) >= _TURNS

"""Hands over any graphics view, and the time of each frame they cause: PySide6 or PyQt6, as an editor brings.

A frame is one turn of the event loop that painted: the event, what the editor makes of it, and the painting. Events
come every 16 ms, as from a screen, and what an editor paints in between by itself counts as frames too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

try:
    from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
    from PySide6.QtGui import QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QApplication
except ImportError:
    from PyQt6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
    from PyQt6.QtGui import QMouseEvent, QWheelEvent
    from PyQt6.QtWidgets import QApplication

BEAT_S = 0.016
PATIENCE_S = 4.0
"""How long one gesture may go on; an editor that paints four frames a second is not asked for forty."""
LEAST = 5
NOTCH = 120

_BUTTON = Qt.MouseButton
_KEY = Qt.KeyboardModifier
_NO_KEY = _KEY.NoModifier


class Frames(QObject):
    """Counts the paintings of one widget and times the turns of the event loop that they happen in."""

    def __init__(self, watched: Any) -> None:
        super().__init__()
        self._painted = False
        watched.installEventFilter(self)

    def eventFilter(self, _watched: Any, event: Any) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted = True
        return False

    def settle(self, seconds: float = 0.5) -> None:
        """Turn the event loop until nothing was painted for so long."""
        until = time.perf_counter() + seconds
        last = time.perf_counter() + PATIENCE_S * 3
        while time.perf_counter() < min(until, last):
            if self._turn() is not None:
                until = time.perf_counter() + seconds
            time.sleep(0.001)

    def of(self, acts: Iterable[Callable[[], object]]) -> list[float]:
        """Do one thing after another, one for each beat, and return how long every frame took (ms)."""
        times: list[float] = []
        began = time.perf_counter()
        for act in acts:
            due = time.perf_counter() + BEAT_S
            took = self.one(act)
            if took is not None:
                times.append(took)
            while time.perf_counter() < due:
                follow_up = self._turn()
                if follow_up is not None:
                    times.append(follow_up)
                time.sleep(0.0005)
            if len(times) >= LEAST and time.perf_counter() - began > PATIENCE_S:
                break
        return times

    def one(self, act: Callable[[], object]) -> float | None:
        """Do something and return how long it took until it was painted (ms); None when nothing was."""
        self._painted = False
        began = time.perf_counter()
        act()
        for _turn in range(3):
            QApplication.processEvents()
            if self._painted:
                return (time.perf_counter() - began) * 1000
        return None

    def _turn(self) -> float | None:
        """Let the event loop do what it has to; return how long (ms) when it painted."""
        self._painted = False
        began = time.perf_counter()
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000 if self._painted else None


class Hand:
    """Sends what a mouse sends to the viewport of one view; places are in px of the viewport."""

    def __init__(self, viewport: Any) -> None:
        self._viewport = viewport
        self._at = (0.0, 0.0)
        self._held = _BUTTON.NoButton
        self._keys = _NO_KEY

    def press(self, x: float, y: float, button: Any = _BUTTON.LeftButton, keys: Any = _NO_KEY) -> None:
        """Press a button at a place and keep it and the keys held."""
        self._held, self._keys = button, keys
        self._send(QEvent.Type.MouseButtonPress, x, y, button)

    def move(self, x: float, y: float) -> None:
        """Move to a place with what is held."""
        self._send(QEvent.Type.MouseMove, x, y, _BUTTON.NoButton)

    def release(self) -> None:
        """Let go of what is held."""
        button, self._held = self._held, _BUTTON.NoButton
        self._send(QEvent.Type.MouseButtonRelease, *self._at, button)
        self._keys = _NO_KEY

    def turn_wheel(self, x: float, y: float, notches: int, keys: Any = _NO_KEY) -> None:
        """Turn the wheel by whole notches, upwards when positive."""
        place = QPointF(x, y)
        event = QWheelEvent(
            place,
            QPointF(self._viewport.mapToGlobal(QPoint(int(x), int(y)))),
            QPoint(0, 0),
            QPoint(0, notches * NOTCH),
            _BUTTON.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._viewport, event)

    def along(self, steps: int, step: tuple[float, float], turn_every: int = 0) -> list[Callable[[], object]]:
        """Return moves from where the pointer is, by `step` px each; back again after every `turn_every` of them."""
        (x, y), (dx, dy) = self._at, step
        acts: list[Callable[[], object]] = []
        for number in range(steps):
            back = turn_every and (number // turn_every) % 2
            x, y = (x - dx, y - dy) if back else (x + dx, y + dy)
            acts.append(lambda x=x, y=y: self.move(x, y))  # type: ignore[misc]
        return acts

    def _send(self, kind: Any, x: float, y: float, button: Any) -> None:
        self._at = (x, y)
        place = QPointF(x, y)
        everywhere = QPointF(self._viewport.mapToGlobal(QPoint(int(x), int(y))))
        event = QMouseEvent(kind, place, everywhere, button, self._held, self._keys)
        QApplication.sendEvent(self._viewport, event)

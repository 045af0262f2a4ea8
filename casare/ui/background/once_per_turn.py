"""Do something once, however often it was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class OncePerTurn(QObject):
    """Call `act` once after a burst of requests: in the next turn of the event loop, or `delay` ms after the last."""

    def __init__(self, act: Callable[[], object], parent: QObject, delay: int = 0) -> None:
        super().__init__(parent)
        self._act = act
        self._delay = delay
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def pending(self) -> bool:
        """Whether a call is due."""
        return self._timer.isActive()

    def request(self) -> None:
        """Ask for a call; with a delay, the wait starts anew."""
        if self._delay or not self._timer.isActive():
            self._timer.start(self._delay)

    def request_in(self, delay: int) -> None:
        """Ask for a call `delay` ms from now, whatever the usual delay is."""
        self._timer.start(delay)

    def flush(self) -> None:
        """Make the call now if one is due."""
        if self._timer.isActive():
            self._timer.stop()
            self._act()

    def cancel(self) -> None:
        """Forget the request."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        self._act()

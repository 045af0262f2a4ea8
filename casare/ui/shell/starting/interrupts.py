"""Ctrl+C in the terminal closes the window as its cross does, without a timer that polls for it."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Call `act` on the UI thread for each SIGINT, until closed.

    Qt's loop does not run Python's signal handlers by itself: the signal's number is written to a socket, and the
    socket wakes the loop. Does nothing outside the main thread, where Python delivers no signals.
    """

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self._act = act
        self._armed = threading.current_thread() is threading.main_thread()
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        if self._armed:
            self._wakeup_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
            self._handler_before = signal.signal(signal.SIGINT, lambda _number, _frame: None)

    def close(self) -> None:
        """Put back what was there before."""
        if self._armed:
            signal.set_wakeup_fd(self._wakeup_before)
            signal.signal(signal.SIGINT, self._handler_before)
            self._armed = False
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _on_woken(self) -> None:
        numbers = self._read.recv(64)
        if signal.SIGINT in numbers:
            self._act()

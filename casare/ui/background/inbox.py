"""Values from any thread, delivered to the UI thread in batches."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Inbox(QObject):
    """Collect what threads post and deliver it on the thread this object lives in.

    However many values arrive before the window gets round to them, it is woken once and gets them as one list.
    """

    received = Signal(object)
    """A list of the values posted since the last time, in their order."""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._values: list[Any] = []
        self._closed = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, value: object) -> None:
        """Put a value in, from any thread; after `close` it is dropped."""
        with self._lock:
            if self._closed:
                return
            self._values.append(value)
            if len(self._values) == 1:
                # Inside the lock, so that `close` cannot fall between the check and the use of a dying QObject.
                self._woken.emit()

    def close(self) -> None:
        """Take nothing more and drop what has not been delivered."""
        with self._lock:
            self._closed = True
            self._values.clear()

    def _deliver(self) -> None:
        with self._lock:
            values, self._values = self._values, []
        if values:
            self.received.emit(values)

"""Short pieces of work on threads, each answered on the UI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from casare.foundation.errors import CasareError
from casare.ui.background.inbox import Inbox

T = TypeVar("T")

_log = logging.getLogger(__name__)
_PATIENCE_S = 2.0


class Errands(QObject):
    """Run a function on a thread of its own and hand what it returned to another on the UI thread.

    What raised a CasareError goes to `failed` instead; any other error is logged and ends as one, too. After `close`
    nobody is answered.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_received)
        self._running: set[threading.Thread] = set()

    @property
    def busy(self) -> bool:
        """Tell whether anything is under way or not answered yet."""
        return bool(self._running)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[CasareError], object] = lambda error: None,
    ) -> None:
        """Begin a piece of work."""
        thread = threading.Thread(target=self._work, args=(work, done, failed), name="casare-errand", daemon=True)
        self._running.add(thread)
        thread.start()

    def close(self) -> None:
        """Answer nobody any more, and wait a moment for what is under way."""
        self._inbox.close()
        for thread in self._running:
            # A dead network drive may hold one for minutes; it is a daemon and cannot hold the exit.
            thread.join(timeout=_PATIENCE_S)
        self._running.clear()

    def _work(self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Any], object]) -> None:
        try:
            answer = partial(done, work())
        except CasareError as error:
            answer = partial(failed, error)
        except Exception as error:
            _log.exception("a piece of work failed")
            answer = partial(failed, CasareError(f"This did not work: {type(error).__name__}: {error}"))
        self._inbox.post((threading.current_thread(), answer))

    def _on_received(self, answers: list[tuple[threading.Thread, Callable[[], object]]]) -> None:
        for thread, _ in answers:
            self._running.discard(thread)
        for _, answer in answers:
            answer()

"""Load what the first document will need while the start page is being looked at."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

DELAY_MS = 400
"""After the first painting is through: loading must not hold up what is seen first."""
MODULES = (
    "casare.ui.canvas",
    "casare.ui.canvas.prepared",
    "casare.ui.shell.workspace",
    "casare.ui.panels.palette",
    "casare.ui.panels.inspector",
    "casare.profiling",
)

_log = logging.getLogger(__name__)


class Preload(QObject):
    """Import modules on a thread, a moment after this was made; without it the first file would pay for them."""

    def __init__(self, parent: QObject, modules: Sequence[str] = MODULES) -> None:
        super().__init__(parent)
        self._modules = modules
        self._stop = threading.Event()
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._start)
        self._timer.start()

    def close(self) -> None:
        """Load nothing more."""
        self._timer.stop()
        self._stop.set()

    def _start(self) -> None:
        threading.Thread(target=self._run, name="casare-preload", daemon=True).start()

    def _run(self) -> None:
        for name in self._modules:
            if self._stop.is_set():
                return
            try:
                importlib.import_module(name)
            except Exception:
                # Whoever needs it will meet the error again, where it can be told.
                _log.exception("could not load %s ahead of time", name)

"""Load and build what the first document will need while the start page is being looked at."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from casare.catalog import Catalog
from casare.ui.theme.icons import read_icons

DELAY_MS = 400
"""After the first painting is through: loading must not hold up what is seen first."""
STEP_MS = 60
"""Between two steps of building, so that a press in between is answered at once."""
MODULES = (
    "casare.ui.canvas",
    "casare.ui.canvas.prepared",
    "casare.ui.shell.frame.workspace",
    "casare.ui.shell.finding.finding",
    "casare.ui.shell.documents.equipping",
    "casare.ui.canvas.journey",
    "casare.ui.panels.palette",
    "casare.ui.panels.inspector",
    "casare.app.documents.parameters",
    "pydantic.type_adapter",
    "msgspec",
    "zstandard",
    "casare.profiling",
    "casare.profiling.costs.user_costs",
    "casare.app.profiler.inner_files",
    "casare.app.running.live_run",
    "casare.ui.shell.running.run_view",
)
LATER = (
    "casare.ui.panels.profiler",
    "casare.ui.panels.profiler.timeline_chart",
    "casare.ui.panels.profiler.memory_chart",
)
"""What nobody needs at once and takes long to load: the charts of the profiler."""
LATER_MS = 1_500
"""How long after all else, and after the last look that found a file on its way in: loading would slow that down."""

_log: Final = logging.getLogger(__name__)


class Preload(QObject):
    """Import modules on a thread, a moment after this was made, then take the steps one at a time on the UI thread.

    Without it the first file would pay for both. `done` tells that nothing is left to do.
    """

    done = Signal()
    _loaded = Signal()

    def __init__(
        self,
        parent: QObject,
        catalog: Catalog,
        steps: Sequence[Callable[[], object]] = (),
        modules: Sequence[str] = MODULES,
        later: Sequence[str] = LATER,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._modules = modules
        self._later = later
        self._busy = busy
        self._steps = list(steps)
        self._stop = threading.Event()
        self._loaded.connect(self._on_loaded)
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._start)
        self._timer.start()
        self._afterwards = QTimer(self, singleShot=True, interval=LATER_MS)
        self._afterwards.timeout.connect(self._load_later)
        self._pace = QTimer(self, interval=STEP_MS)
        self._pace.timeout.connect(self._step)

    def close(self) -> None:
        """Load and build nothing more."""
        self._timer.stop()
        self._pace.stop()
        self._afterwards.stop()
        self._stop.set()

    def _start(self) -> None:
        threading.Thread(target=self._run, name="casare-preload", daemon=True).start()

    def _run(self) -> None:
        self._load(self._modules)
        if self._stop.is_set():
            return
        # The palette and the canvas ask for all of them.
        self._catalog.types()
        read_icons()
        if not self._stop.is_set():
            self._loaded.emit()

    def _load(self, modules: Sequence[str]) -> None:
        for name in modules:
            if self._stop.is_set():
                return
            try:
                importlib.import_module(name)
            except Exception:
                # Whoever needs it will meet the error again, where it can be told.
                _log.exception("could not load %s ahead of time", name)

    def _on_loaded(self) -> None:
        if not self._stop.is_set():
            self._pace.start()

    def _step(self) -> None:
        if self._steps:
            self._steps.pop(0)()
        else:
            self._pace.stop()
            self._afterwards.start()
            self.done.emit()

    def _load_later(self) -> None:
        if self._busy():
            self._afterwards.start()
        else:
            threading.Thread(target=self._load, args=(self._later,), name="casare-preload", daemon=True).start()

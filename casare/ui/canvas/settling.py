"""What a large graph still needs after its first painting, a little in each turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from casare.app.documents.level import Level
from casare.ui.geometry.graph_geometry import GraphGeometry

_WIRES_AT_ONCE = 200
_AT_ONCE_S = 0.003
"""How long one turn may give wires their places; long ones take several times as long as short ones."""
_PAUSE_MS = 8
"""Between two pieces, so that the window paints what else has come into view."""


class Settling(QObject):
    """Give the wires their places once the first cards are painted, then have the wires painted that only cross."""

    def __init__(self, document: Level, geometry: GraphGeometry, done: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._geometry = geometry
        self._done = done
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._step)

    def begin(self) -> None:
        """Begin, unless it has begun or there is nothing left to do."""
        if not self._geometry.is_complete and not self._timer.isActive():
            self._timer.start()

    def _step(self) -> None:
        if not self._geometry.is_complete:
            until = perf_counter() + _AT_ONCE_S
            while not self._geometry.is_complete and perf_counter() < until:
                self._geometry.complete(_WIRES_AT_ONCE)
            return
        self._timer.stop()
        # Whatever asks first for the wires of a node would have to wait for the index of all.
        self._document.graph.incoming("")
        self._done()

"""Where one canvas has been: the places its view rested at, and the way back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casare.app.places import Place, PlaceHistory
from casare.ui.background import OncePerTurn
from casare.ui.canvas.peek import Peek

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_REST = 600
"""How long a view must stand still for its place to be worth coming back to, ms."""


class Journey(QObject):
    """Take down where the view rests, and go back and forth among those places."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.history = PlaceHistory()
        self.peek = Peek(canvas)
        self._rested = OncePerTurn(self.note, self, _REST)
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(self._on_moved)
        canvas.zoom_changed.connect(self._on_moved)

    def note(self) -> None:
        """Take down where the view is now."""
        self._rested.cancel()
        if not self.peek.active:
            self.history.note(self._canvas.navigator.place())

    def back(self) -> None:
        """Go to the place before."""
        self.note()
        self._go(self.history.back())

    def forward(self) -> None:
        """Go to the place that was gone back from."""
        self._rested.cancel()
        self._go(self.history.forward())

    def go_to(self, place: Place) -> None:
        """Go to a place, so that going back leads here again."""
        self.note()
        self._go(place)
        self.note()

    def _go(self, place: Place | None) -> None:
        if place is not None:
            self._canvas.look_at(place)
            # Getting there was no journey of its own.
            self._rested.cancel()

    def _on_moved(self) -> None:
        if not self.peek.active:
            self._rested.request()

"""Where the canvases of a window have been and will be again: history, bookmarks, what is remembered of each file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject

from casare.app.documents.level import Level
from casare.app.places import Place, Remembered, RememberedViews

if TYPE_CHECKING:
    from casare.ui.canvas.journey import Journey
    from casare.ui.canvas.view import CanvasView

_BEYOND = 600
"""How far (scene px) outside everything a remembered place may lie and still be worth going to."""


class Journeys(QObject):
    """Keep a journey for each canvas and the bookmarks of each document, and remember both by the file's path."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._views = RememberedViews()
        self._journeys: WeakKeyDictionary[CanvasView, Journey] = WeakKeyDictionary()
        self._bookmarks: WeakKeyDictionary[Level, dict[int, Place]] = WeakKeyDictionary()

    def of(self, canvas: CanvasView) -> Journey:
        """Return the journey of a canvas."""
        # With the canvas, not with the start page.
        from casare.ui.canvas.journey import Journey

        found = self._journeys.get(canvas)
        if found is None:
            found = self._journeys[canvas] = Journey(canvas)
        return found

    def bookmarks(self, document: Level) -> dict[int, Place]:
        """Return the bookmarks of a level by number; those inside subgraphs last as long as the window."""
        return self._bookmarks.setdefault(document, {})

    def set_bookmark(self, canvas: CanvasView, number: int) -> None:
        """Mark where a canvas looks."""
        self.bookmarks(canvas.document)[number] = canvas.navigator.place()
        if _file_of(canvas) is not None:
            # At once: a bookmark is set to be found again, whatever happens until then.
            self.remember([canvas])

    def go_to_bookmark(self, canvas: CanvasView, number: int) -> bool:
        """Go to a place that was marked; tell whether there is one."""
        place = self.bookmarks(canvas.document).get(number)
        if place is not None:
            self.of(canvas).go_to(place)
        return place is not None

    def bring_back(self, canvas: CanvasView) -> None:
        """Show a file that has just been opened as it was left."""
        self.of(canvas)
        document = canvas.document
        path = _file_of(canvas)
        if path is None:
            return
        remembered = self._views.of(path)
        self.bookmarks(document).update(remembered.bookmarks)
        bounds = canvas.stage.geometry.bounds()
        place = remembered.place
        if place is None or bounds is None or not bounds.grown(_BEYOND).contains(place.x, place.y):
            return
        canvas.look_at(place)
        document.selection.set([one for one in remembered.selected if one in document.graph.nodes])

    def remember(self, canvases: Iterable[CanvasView]) -> None:
        """Write down where these canvases look, and what is selected and marked in their documents."""
        left: dict[Path, Remembered] = {}
        for canvas in canvases:
            document, path = canvas.document, _file_of(canvas)
            if path is not None:
                chosen = tuple(sorted(document.selection.nodes))
                left[path] = Remembered(canvas.navigator.place(), chosen, dict(self.bookmarks(document)))
        if left:
            self._views.remember(left)


def _file_of(canvas: CanvasView) -> Path | None:
    """Return the file of what a canvas shows; None for a level inside, which is not where a file opens."""
    document = canvas.document.document
    return document.path if canvas.document is document else None

"""How the view moves over the canvas: pan, zoom at a point, fit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from casare.app.places import Place
from casare.foundation.rect import Rect

ZOOM_MIN: Final = 0.005
ZOOM_MAX: Final = 4.0
ZOOM_STEP: Final = 1.2
"""One notch of a wheel, one press of a zoom key."""
_FIT_MARGIN = 48
_BEGINNING: Final = 0.9
"""The zoom at which a workflow too large for one view is opened."""
READABLE: Final = 0.5
"""Below this zoom the text of a card cannot be read."""


class Navigator:
    """Moves one view. Points of the screen are in px of its viewport, places on the canvas in scene px."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view

    @property
    def zoom(self) -> float:
        """Return pixels of the screen per scene px."""
        return self._view.transform().m11()

    def zoom_to(self, zoom: float, around: QPoint | None = None) -> None:
        """Set the zoom, keeping what lies under `around` (the middle when None) where it is."""
        zoom = min(max(zoom, ZOOM_MIN), ZOOM_MAX)
        view = self._view
        point = QPointF(around) if around is not None else QPointF(view.viewport().rect().center())
        before = self._to_scene(point)
        view.setTransform(QTransform.fromScale(zoom, zoom))
        after = self._to_scene(point)
        self._scroll((before.x() - after.x()) * zoom, (before.y() - after.y()) * zoom)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the canvas by so many pixels of the screen."""
        self._scroll(-dx, -dy)

    def fit(self, area: Rect, *, largest: float = 1.0) -> None:
        """Show the whole of `area`, no larger than `largest`."""
        size = self._view.viewport().size()
        wide = max(1, size.width() - 2 * _FIT_MARGIN) / max(area.width, 1)
        high = max(1, size.height() - 2 * _FIT_MARGIN) / max(area.height, 1)
        self.zoom_to(min(wide, high, largest))
        self._view.centerOn(QPointF(*area.center))

    def show_beginning(self, area: Rect) -> None:
        """Show all of `area` if it can be read then; else its beginning, readable: a flow starts at the left."""
        size = self._view.viewport().size()
        fitting = min(size.width() / max(area.width + 120, 1), size.height() / max(area.height + 120, 1))
        if fitting >= READABLE:
            self.fit(area)
            return
        self.zoom_to(_BEGINNING)
        zoom = self.zoom
        x = area.x + size.width() / zoom / 2 - _FIT_MARGIN / zoom
        tall = area.height * zoom > size.height()
        y = area.y + size.height() / zoom / 2 - _FIT_MARGIN / zoom if tall else area.center[1]
        self._view.centerOn(QPointF(x, y))

    def reveal(self, area: Rect) -> None:
        """Bring `area` into view with as little movement as possible; zoom out or in only when it must."""
        seen = self.seen()
        if self.zoom < READABLE:
            self.fit(area, largest=0.9)
        elif area.width > seen.width or area.height > seen.height:
            self.fit(area)
        elif not seen.encloses(area):
            self._view.centerOn(QPointF(*area.center))

    def follow(self, area: Rect) -> None:
        """Move just so far that `area` is in view, with room around it; the zoom stays as it is."""
        seen = self.seen()
        gap = min(_FIT_MARGIN / self.zoom, (seen.width - area.width) / 2, (seen.height - area.height) / 2)
        if gap < 0:
            self._view.centerOn(QPointF(*area.center))
            return
        wanted = area.grown(gap)
        dx = min(0.0, wanted.x - seen.x) or max(0.0, wanted.right - seen.right)
        dy = min(0.0, wanted.y - seen.y) or max(0.0, wanted.bottom - seen.bottom)
        self.pan_by(-dx * self.zoom, -dy * self.zoom)

    def place(self) -> Place:
        """Return what the view looks at."""
        return Place(*self.seen().center, self.zoom)

    def look_at(self, place: Place) -> None:
        """Bring a place into the middle, at its zoom."""
        self.zoom_to(place.zoom)
        self._view.centerOn(QPointF(place.x, place.y))

    def seen(self) -> Rect:
        """Return the part of the canvas that is in view."""
        area: QRectF = self._view.mapToScene(self._view.viewport().rect()).boundingRect()
        return Rect(area.x(), area.y(), area.width(), area.height())

    def _to_scene(self, point: QPointF) -> QPointF:
        inverse, _ = self._view.viewportTransform().inverted()
        return inverse.map(point)

    def _scroll(self, dx: float, dy: float) -> None:
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + round(dx))
        down.setValue(down.value() + round(dy))

"""The whole graph in a corner, with the part that is in view marked: click or drag to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from casare.foundation.rect import Rect
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_L, SPACE_S

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_LARGEST: Final = QSize(208, 132)
_LEAST_VIEW: Final = QSize(520, 320)
"""In a view smaller than this the minimap would hide more than it shows."""


class Minimap:
    """Lies in the lower right corner of a canvas while part of the graph is out of view.

    It is painted into the view and not a widget on top of it: Qt stops moving the picture of a view that pans as soon
    as another widget lies over it, and then everything would be painted again at each step.
    """

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas
        self._wanted = True
        self._rect = QRect()

    @property
    def rect(self) -> QRect:
        """Return where it lies in the viewport (px); empty while it is hidden."""
        return self._rect

    def set_wanted(self, wanted: bool) -> None:
        """Allow the minimap, or keep it away."""
        self._wanted = wanted
        self.follow()

    def follow(self, dx: int = 0, dy: int = 0) -> None:
        """Take the place and the shape that fit the graph and the view now; the view was moved by (dx, dy) px."""
        viewport = self._canvas.viewport()
        before, self._rect = self._rect, self._place()
        for area in (before.translated(dx, dy), before, self._rect):
            if not area.isEmpty():
                viewport.update(area)

    def paint(self, painter: QPainter) -> None:
        """Paint the picture that is kept of the whole graph, and the frame of the view over it (viewport px)."""
        bounds = self._canvas.stage.geometry.bounds()
        if self._rect.isEmpty() or bounds is None:
            return
        theme = self._canvas.stage.look.theme
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(qcolor(theme.line_strong), 1))
        painter.setBrush(qcolor(theme.panel, 0.94))
        frame = QRectF(self._rect)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        overview = self._canvas.canvas_scene.sheets.current_overview()
        if overview is not None:
            painter.drawImage(self._placed(overview.region, bounds), overview.image)
        seen = self._placed(self._canvas.navigator.seen(), bounds).intersected(frame.adjusted(2, 2, -2, -2))
        painter.setPen(QPen(qcolor(theme.accent), 1.5))
        painter.setBrush(qcolor(theme.selection_ground))
        painter.drawRoundedRect(seen, 2, 2)

    def go_to(self, point: QPoint) -> None:
        """Bring what lies under a point of the viewport into the middle of the view."""
        bounds = self._canvas.stage.geometry.bounds()
        if bounds is None or self._rect.isEmpty():
            return
        area = self._area(bounds)
        x = bounds.x + (point.x() - area.x()) / area.width() * bounds.width
        y = bounds.y + (point.y() - area.y()) / area.height() * bounds.height
        self._canvas.centerOn(x, y)

    def _place(self) -> QRect:
        canvas = self._canvas
        bounds = canvas.stage.geometry.bounds()
        view = canvas.viewport().size()
        room = view.width() >= _LEAST_VIEW.width() and view.height() >= _LEAST_VIEW.height()
        if not self._wanted or not room or bounds is None or canvas.navigator.seen().encloses(bounds):
            return QRect()
        inner = QSize(round(bounds.width), round(bounds.height)).scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        size = QSize(max(inner.width(), 72), max(inner.height(), 40)) + QSize(2 * SPACE_S, 2 * SPACE_S)
        corner = QPoint(view.width() - size.width() - SPACE_L, view.height() - size.height() - SPACE_L)
        return QRect(corner, size)

    def _area(self, bounds: Rect) -> QRectF:
        """Return where in the viewport the bounds of the graph lie, in their own proportions."""
        room = QRectF(self._rect).adjusted(SPACE_S, SPACE_S, -SPACE_S, -SPACE_S)
        scale = min(room.width() / max(bounds.width, 1), room.height() / max(bounds.height, 1))
        size = (max(bounds.width, 1) * scale, max(bounds.height, 1) * scale)
        return QRectF(room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, *size)

    def _placed(self, part: Rect, bounds: Rect) -> QRectF:
        area = self._area(bounds)
        scale = area.width() / max(bounds.width, 1)
        return QRectF(
            area.x() + (part.x - bounds.x) * scale,
            area.y() + (part.y - bounds.y) * scale,
            part.width * scale,
            part.height * scale,
        )

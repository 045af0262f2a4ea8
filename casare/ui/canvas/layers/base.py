"""What every layer shares."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from casare.foundation.rect import Rect
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.metrics import PORTS_FROM

WORLD = QRectF(-2e6, -2e6, 4e6, 4e6)
"""The whole canvas (scene px). Larger than any workflow, small enough for the view's whole-number scroll range."""

DETAIL = PORTS_FROM
"""The zoom from which a card shows its text and ports."""
MANY = 150
"""With more cards than this a graph is shown from afar by kept pictures; fewer are quick to draw each time."""


class Layer(QGraphicsItem):
    """One sheet of the canvas. Subclasses paint the exposed part in `paint_exposed`."""

    def __init__(self, stage: Stage, z: float) -> None:
        super().__init__()
        self.stage = stage
        self.setZValue(z)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        # The view works out itself what the pointer is over.
        self.setAcceptedMouseButtons(self.acceptedMouseButtons().NoButton)

    def boundingRect(self) -> QRectF:
        """Return the whole canvas: what is painted is decided by what is exposed."""
        return WORLD

    def parts(self, area: Rect) -> tuple[Rect, ...]:
        """Return what of `area` has to be painted: while the view pans, the strips that came into view."""
        return self.stage.exposed or (area,)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint what the view asks for."""
        area = option.exposedRect
        scale = painter.worldTransform().m11()
        self.paint_exposed(painter, Rect(area.x(), area.y(), area.width(), area.height()), scale)

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint everything that touches `area` (scene px) at the zoom `scale`."""
        raise TypeError(f"{type(self).__name__} paints nothing")

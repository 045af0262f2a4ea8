"""Small pictures that many nodes share, such as the ring of a state: drawn once for a zoom, then only copied."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import perf_counter
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

_MOST: Final = 600
_BUDGET_S: Final = 0.005
"""How long one frame may spend on pictures for another zoom; the rest are stretched until the next."""


class _Picture(NamedTuple):
    pixmap: QPixmap
    scale: float


class KeptPictures:
    """Draws by kept pictures; the least recently used go first."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[Hashable, _Picture] = OrderedDict()
        self._until = 0.0
        self.stretched = False
        """Whether a picture of this frame is of another zoom, so that another frame is wanted."""

    def __len__(self) -> int:
        return len(self._pictures)

    def clear(self) -> None:
        """Drop all, as after a change of theme."""
        self._pictures.clear()

    def begin_frame(self) -> None:
        """Start to count the time of a frame."""
        self._until = perf_counter() + _BUDGET_S
        self.stretched = False

    def draw(self, painter: QPainter, key: Hashable, area: QRectF, draw: Callable[[QPainter], object]) -> None:
        """Draw what `draw` draws into an area of this size at the origin, at the place of `area` (scene px).

        Equal keys stand for equal pictures.
        """
        engine = painter.paintEngine().type()
        if engine not in (QPaintEngine.Type.Raster, QPaintEngine.Type.OpenGL2):
            painter.save()
            painter.translate(area.topLeft())
            draw(painter)
            painter.restore()
            return
        transform = painter.worldTransform()
        ratio = painter.device().devicePixelRatioF()
        scale = transform.m11() * ratio
        known = self._pictures.get(key)
        if known is None or (known.scale != scale and perf_counter() < self._until):
            known = self._pictures[key] = _Picture(_rendered(area, scale, ratio, draw), scale)
            while len(self._pictures) > _MOST:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        if known.scale == scale:
            corner = transform.map(area.topLeft())
            painter.setWorldMatrixEnabled(False)
            at = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
            painter.drawPixmap(at, known.pixmap)
            painter.setWorldMatrixEnabled(True)
        else:
            self.stretched = True
            painter.drawPixmap(area, known.pixmap, QRectF(known.pixmap.rect()))


def _rendered(area: QRectF, scale: float, ratio: float, draw: Callable[[QPainter], object]) -> QPixmap:
    pixmap = QPixmap(max(1, round(area.width() * scale)), max(1, round(area.height() * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    draw(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap

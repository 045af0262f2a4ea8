"""The icons: line drawings in one colour, rendered sharp at the size and the pixel ratio they are shown at."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from casare.foundation.resources import resource
from casare.ui.theme.tokens import ICON_SIZE, Theme

FALLBACK: Final = "box"
APPLICATION_ICON: Final = "casare"


@cache
def icon_names() -> tuple[str, ...]:
    """Return the names of all icons, sorted; the application icon is not among them."""
    return tuple(sorted(path.stem for path in resource("icons").glob("*.svg") if path.stem != APPLICATION_ICON))


@lru_cache(maxsize=512)
def icon_svg(name: str, color: str, stroke: float = 2.0) -> bytes:
    """Return an icon's SVG in `color` (`#rrggbb`), lines `stroke` wide on a 24-unit square.

    An unknown name gives the icon `box`.
    """
    known = name if name in icon_names() else FALLBACK
    return (
        _drawing(known)
        .replace("currentColor", color)
        .replace('stroke-width="2"', f'stroke-width="{stroke:g}"')
        .encode()
    )


def read_icons() -> None:
    """Read all drawings, so that no painting has to wait for a file. Runs on any thread."""
    for name in icon_names():
        _drawing(name)


@cache
def _drawing(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=2048)
def icon_pixmap(name: str, color: str, size: int = ICON_SIZE, dpr: float = 1.0) -> QPixmap:
    """Return an icon drawn in `color`, `size` logical pixels square, for a screen of `dpr` pixels to one."""
    renderer = QSvgRenderer(QByteArray(icon_svg(name, color, stroke_at(size))))
    return _rendered(renderer, QSize(size, size), dpr)


def paint_icon(painter: QPainter, at: QPoint, name: str, color: str, size: int = ICON_SIZE) -> None:
    """Draw an icon with its top left corner `at`, sharp on the device painted to (a window, a picture, a grab)."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(at, icon_pixmap(name, color, size, ratio))


def stroke_at(size: int) -> float:
    """Return the line width (of 24) that keeps icons of all sizes of about one weight."""
    return 2.0 if size <= 16 else 1.75 if size <= 24 else 1.5


@cache
def icon(name: str, theme: Theme, color: str | None = None) -> QIcon:
    """Return an icon with its normal, active, selected and disabled looks in `theme`.

    `color` replaces the colour of all but the disabled look, as for the icon of a category.
    """
    return QIcon(_LineIconEngine(name, theme, color))


@cache
def application_icon() -> QIcon:
    """Return the icon of casare itself."""
    made = QIcon()
    renderer = QSvgRenderer(str(resource(f"icons/{APPLICATION_ICON}.svg")))
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_rendered(renderer, QSize(size, size), 1.0))
    return made


class _LineIconEngine(QIconEngine):
    """Draw one icon of the set at whatever size and ratio Qt asks for."""

    def __init__(self, name: str, theme: Theme, color: str | None) -> None:
        super().__init__()
        self._name, self._theme, self._color = name, theme, color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into the middle of `rect`."""
        size = min(rect.width(), rect.height())
        at = rect.topLeft() + QPoint((rect.width() - size) // 2, (rect.height() - size) // 2)
        paint_icon(painter, at, self._name, self._colour(mode, state), size)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon at `size` pixels for a screen of ratio 1."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802
        """Return the icon at `size` logical pixels (since Qt 6.8) for a screen of ratio `scale`."""
        edge = max(1, min(size.width(), size.height()))
        return icon_pixmap(self._name, self._colour(mode, state), edge, scale)

    def clone(self) -> QIconEngine:
        """Return an engine for the same icon."""
        return _LineIconEngine(self._name, self._theme, self._color)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return self._theme.text_disabled
        if self._color is not None:
            return self._color
        if state == QIcon.State.On:
            return self._theme.accent
        return self._theme.text if mode in (QIcon.Mode.Active, QIcon.Mode.Selected) else self._theme.text_secondary


def _rendered(renderer: QSvgRenderer, size: QSize, dpr: float) -> QPixmap:
    made = QPixmap(size * dpr)
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return made

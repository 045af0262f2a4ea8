"""Text on the canvas: elided to its room, measured once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of text in the middle of `rect` (scene px), with an ellipsis where it is too long."""
    if not text:
        return
    painter.setFont(font)
    painter.setPen(colour)
    shown = elided(text, font, round(rect.width()))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def elided(text: str, font: QFont, width: int) -> str:
    """Return `text` cut with an ellipsis to `width` px in `font`."""
    key = font.key()
    if key not in _metrics:
        _metrics[key] = QFontMetricsF(font)
    return _elided(text, key, width)


def text_width(text: str, font: QFont) -> float:
    """Return how wide a line of text is in `font`, px."""
    key = font.key()
    if key not in _metrics:
        _metrics[key] = QFontMetricsF(font)
    return _width(text, key)


_metrics: dict[str, QFontMetricsF] = {}


@lru_cache(maxsize=20_000)
def _width(text: str, font_key: str) -> float:
    return _metrics[font_key].horizontalAdvance(text)


@lru_cache(maxsize=20_000)
def _elided(text: str, font_key: str, width: int) -> str:
    return _metrics[font_key].elidedText(text, Qt.TextElideMode.ElideRight, width)

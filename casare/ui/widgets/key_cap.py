"""A shortcut drawn as the keys to press."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CHIP, SPACE_S, TEXT_CAPTION

_HEIGHT = 18
_GAP = 3
_PADDING = 5
_APPLE = {"Ctrl": "⌘", "Meta": "⌃", "Alt": "⌥", "Shift": "⇧"}
_SHORT = {"Del": "Del", "Return": "↵", "Enter": "↵", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def key_names(shortcut: str | QKeySequence, apple: bool = sys.platform == "darwin") -> list[list[str]]:
    """Return the keys of each stroke of a shortcut, as a person finds them on the keyboard."""
    sequence = QKeySequence(shortcut)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    strokes = text.split(", ") if text else []
    return [[_name(key, apple) for key in _split(stroke)] for stroke in strokes]


class KeyCap(QWidget):
    """Show a shortcut as key caps."""

    def __init__(self, shortcut: str | QKeySequence = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_shortcut(shortcut)

    def set_shortcut(self, shortcut: str | QKeySequence) -> None:
        """Show another shortcut; an empty one shows nothing."""
        self._strokes = key_names(shortcut)
        self.setAccessibleName(", ".join(" ".join(stroke) for stroke in self._strokes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the caps take side by side."""
        rects = self._caps()
        return QSize(round(rects[-1][1].right()) if rects else 0, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key, rect in self._caps():
            _paint_cap(painter, rect, key)
        painter.end()

    def _caps(self) -> list[tuple[str, QRectF]]:
        metrics = QFontMetrics(ui_font(TEXT_CAPTION))
        made: list[tuple[str, QRectF]] = []
        x = 0
        for stroke in self._strokes:
            for key in stroke:
                width = _width(key, metrics)
                made.append((key, QRectF(x, 0, width, _HEIGHT)))
                x += width + _GAP
            x += SPACE_S - _GAP
        return made


def paint_caps_before(painter: QPainter, right: float, middle: float, shortcut: str) -> float:
    """Draw the caps of a shortcut so that they end at `right`; return where room is left before them (px)."""
    metrics = QFontMetrics(ui_font(TEXT_CAPTION))
    for key in reversed([key for stroke in key_names(shortcut) for key in stroke]):
        width = _width(key, metrics)
        _paint_cap(painter, QRectF(right - width, middle - _HEIGHT / 2 + 1, width, _HEIGHT), key)
        right -= width + _GAP
    return right


def _width(key: str, metrics: QFontMetrics) -> int:
    return max(_HEIGHT, metrics.horizontalAdvance(key) + 2 * _PADDING)


def _paint_cap(painter: QPainter, rect: QRectF, key: str) -> None:
    theme = current_theme()
    painter.setFont(ui_font(TEXT_CAPTION))
    painter.setPen(QPen(qcolor(theme.line_strong), 1))
    painter.setBrush(qcolor(theme.raised))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
    painter.setPen(qcolor(theme.text_secondary))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


def _split(stroke: str) -> list[str]:
    # "Ctrl++" is Ctrl and the plus key.
    return [*stroke[:-2].split("+"), "+"] if stroke.endswith("++") else stroke.split("+") if stroke != "+" else ["+"]


def _name(key: str, apple: bool) -> str:
    return (_APPLE.get(key) if apple else None) or _SHORT.get(key, key)

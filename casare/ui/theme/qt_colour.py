"""Token colours as Qt knows them."""

from __future__ import annotations

from PySide6.QtGui import QColor

from casare.ui.theme.colour import channels


def qcolor(colour: str, opacity: float = 1.0) -> QColor:
    """Return a token colour as QColor, its alpha multiplied by `opacity` (0 to 1).

    `QColor("#rrggbbaa")` would read the alpha from the front; always come through here.
    """
    red, green, blue, alpha = channels(colour)
    return QColor(red, green, blue, round(alpha * opacity))


def css(colour: str) -> str:
    """Return a token colour as a Qt stylesheet writes it."""
    red, green, blue, alpha = channels(colour)
    return colour if alpha == 255 else f"rgba({red}, {green}, {blue}, {alpha})"

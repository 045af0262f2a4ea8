"""The colours, pens and fonts of the canvas, made once per theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen

from casare.sdk import DataType, Port, PortKind
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import TEXT_BODY, TEXT_CAPTION, TEXT_SMALL, TEXT_TITLE, Theme

CONTROL_WIDTH = 2.4
DATA_WIDTH = 1.8
RING_WIDTH = 2.0


class CanvasLook:
    """Everything a painter needs to know about a theme, as Qt values."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.canvas = qcolor(theme.canvas)
        self.grid_dot = qcolor(theme.grid_dot)
        self.body = qcolor(theme.node_body)
        self.line = qcolor(theme.line)
        self.border = qcolor(theme.line_strong)
        self.text = qcolor(theme.text)
        self.secondary = qcolor(theme.text_secondary)
        self.muted = qcolor(theme.text_muted)
        self.accent = qcolor(theme.accent)
        self.ring = qcolor(theme.selection_ring)
        self.band = qcolor(theme.selection_ground)
        self.shadow = qcolor(theme.shadow)
        self.error = qcolor(theme.error)
        self.warning = qcolor(theme.warning)
        self.control = qcolor(theme.control_wire)
        self.critical = qcolor(theme.critical_wire)
        self.overlay = qcolor(theme.overlay)
        self.found = qcolor(theme.found)
        self.note = qcolor(theme.note_ground)
        self.outline = qcolor(theme.outline)
        self.title_font = ui_font(TEXT_BODY, QFont.Weight.DemiBold)
        self.text_font = ui_font(TEXT_CAPTION)
        self.far_font = ui_font(TEXT_SMALL)
        self.badge_font = ui_font(TEXT_CAPTION, tabular=True)
        self.frame_font = ui_font(TEXT_TITLE, QFont.Weight.DemiBold)
        self.note_font = ui_font(TEXT_BODY)

    def category(self, name: str) -> QColor:
        """Return the colour of a node category."""
        return _colour(self.theme.category(name))

    def header(self, category: str) -> QColor:
        """Return the ground of a card's header."""
        return _colour(self.theme.header_ground(category))

    def heat_ground(self, step: int, stale: bool) -> QColor:
        """Return the ground for a step of the heat scale; grey when it is of an earlier state."""
        return qcolor(self.theme.stale, 0.35) if stale else _colour(self.theme.heat[step])

    def on_heat(self, step: int, stale: bool) -> QColor:
        """Return the colour of text on a step of the heat scale."""
        return self.text if stale else _colour(self.theme.on_heat[step])

    def type_colour(self, data_type: DataType) -> QColor:
        """Return the colour of a data type."""
        return _colour(self.theme.data_type(data_type.value))

    def port_colour(self, port: Port | None) -> QColor:
        """Return the colour of a port and of the wires that start there."""
        if port is None:
            return self.type_colour(DataType.ANY)
        return self.control if port.kind is PortKind.CONTROL else self.type_colour(port.type)

    def wire_pen(self, port: Port | None, *, width_factor: float = 1.0) -> QPen:
        """Return the pen for a wire that starts at `port`."""
        control = port is not None and port.kind is PortKind.CONTROL
        width = (CONTROL_WIDTH if control else DATA_WIDTH) * width_factor
        return QPen(
            self.port_colour(port),
            width,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )


@cache
def _colour(text: str) -> QColor:
    return qcolor(text)

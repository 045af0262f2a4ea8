"""The ports of a node: what goes in and out, and where it comes from and goes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from casare.sdk import Port, PortKind
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CHIP, ROW_HEIGHT, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION, Theme
from casare.ui.widgets.focus_ring import paint_focus_ring
from casare.ui.widgets.text_label import TextLabel


class PortLine(NamedTuple):
    """A port, what is at the other end of its wires, and the node there to jump to."""

    port: Port
    other: str = ""
    node_id: str = ""


class PortsList(QWidget):
    """List inputs and outputs; a wired one leads to the node at its other end."""

    jump_asked = Signal(str)
    """The id of a node to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_PortRow] = []
        self._titles = (TextLabel("Inputs", "caption", parent=self), TextLabel("Outputs", "caption", parent=self))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def rows(self) -> list[QAbstractButton]:
        """The rows on show."""
        return [row for row in self._rows if not row.isHidden()]

    def show_ports(self, inputs: Sequence[PortLine], outputs: Sequence[PortLine]) -> None:
        """List these ports."""
        while self._column.count():
            self._column.takeAt(0)
        used = 0
        self._titles[1].setContentsMargins(0, SPACE_XS, 0, 0)
        for title, lines in zip(self._titles, (inputs, outputs), strict=True):
            title.setVisible(bool(lines))
            self._column.addWidget(title)
            for line in lines:
                if used == len(self._rows):
                    self._rows.append(_PortRow(self))
                    self._rows[-1].chosen.connect(self.jump_asked)
                row = self._rows[used]
                row.show_line(line)
                row.show()
                self._column.addWidget(row)
                used += 1
        for row in self._rows[used:]:
            row.hide()
        # Filled while the page is hidden, Qt would show the rows at the height of the list before.
        self._column.activate()
        self.updateGeometry()


class _PortRow(QAbstractButton):
    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = PortLine(Port("port"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: self.chosen.emit(self._line.node_id) if self._line.node_id else None)

    def show_line(self, line: PortLine) -> None:
        self._line = line
        kind = "control" if line.port.kind is PortKind.CONTROL else str(line.port.type)
        wired = f", {line.other}" if line.other else ", not wired"
        self.setAccessibleName(f"{line.port.title}, {kind}{wired}")
        self.setToolTip(line.port.help or f"{line.port.name} ({kind})")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line.node_id else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if line.node_id else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._line.node_id:
            super().mousePressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._line.node_id and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.hover))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CHIP, RADIUS_CHIP)
        _paint_shape(painter, QPointF(SPACE_S + 1, self.height() / 2), self._line, theme)
        rect = self.rect().adjusted(SPACE_S + 12, 0, -SPACE_XS, 0)
        _paint_words(painter, rect, self._line, theme)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), theme, RADIUS_CHIP)
        painter.end()


def _paint_shape(painter: QPainter, at: QPointF, line: PortLine, theme: Theme) -> None:
    control = line.port.kind is PortKind.CONTROL
    colour = qcolor(theme.data_type("control" if control else str(line.port.type)))
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if line.other else Qt.BrushStyle.NoBrush)
    if control:
        offsets = ((-3, -4), (4, 0), (-3, 4))
        painter.drawPolygon(QPolygonF([at + QPointF(*offset) for offset in offsets]))
    else:
        painter.drawEllipse(at, 3.5, 3.5)


def _paint_words(painter: QPainter, rect: QRect, line: PortLine, theme: Theme) -> None:
    flags = Qt.AlignmentFlag.AlignVCenter
    control = line.port.kind is PortKind.CONTROL
    painter.setFont(ui_font(TEXT_BODY))
    metrics = painter.fontMetrics()
    title = metrics.elidedText(line.port.title, Qt.TextElideMode.ElideRight, rect.width() * 2 // 5)
    painter.setPen(qcolor(theme.text if line.other else theme.text_secondary))
    painter.drawText(rect, flags | Qt.AlignmentFlag.AlignLeft, title)
    rest = rect.adjusted(metrics.horizontalAdvance(title) + SPACE_S, 0, 0, 0)
    if not line.other:
        painter.setFont(ui_font(TEXT_CAPTION))
    painter.setPen(qcolor(theme.accent if line.other else theme.text_muted))
    told = line.other or ("" if control else str(line.port.type))
    elided = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, rest.width())
    painter.drawText(rest, flags | Qt.AlignmentFlag.AlignRight, elided)

"""Rows of the overview that lead to nodes: an entry of the ledger, a step on the way up, a node that takes time."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from casare.ui.panels.profiler.wording import Cost
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import (
    RADIUS_FIELD,
    ROW_HEIGHT,
    SPACE_S,
    SPACE_XS,
    TEXT_BODY,
    TEXT_CAPTION,
)
from casare.ui.widgets.focus_ring import paint_focus_ring
from casare.ui.widgets.share_bar import paint_share, tone_of_cost

TIME_WIDTH = 64
SLACK_WIDTH = 64
NARROW = 330
"""Below this width (px) a row puts under its text what otherwise stands beside it."""
_LEDGER_ROW = 40
_NARROW_ROW = 36


class NodesRow(QAbstractButton):
    """A row that stands for some nodes; Enter and Space press it like a click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodes: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_nodes(self, nodes: tuple[str, ...], told: str = "") -> None:
        """Stand for other nodes; for none there is nothing to show and nothing to press. `told` goes into the tip."""
        self.nodes = nodes
        self.setEnabled(bool(nodes))
        self.setCursor(Qt.CursorShape.PointingHandCursor if nodes else Qt.CursorShape.ArrowCursor)
        act = (
            "" if not nodes else "Click to show the node" if len(nodes) == 1 else f"Click to show {len(nodes):,} nodes"
        )
        self.setToolTip("\n".join(line for line in (told, act) if line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press at Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_ground(self, painter: QPainter, radius: float = RADIUS_FIELD) -> None:
        """Draw what the pointer does to the row."""
        theme = current_theme()
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.pressed if self.isDown() else theme.hover))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)

    def paint_focus(self, painter: QPainter, radius: float = RADIUS_FIELD) -> None:
        """Draw the focus ring."""
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), current_theme(), radius)


class LedgerRow(NodesRow):
    """One rule, how many nodes break it, and what that costs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._detail, self._points = "", "", 0.0

    def show_entry(self, title: str, detail: str, points: float, nodes: tuple[str, ...]) -> None:
        """Show an entry of the ledger."""
        self._title, self._detail, self._points = title, detail, points
        self.set_nodes(nodes, title)
        self.setAccessibleName(f"{title}: {points:g} points, {detail}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of two lines."""
        return QSize(160, _LEDGER_ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw rule, nodes and points."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        rect = self.rect().adjusted(SPACE_S, SPACE_XS, -SPACE_S, -SPACE_XS)
        painter.setFont(ui_font(TEXT_BODY, QFont.Weight.DemiBold, tabular=True))
        points = f"\u2212{self._points:g}"
        painter.setPen(
            qcolor(theme.error if self._points >= 10 else theme.warning if self._points >= 3 else theme.text_secondary)
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, points)
        rect.setRight(rect.right() - max(44, painter.fontMetrics().horizontalAdvance(points)) - SPACE_S)
        top, bottom = QRect(rect), QRect(rect)
        top.setBottom(rect.center().y())
        bottom.setTop(rect.center().y() + 1)
        draw_line(painter, top, self._title, theme.text, ui_font(TEXT_BODY))
        draw_line(painter, bottom, self._detail, theme.text_muted, ui_font(TEXT_CAPTION))
        self.paint_focus(painter)
        painter.end()


class CostRow(NodesRow):
    """A node with its share of the work, its time and its slack."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cost = Cost("", "", 0.0, "", "", False)

    def show_cost(self, cost: Cost) -> None:
        """Show a node."""
        self._cost = cost
        self.set_nodes((cost.id,), cost.told or cost.name)
        path = ", on the critical path" if cost.critical else ""
        self.setAccessibleName(f"{cost.name}: {round(cost.share * 100)} percent, {cost.time}, slack {cost.slack}{path}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line, or of a line with the bar under it."""
        return QSize(160, _NARROW_ROW if self.width() < NARROW else ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the bar under the name where there is no room beside it."""
        super().resizeEvent(event)
        self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, bar and figures."""
        theme, cost = current_theme(), self._cost
        narrow = self.width() < NARROW
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        rect = self.rect().adjusted(SPACE_S, 0, -SPACE_S, 0)
        bar = QRectF(rect)
        if narrow:
            bar.setTop(bar.bottom() - 13)
            rect.setBottom(rect.bottom() - 12)
        figures = ui_font(TEXT_BODY, tabular=True)
        slack = QRect(rect.right() - SLACK_WIDTH, rect.top(), SLACK_WIDTH, rect.height())
        time = QRect(slack.left() - TIME_WIDTH, rect.top(), TIME_WIDTH, rect.height())
        right = Qt.AlignmentFlag.AlignRight
        draw_line(painter, slack, cost.slack, theme.text_muted, figures, right)
        draw_line(painter, time, cost.time, theme.text, figures, right)
        room = time.left() - rect.left() - SPACE_S
        name = QRect(rect.left(), rect.top(), room if narrow else room * 3 // 5, rect.height())
        draw_line(painter, name, cost.name, theme.text, ui_font(TEXT_BODY))
        if not narrow:
            bar = QRectF(name.right() + SPACE_S, rect.top(), room - name.width() - SPACE_S, rect.height())
        paint_share(painter, bar, cost.share, tone_of_cost(cost.share), theme)
        self.paint_focus(painter)
        painter.end()


class PathRow(NodesRow):
    """A node of the critical path with its time; a line joins it to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._time, self._first, self._last = "", "", False, False

    def show_node(self, node_id: str, name: str, time: str, *, first: bool, last: bool) -> None:
        """Show a node."""
        self._name, self._time, self._first, self._last = name, time, first, last
        self.set_nodes((node_id,), f"{name}\n{time}")
        self.setAccessibleName(f"{name}: {time}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(160, ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bead on its string, the name and the time."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        x, middle = SPACE_S + 3.5, self.height() / 2
        painter.setPen(QPen(qcolor(theme.critical_wire, 0.6), 2))
        painter.drawLine(
            int(x), 0 if not self._first else int(middle), int(x), self.height() if not self._last else int(middle)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(theme.critical_wire))
        painter.drawEllipse(QRectF(x - 3.5, middle - 3.5, 7, 7))
        rect = self.rect().adjusted(SPACE_S + 16, 0, -SPACE_S, 0)
        time = QRect(rect.right() - TIME_WIDTH, rect.top(), TIME_WIDTH, rect.height())
        draw_line(
            painter,
            time,
            self._time,
            theme.text_secondary,
            ui_font(TEXT_BODY, tabular=True),
            Qt.AlignmentFlag.AlignRight,
        )
        draw_line(painter, rect.adjusted(0, 0, -TIME_WIDTH - SPACE_S, 0), self._name, theme.text, ui_font(TEXT_BODY))
        self.paint_focus(painter)
        painter.end()


def draw_line(
    painter: QPainter,
    rect: QRect,
    text: str,
    colour: str,
    font: QFont,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of text in a rectangle, cut off with dots where there is no room."""
    painter.setFont(font)
    painter.setPen(qcolor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)

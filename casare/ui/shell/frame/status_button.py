"""The small buttons of the status bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CHIP, SPACE_XS, TEXT_CAPTION, Theme
from casare.ui.widgets.focus_ring import paint_focus_ring
from casare.ui.widgets.grade_chip import paint_grade

_HEIGHT = 20
_PADDING = 6
_ICON = 12
_CHIP = QSize(22, 16)
_SEVERITIES = {"error": ("circle-alert", "error"), "warning": ("triangle-alert", "warning")}


class StatusButton(QAbstractButton):
    """One line of small text that can be pressed, with the mark of a severity before it if there is one."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._severity = ""
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def severity(self) -> str:
        """`error`, `warning` or nothing."""
        return self._severity

    def set_severity(self, severity: str) -> None:
        """Show the mark of another severity."""
        if severity != self._severity:
            self._severity = severity
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room for mark and text."""
        width = QFontMetrics(ui_font(TEXT_CAPTION, tabular=True)).horizontalAdvance(self.text()) + 2 * _PADDING
        return QSize(width + (_ICON + SPACE_XS if self._severity else 0), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.pressed if self.isDown() else theme.hover))
            painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
        self.paint_content(painter, rect, theme)
        if self.hasFocus():
            paint_focus_ring(painter, rect, theme, RADIUS_CHIP)
        painter.end()

    def paint_content(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Draw what is on the button."""
        left = _PADDING
        colour = theme.text if self.underMouse() else theme.text_muted
        if self._severity:
            name, token = _SEVERITIES[self._severity]
            pixmap = icon_pixmap(name, getattr(theme, token), _ICON, self.devicePixelRatioF())
            painter.drawPixmap(left, (self.height() - _ICON) // 2, pixmap)
            left += _ICON + SPACE_XS
            colour = theme.text if self.underMouse() else theme.text_secondary
        painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
        painter.setPen(qcolor(colour))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(left, 0, 0, 0), flags, self.text())


class ChipButton(StatusButton):
    """A grade that can be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._grade: str | None = None
        self._keys = ""
        self.show_grade(None)

    @property
    def grade(self) -> str | None:
        """The letter, None when there is no grade."""
        return self._grade

    def show_grade(self, grade: str | None) -> None:
        """Show another grade."""
        self._grade = grade
        self.setAccessibleName(f"Grade {grade}" if grade else "No grade yet")
        self._say()
        self.update()

    def show_keys(self, keys: str) -> None:
        """Name the keys that open the profiler."""
        self._keys = keys
        self._say()

    def _say(self) -> None:
        act = f"pen the profiler ({self._keys})" if self._keys else "pen the profiler"
        self.setToolTip(f"Grade {self._grade}: o{act}" if self._grade else f"O{act}")

    def sizeHint(self) -> QSize:
        """Return room for the chip and the ground under the pointer."""
        return QSize(_CHIP.width() + 2 * SPACE_XS, _HEIGHT)

    def paint_content(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Draw the chip."""
        chip = QRectF(SPACE_XS, (rect.height() - _CHIP.height()) / 2, _CHIP.width(), _CHIP.height())
        paint_grade(painter, chip, self._grade, theme)

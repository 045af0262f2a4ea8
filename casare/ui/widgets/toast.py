"""A short message at the bottom of a window that goes away by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QPushButton, QWidget

from casare.ui.theme.appearance import current_theme, reduced_motion
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import MOTION_NORMAL, RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, TOAST_SHOWN
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.text_label import TextLabel


class Toast(QWidget):
    """Tell what just happened and offer to undo it, over the bottom of `parent`.

    One per window: showing another message replaces the one on show. It stays while the pointer is over it, and is
    announced to screen readers. It never takes the focus.
    """

    closed = Signal()
    """The message went away: by time, by its button or closed by hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._act: Callable[[], object] | None = None
        self._text = TextLabel()
        self._button = QPushButton()
        self._button.setProperty("kind", "link")
        self._button.clicked.connect(self.trigger_action)
        close = IconButton("x", "Close", size=14)
        close.clicked.connect(self.dismiss)
        for each in (self._button, close):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_M)
        for widget in (self._text, self._button, close):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(lambda: self._effect.setEnabled(False))
        parent.installEventFilter(self)
        self.hide()

    def show_message(
        self, text: str, action: str = "", act: Callable[[], object] | None = None, duration: int = TOAST_SHOWN
    ) -> None:
        """Show `text` for `duration` milliseconds; `action` names a button that does `act` and closes the toast."""
        self._act = act
        self._text.setText(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(duration)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        if not reduced_motion():
            self._effect.setEnabled(True)
            self._fade.stop()
            self._fade.setDuration(MOTION_NORMAL)
            self._fade.setStartValue(0.0)
            self._fade.setEndValue(1.0)
            self._fade.start()

    def dismiss(self) -> None:
        """Take the message away now."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def trigger_action(self) -> None:
        """Do what the button offers and go."""
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the parent becomes another size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer is here."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting once the pointer has left."""
        super().leaveEvent(event)
        if not self.isHidden():
            self._timer.start(TOAST_SHOWN // 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.line_strong), 1))
        painter.setBrush(qcolor(theme.overlay))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        painter.end()

    def _place(self) -> None:
        self.ensurePolished()
        width = min(self.sizeHint().width(), self._host.width() - 2 * SPACE_L)
        self.resize(width, self.sizeHint().height())
        self.move((self._host.width() - width) // 2, self._host.height() - self.height() - SPACE_XL)

"""A card laid over a window: the ground of every dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_XL

_SHADOW = 12


class Sheet(QWidget):
    """Cover `host` with a scrim and show a card on it; Esc and a press beside the card close it.

    Not a window: it cannot get lost behind one, and a picture of the window shows it. While it is open, keys go to it
    alone and no shortcut of the window fires. When it closes, the focus goes back to where it was, to the host
    when that is gone, and the sheet is deleted.
    """

    finished = Signal()
    """The sheet has been closed, however that came about."""

    def __init__(self, host: QWidget, title: str, *, width: int = 560, at_top: bool = False) -> None:
        super().__init__(host)
        self._host = host
        self._wanted_width = width
        self._at_top = at_top
        self._focus_before: QWidget | None = None
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = _Card(self)
        self.card.setAccessibleName(title)
        self.content = QVBoxLayout(self.card)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        host.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the sheet; returns at once."""
        self._focus_before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Take the sheet away."""
        if self.isHidden():
            return
        self._host.removeEventFilter(self)
        self.hide()
        before, self._focus_before = self._focus_before, None
        # What the sheet was opened from may be gone by now, as the banner over a question that was answered.
        there = before is not None and isValid(before) and before.isVisible()
        (before if there and before is not None else self._host).setFocus(Qt.FocusReason.PopupFocusReason)
        self.finished.emit()
        self.deleteLater()

    def dismiss(self) -> None:
        """Close without an answer, as Esc does."""
        self.close_sheet()

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts quiet."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the whole host when it becomes another size."""
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the sheet."""
        inside = [widget for widget in self.findChildren(QWidget) if _takes_tab(widget)]
        if not inside:
            return True
        now = QApplication.focusWidget()
        at = inside.index(now) if now in inside else (-1 if forward else 0)
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Esc, press the button in hand at Enter; swallow the rest, as what is behind must not get it."""
        held = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(held, QPushButton):
            # Qt does this by itself in a QDialog only.
            held.click()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close at a press beside the card."""
        event.accept()
        if not self.card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scrim and the shadow of the card."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), qcolor(theme.scrim, 0.55))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(theme.shadow, 0.14))
        box = QRectF(self.card.geometry())
        for grow in range(_SHADOW, 0, -2):
            painter.drawRoundedRect(
                box.adjusted(-grow, -grow + 4, grow, grow + 4), RADIUS_CARD + grow, RADIUS_CARD + grow
            )
        painter.end()

    def resize_card(self) -> None:
        """Fit the card to its content again."""
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(self._wanted_width, self.width() - 2 * SPACE_XL)
        self.card.ensurePolished()
        # Wrapped text decides the height only once the width is known.
        self.content.activate()
        wanted = self.card.heightForWidth(width) if self.card.hasHeightForWidth() else self.card.sizeHint().height()
        height = min(wanted, self.height() - 2 * SPACE_XL)
        top = round(self.height() * 0.1) if self._at_top else (self.height() - height) * 2 // 5
        top = max(SPACE_XL, min(top, self.height() - height - SPACE_XL))
        self.card.setGeometry((self.width() - width) // 2, top, width, height)
        self.update()


class _Card(QWidget):
    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.line_strong), 1))
        painter.setBrush(qcolor(theme.overlay))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        painter.end()


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

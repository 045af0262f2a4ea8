"""A field that takes a shortcut by its being pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import FIELD_HEIGHT, RADIUS_FIELD, SPACE_S, TEXT_BODY

_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)
_IDLE = "Press Enter or click, then the keys"
_RECORDING = "Press the keys now · Esc cancels"


class KeyRecorder(QWidget):
    """Wait for keys while it records; everything but Esc can be recorded, Tab and Del too."""

    recorded = Signal(str)
    """The keys that were pressed, as portable text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("New shortcut")
        self.setAccessibleDescription(_IDLE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def recording(self) -> bool:
        """Whether the next keys are taken."""
        return self._recording

    def start(self) -> None:
        """Take the next keys."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set(True)

    def sizeHint(self) -> QSize:
        """Return room for what it says."""
        metrics = QFontMetrics(ui_font(TEXT_BODY))
        return QSize(max(metrics.horizontalAdvance(text) for text in (_IDLE, _RECORDING)) + 2 * SPACE_S, FIELD_HEIGHT)

    def event(self, event: QEvent) -> bool:
        """Take keys before anything else sees them."""
        if self._recording and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start at Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.start()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start at a press."""
        event.accept()
        self.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop when the focus goes elsewhere."""
        super().focusOutEvent(event)
        self._set(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._recording or self.hasFocus()
        painter.setPen(QPen(qcolor(theme.focus_ring if lit else theme.line_strong), 2 if lit else 1))
        painter.setBrush(qcolor(theme.accent_ground if self._recording else theme.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_FIELD, RADIUS_FIELD)
        painter.setPen(qcolor(theme.text if self._recording else theme.text_muted))
        painter.setFont(ui_font(TEXT_BODY))
        room = self.rect().adjusted(SPACE_S + 2, 0, -SPACE_S, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, _RECORDING if self._recording else _IDLE)
        painter.end()

    def _set(self, recording: bool) -> None:
        self._recording = recording
        self.update()

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return
        self._set(False)
        if key != Qt.Key.Key_Escape:
            self.recorded.emit(keys_of(event))


def keys_of(event: QKeyEvent) -> str:
    """Return the keys of a press as portable text. Shift that only made another character is left out: `?`."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    key = Qt.Key(event.key())
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    symbol = event.text().isprintable() and len(event.text()) == 1 and not event.text().isalnum()
    if symbol and event.text() != " " and not held & Qt.KeyboardModifier.ControlModifier:
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)

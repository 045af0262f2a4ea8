"""Keys that mean something while they are held, or while something is in the hand."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent

from casare.ui.geometry.metrics import GRID

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_TAP_S: Final = 0.2
"""How long Space may be held and still mean a tap."""
_STILL: Final = 4
"""How far (px) the pointer may move during a tap."""
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PUT_DOWN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_G)
_MODIFIERS: Final = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}


class HeldKeys(QObject):
    """Watches the keys of one canvas: Space is a hand, or adds a node when tapped; Y is a knife; Esc cancels."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._space_since: float | None = None
        self._space_at = QPoint()
        self.knife = False
        """Whether the key of the knife is held."""
        canvas.installEventFilter(self)

    @property
    def hand(self) -> bool:
        """Tell whether the left button moves the view."""
        return self._space_since is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that belong to the hand; leave the others to the shortcuts."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:
                return self._claim(event)
            if kind == QEvent.Type.KeyPress:
                return self._on_press(event)
            if kind == QEvent.Type.KeyRelease:
                return self._on_release(event)
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            # Their release goes elsewhere.
            self._space_since, self.knife = None, False
            self._canvas.pointing.tell(Qt.KeyboardModifier.NoModifier)
        return False

    def _claim(self, event: QKeyEvent) -> bool:
        """Keep keys from their shortcuts while something is carried by them."""
        if self._canvas.pointing.carrying and (event.key() in _ARROWS or event.key() in _PUT_DOWN):
            event.accept()
            return True
        return False

    def _on_press(self, event: QKeyEvent) -> bool:
        pointing, key = self._canvas.pointing, event.key()
        if key == Qt.Key.Key_Escape:
            selection = self._canvas.document.selection
            if pointing.cancel():
                pass
            elif selection:
                selection.clear()
            else:
                self._canvas.document.document.leave()
        elif pointing.carrying and key in _ARROWS:
            dx, dy = _ARROWS[Qt.Key(key)]
            pointing.carry_by(dx * GRID, dy * GRID)
        elif pointing.carrying and key in _PUT_DOWN:
            pointing.put_down()
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_since, self._space_at = monotonic(), QCursor.pos()
                pointing.tell()
        elif key == Qt.Key.Key_Y and not event.modifiers():
            self.knife = True
            pointing.tell()
        else:
            mine = _MODIFIERS.get(Qt.Key(key))
            if mine is not None:
                # On some systems the event's own key is among its modifiers, on others it is not yet.
                pointing.tell(event.modifiers() | mine)
            return False
        return True

    def _on_release(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        if event.key() == Qt.Key.Key_Space:
            since, self._space_since = self._space_since, None
            self._canvas.pointing.tell()
            still = (QCursor.pos() - self._space_at).manhattanLength() <= _STILL
            if since is not None and still and monotonic() - since < _TAP_S and not self._canvas.pointing.busy:
                self._canvas.quick_add()
            return True
        if event.key() == Qt.Key.Key_Y:
            self.knife = False
        mine = _MODIFIERS.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
        self._canvas.pointing.tell(event.modifiers() & ~mine)
        return False

"""What the held modifier will do, said while it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from casare.app.keymaps import hint
from casare.app.keymaps.hints import ALT, CTRL, SHIFT
from casare.ui.geometry.hit import HitKind

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_KEYS: Final = (
    (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier, SHIFT),
    (Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier, CTRL),
    (Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier, ALT),
)
_CONTEXTS: Final = {HitKind.FRAME_CORNER: "frame", HitKind.NOTE_CORNER: "note"}


class HeldHint(QObject):
    """Watch the modifiers over one canvas. A running gesture has its own hint, which this one gives way to."""

    changed = Signal(str)
    """What to say; empty when nothing is held or nothing would differ."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._said = ""
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the modifiers when one goes down or up, and forget them with the focus."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            mine = next((flag for key, flag, _ in _KEYS if key == event.key()), None)
            if mine is not None:
                # On some systems the event's own key is among its modifiers, on others it is not yet.
                down = kind == QEvent.Type.KeyPress
                held = event.modifiers() | mine if down else event.modifiers() & ~mine
                self._show(held)
        elif kind == QEvent.Type.FocusOut:
            self._say("")
        return super().eventFilter(watched, event)

    def _show(self, held: Qt.KeyboardModifier) -> None:
        names = tuple(name for _, flag, name in _KEYS if held & flag)
        if self._canvas.pointing.busy:
            return
        under = self._canvas.stage.hover.kind
        context = _CONTEXTS.get(under, under.value)
        words = hint(context, names) if names else ""
        self._say(f"{'+'.join(names)}: {words}" if words else "")

    def _say(self, text: str) -> None:
        if text != self._said:
            self._said = text
            self.changed.emit(text)

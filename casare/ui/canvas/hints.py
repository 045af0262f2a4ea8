"""What the status bar says of the hand: what the held keys would do, and how right drags differ from right clicks."""

from __future__ import annotations

from typing import Final

from casare.app.keymaps import Keymap, hint
from casare.app.keymaps.hints import ALT, CTRL, KNIFE, SHIFT, KeysOf
from casare.app.settings import SettingsStore
from casare.ui.canvas.gestures import Pointer
from casare.ui.geometry.hit import Hit, HitKind

_CONTEXTS: Final = {HitKind.FRAME_CORNER: "frame", HitKind.NOTE_CORNER: "note"}
_INTRODUCTIONS: Final = 3
"""How often a right drag is explained: a person who has seen it three times knows."""
_RIGHT_DRAG: Final = "A right drag is a gesture, a right click without moving opens the menu"
_PLAIN: Final = "alone it moves the view, with Ctrl cuts wires, with Shift reroutes, with Alt wires two nodes"


def table_keys() -> KeysOf:
    """Return the keys that commands have when nobody says otherwise."""
    keymap = Keymap({}, {})
    return lambda command_id: next(iter(keymap.keys(command_id)), "")


def hint_for(under: Hit, pointer: Pointer, keys_of: KeysOf) -> str:
    """Return the hint for what the pointer is over; empty when nothing is held and nothing is special there."""
    told = ((pointer.shift, SHIFT), (pointer.ctrl, CTRL), (pointer.alt, ALT), (pointer.knife, KNIFE))
    held = [name for down, name in told if down]
    return hint(_CONTEXTS.get(under.kind, under.kind.value), held, keys_of)


def right_drag_hint(settings: SettingsStore, words: str) -> str:
    """Return the hint of a right drag that begins: the first three times with what right drags are at all."""
    if settings.current.right_drags_explained >= _INTRODUCTIONS:
        return words
    return f"{words or _RIGHT_DRAG} · {_RIGHT_DRAG if words else _PLAIN}"


def note_right_drag(settings: SettingsStore) -> bool:
    """Count a right drag that has ended; tell whether it was one of those that are explained."""
    seen = settings.current.right_drags_explained
    if seen < _INTRODUCTIONS:
        settings.update(right_drags_explained=seen + 1)
    return seen < _INTRODUCTIONS

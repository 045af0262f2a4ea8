"""Keymaps as data: which keys run which command, in presets that can be chosen and with changes of one's own.

Lives here: reading presets (`resources/keymaps`), the changes a person has made, which key wins where two want it, and
the words that say what a held modifier will do. Does not live here: what a command is (`app.commands`) and Qt's
shortcuts. Keys are portable text as Qt writes it: `Ctrl` is Cmd on macOS.
"""

from casare.app.keymaps.hints import hint
from casare.app.keymaps.keymap import Clash, Keymap
from casare.app.keymaps.presets import DEFAULT, Preset, presets
from casare.app.keymaps.store import KeymapStore

__all__ = ["DEFAULT", "Clash", "Keymap", "KeymapStore", "Preset", "hint", "presets"]

"""The keymap in use: a preset from the settings, and the changes of one's own in a file beside them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from casare.app.keymaps.keymap import Keymap, normal
from casare.app.keymaps.presets import DEFAULT, Preset, presets
from casare.app.settings import Settings, SettingsStore
from casare.foundation.atomic import write_atomic
from casare.foundation.folders import config_folder
from casare.foundation.signal import Signal


class KeymapStore:
    """Hold the keymap that is on, write each change at once, and tell who listens.

    The changes hold for every preset, and for commands this version does not know they are kept as they are.
    """

    def __init__(self, settings: SettingsStore, file: Path | None = None) -> None:
        self._settings = settings
        self._file = file or config_folder() / "keymap.json"
        self._own: dict[str, tuple[str, ...]] = self._read()
        self.current = self._made()
        self.changed: Signal[[Keymap]] = Signal()
        self._preset_name = self.preset.name
        settings.changed.connect(self._on_settings)

    @property
    def preset(self) -> Preset:
        """Return the preset that is on; a name nobody knows means the default."""
        known = presets()
        return known.get(self._settings.current.keymap) or known[DEFAULT]

    @property
    def file(self) -> Path:
        """Return where the changes are kept."""
        return self._file

    @property
    def has_changes(self) -> bool:
        """Tell whether anything differs from the preset."""
        return bool(self._own)

    def choose(self, name: str) -> None:
        """Use another preset. Raises KeyError when there is none of this name."""
        self._settings.update(keymap=presets()[name].name)

    def bind(self, command_id: str, keys: Iterable[str]) -> None:
        """Give a command just these keys; whoever else had one of them goes without it."""
        self._own[command_id] = tuple(dict.fromkeys(normal(key) for key in keys))
        taken = set(self._own[command_id])
        for other, held in self._own.items():
            if other != command_id:
                # Both would be changes of one's own: the later one is meant.
                self._own[other] = tuple(key for key in held if key not in taken)
        self._write()

    def reset(self, command_id: str) -> None:
        """Give a command the keys of the preset again."""
        if self._own.pop(command_id, None) is not None:
            self._write()

    def reset_all(self) -> None:
        """Forget every change."""
        if self._own:
            self._own = {}
            self._write()

    def _made(self) -> Keymap:
        return Keymap(self.preset.keys, self._own)

    def _on_settings(self, _settings: Settings) -> None:
        if self.preset.name != self._preset_name:
            self._preset_name = self.preset.name
            self._tell()

    def _tell(self) -> None:
        self.current = self._made()
        self.changed.emit(self.current)

    def _write(self) -> None:
        content = {"keys": {command_id: list(keys) for command_id, keys in sorted(self._own.items())}}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file, orjson.dumps(content, option=orjson.OPT_INDENT_2))
        self._tell()

    def _read(self) -> dict[str, tuple[str, ...]]:
        with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
            raw: Any = orjson.loads(self._file.read_bytes())
            return {
                str(key): tuple(normal(str(one)) for one in value)
                for key, value in raw["keys"].items()
                if isinstance(value, list)
            }
        return {}

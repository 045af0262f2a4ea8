"""The keys of every command, worked out from the table, a preset, and a person's own changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from casare.app.commands import COMMANDS, Command


class Clash(NamedTuple):
    """A key that two commands want in the same place; the first one has it."""

    key: str
    winner: str
    loser: str


class Keymap:
    """Which keys run which command.

    What was said later wins: a person's own change over the preset, the preset over the table. A command whose key
    somebody else has taken goes without it, so that no key ever means two things. Two that were said at the same level
    are a clash; the one that stands first in the table wins.
    """

    def __init__(
        self,
        preset: Mapping[str, Iterable[str]],
        own: Mapping[str, Iterable[str]],
        commands: Iterable[Command] = COMMANDS,
    ) -> None:
        self._commands = tuple(commands)
        self._wanted: dict[str, tuple[int, tuple[str, ...]]] = {}
        for one in self._commands:
            level, keys = (
                (2, own[one.id]) if one.id in own else (1, preset[one.id]) if one.id in preset else (0, one.keys)
            )
            self._wanted[one.id] = (level, tuple(dict.fromkeys(normal(key) for key in keys if key)))
        self.clashes: list[Clash] = []
        self._owner: dict[str, str] = {}
        self._keys = self._settle()

    def keys(self, command_id: str) -> tuple[str, ...]:
        """Return the keys of a command, the one that menus show first."""
        return self._keys.get(command_id, ())

    def commands(self) -> tuple[Command, ...]:
        """Return every command with the keys it has in this keymap, in the order of the table."""
        return tuple(one._replace(keys=self._keys[one.id]) for one in self._commands)

    def wanted(self, command_id: str) -> tuple[str, ...]:
        """Return the keys a command would have if nobody else took one of them."""
        return self._wanted[command_id][1]

    def owner(self, key: str) -> str:
        """Return the id of the command that a key runs, or an empty text."""
        return self._owner.get(normal(key), "")

    def is_own(self, command_id: str) -> bool:
        """Tell whether a person has changed the keys of this command."""
        return self._wanted[command_id][0] == 2

    def _settle(self) -> dict[str, tuple[str, ...]]:
        # From the strongest level down; within one, in the order of the table.
        ranked = sorted(self._commands, key=lambda one: -self._wanted[one.id][0])
        settled: dict[str, tuple[str, ...]] = {}
        for one in ranked:
            level, keys = self._wanted[one.id]
            kept: list[str] = []
            for key in keys:
                holder = self._owner.get(key)
                if holder is None:
                    self._owner[key] = one.id
                    kept.append(key)
                elif self._wanted[holder][0] == level:
                    self.clashes.append(Clash(key, holder, one.id))
            settled[one.id] = tuple(kept)
        return settled


_ORDER = ("Ctrl", "Alt", "Shift", "Meta")


def normal(key: str) -> str:
    """Return a key sequence with its modifiers in one order, so that equal keys read alike: `Ctrl+Alt+Shift+X`."""
    return ", ".join(_normal_stroke(stroke) for stroke in key.split(", "))


def _normal_stroke(stroke: str) -> str:
    parts = [*stroke[:-2].split("+"), "+"] if stroke.endswith("++") else stroke.split("+") if stroke != "+" else ["+"]
    held = [one.capitalize() for one in parts[:-1] if one]
    last = parts[-1].upper() if len(parts[-1]) == 1 else parts[-1]
    return "+".join([*(one for one in _ORDER if one in held), last])

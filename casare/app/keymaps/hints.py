"""What a press or a drag will do with the keys that are held, in a few words, by what lies under the pointer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

SHIFT, CTRL, ALT, KNIFE = "Shift", "Ctrl", "Alt", "Y"

KeysOf = Callable[[str], str]
"""The first key of a command by its id, empty when it has none."""

_CUT: Final = "drag across wires to cut them"
_BETWEEN: Final = " · "

_BOX: Final[Mapping[tuple[str, ...], str]] = {
    (SHIFT,): "click adds to the selection · drag keeps to one axis",
    (CTRL,): "click adds to the selection or takes out of it · drag moves freely · right drag cuts wires",
    (ALT,): "drag drops a copy",
}
_WIRE: Final[Mapping[tuple[str, ...], str]] = {
    (): "Alt+click: put a point on it · {edit.delete}: cut · right click: how it is shown",
    (SHIFT,): "click adds to the selection · right drag across wires gives each a point",
    (CTRL,): "click adds to the selection or takes out of it · right drag cuts wires",
    (ALT,): "click or drag puts a point on the wire",
}

# By what is under the pointer, then by what is held, in the order Shift, Ctrl, Alt. `{area.verb}` stands for the key of
# a command; the part it is in is left out when the command has no key.
_HINTS: Final[Mapping[str, Mapping[tuple[str, ...], str]]] = {
    "canvas": {
        (SHIFT,): "drag adds to the selection · right drag across wires gives each a point",
        (CTRL,): "drag turns the selection round · right drag cuts wires",
        (ALT,): "drag moves the view",
    },
    "node": {**_BOX, (ALT,): "drag drops a copy · right drag to another node wires what fits"},
    "frame": _BOX,
    "note": _BOX,
    "port": {
        (): "Drag: wire it · Shift: take hold of its wire · Ctrl: one more wire",
        (SHIFT,): "drag takes hold of the wire that ends here",
        (CTRL,): "drag draws a new wire, also from an input that has one",
    },
    "wire": _WIRE,
    "waypoint": {
        (): "Drag: move the point · Alt+click: take it away",
        (ALT,): "click takes the point off the wire",
    },
    "portal": {(): "Double-click: go to the other end · {edit.delete}: cut"},
}
_COMMAND: Final = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


def hint(context: str, held: Collection[str], keys_of: KeysOf) -> str:
    """Return what the keys in `held` (Shift, Ctrl, Alt, Y) mean over a thing; empty when nothing special.

    `context` is one of `contexts`. Held keys are named first; `keys_of` says which keys commands have at present.
    """
    mods = tuple(one for one in (SHIFT, CTRL, ALT) if one in held)
    if KNIFE in held or mods == (SHIFT, ALT):
        return f"{KNIFE if KNIFE in held else '+'.join(mods)}: {_CUT}"
    words = _named(_HINTS.get(context, {}).get(mods, ""), keys_of)
    return f"{'+'.join(mods)}: {words}" if mods and words else words


def contexts() -> tuple[str, ...]:
    """Return everything that hints are known for."""
    return tuple(_HINTS)


def commands_named() -> frozenset[str]:
    """Return the ids of the commands whose keys the hints name."""
    return frozenset(one for held in _HINTS.values() for words in held.values() for one in _COMMAND.findall(words))


def _named(words: str, keys_of: KeysOf) -> str:
    parts = words.split(_BETWEEN)
    kept = [part for part in parts if all(keys_of(one) for one in _COMMAND.findall(part))]
    return _BETWEEN.join(_COMMAND.sub(lambda found: keys_of(found.group(1)), part) for part in kept)

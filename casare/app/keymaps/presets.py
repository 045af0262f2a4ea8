"""The keymaps that ship with casare."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from casare.foundation.errors import FileError
from casare.foundation.resources import resource

DEFAULT: Final = "casare"
"""The name of the preset that leaves every command the keys it has in the table."""


class Preset(NamedTuple):
    """A keymap: what it is called, whose habits it serves, and the keys of the commands that differ from the table."""

    name: str
    title: str
    description: str
    keys: Mapping[str, tuple[str, ...]]


@cache
def presets() -> Mapping[str, Preset]:
    """Return the presets by name, the default first. Raises FileError when a shipped file cannot be read."""
    found = [read_preset(path) for path in sorted(resource("keymaps").glob("*.json"))]
    found.sort(key=lambda one: (one.name != DEFAULT, one.title))
    return {one.name: one for one in found}


def read_preset(path: Path) -> Preset:
    """Return the preset in a file. Raises FileError when it is none."""
    try:
        raw = orjson.loads(path.read_bytes())
        keys = {str(key): tuple(str(one) for one in value) for key, value in raw["keys"].items()}
        return Preset(path.stem, str(raw["title"]), str(raw.get("description", "")), keys)
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise FileError("This keymap cannot be read", where=str(path), mend="Restore the file") from error

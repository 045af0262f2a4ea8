"""Where the window stood and how its docks lay, kept between runs."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import config_folder

VERSION = 2
"""Grows when the docks become others, so that an old layout is not forced on them."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """What is remembered: Qt's own descriptions of geometry and docks, and the palette's folded categories."""

    geometry: bytes = b""
    docks: bytes = b""
    folded: tuple[str, ...] = ()


def state_file() -> Path:
    """Return where the state is kept."""
    return config_folder() / "window.json"


def read_state(file: Path | None = None) -> WindowState:
    """Return what was remembered; a missing, damaged or older file counts as nothing remembered."""
    try:
        raw: Any = orjson.loads((file or state_file()).read_bytes())
        if raw["version"] != VERSION:
            return WindowState()
        return WindowState(
            base64.b64decode(raw["geometry"], validate=True),
            base64.b64decode(raw["docks"], validate=True),
            tuple(name for name in raw["folded"] if isinstance(name, str)),
        )
    except (OSError, ValueError, TypeError, LookupError, binascii.Error):
        return WindowState()


def write_state(state: WindowState, file: Path | None = None) -> None:
    """Remember the state; a folder that cannot be written is no reason to hold a window open."""
    file = file or state_file()
    content = {
        "version": VERSION,
        "geometry": base64.b64encode(state.geometry).decode(),
        "docks": base64.b64encode(state.docks).decode(),
        "folded": list(state.folded),
    }
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, orjson.dumps(content, option=orjson.OPT_INDENT_2))

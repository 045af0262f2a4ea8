"""Which files were open, in the order of their tabs, kept from one run to the next."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder

_LIMIT = 50


class Tabs(NamedTuple):
    """The files in the order of their tabs, and the one in front; None is the start page."""

    paths: tuple[Path, ...] = ()
    front: Path | None = None


class OpenTabs:
    """Read and write the list. It is written when it changes, not at the end, so that a crash does not lose it."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or data_folder() / "tabs.json"
        self._written: Tabs | None = None

    def read(self) -> Tabs:
        """Return what was open; a missing or damaged list counts as nothing."""
        with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
            raw: Any = json.loads(self._file.read_bytes())
            paths = tuple(dict.fromkeys(Path(str(one)) for one in raw["paths"]))[:_LIMIT]
            front = Path(str(raw["front"])) if raw.get("front") else None
            return Tabs(paths, front if front in paths else None)
        return Tabs()

    def write(self, tabs: Tabs) -> None:
        """Remember what is open; writes only what differs from the last time."""
        if tabs == self._written:
            return
        self._written = tabs
        content = {"paths": [str(one) for one in tabs.paths], "front": str(tabs.front) if tabs.front else None}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file, json.dumps(content, indent=1).encode())

"""What is remembered of each workflow's view from one run to the next: place, selection, bookmarks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from casare.app.places.place import Place
from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder

_LIMIT = 300
_SELECTED = 200
"""How many selected nodes are remembered at most; more is no selection anybody misses."""


class Remembered(NamedTuple):
    """What is remembered of one file."""

    place: Place | None = None
    selected: tuple[str, ...] = ()
    bookmarks: Mapping[int, Place] = {}


class RememberedViews:
    """Hold what is remembered by path, the most lately used last. A damaged file is dropped, an unwritable one kept."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or data_folder() / "views.json"
        self._views: dict[str, Remembered] | None = None

    def of(self, path: Path) -> Remembered:
        """Return what is remembered of a file."""
        return self._read().get(str(path.absolute()), Remembered())

    def remember(self, views: Mapping[Path, Remembered]) -> None:
        """Remember these, and write all of it."""
        held = self._read()
        for path, view in views.items():
            key = str(path.absolute())
            held.pop(key, None)
            if view != Remembered():
                held[key] = view._replace(selected=view.selected[:_SELECTED])
        for key in list(held)[: max(0, len(held) - _LIMIT)]:
            del held[key]
        content = {key: _as_json(view) for key, view in held.items()}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # Not orjson, which refuses a file name that is no valid text.
            write_atomic(self._file, json.dumps(content, indent=1).encode())

    def _read(self) -> dict[str, Remembered]:
        if self._views is None:
            self._views = {}
            with suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
                raw: Any = json.loads(self._file.read_bytes())
                self._views = {str(key): _from_json(value) for key, value in raw.items()}
        return self._views


def _as_json(view: Remembered) -> dict[str, Any]:
    return {
        "place": list(view.place) if view.place else None,
        "selected": list(view.selected),
        "bookmarks": {str(number): list(place) for number, place in view.bookmarks.items()},
    }


def _from_json(raw: Any) -> Remembered:
    return Remembered(
        _place(raw["place"]) if raw.get("place") else None,
        tuple(str(one) for one in raw.get("selected", ())),
        {int(number): _place(place) for number, place in raw.get("bookmarks", {}).items()},
    )


def _place(raw: Any) -> Place:
    x, y, zoom = (float(one) for one in raw)
    if not (abs(x) < 1e7 and abs(y) < 1e7 and 0 < zoom < 100):
        raise ValueError(f"no place of a view: {raw}")
    return Place(x, y, zoom)

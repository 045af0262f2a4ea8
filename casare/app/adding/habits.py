"""Which nodes were added lately and after which others, kept between runs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder

_REMEMBERED = 40
_MOST_PAIRS = 400


class Habits:
    """Remember what was added. Read at the first question; a damaged file is dropped, an unwritable one forgotten."""

    def __init__(self, file: Path | None = None) -> None:
        self._given = file
        self._recent: list[str] | None = None
        self._follows: dict[str, dict[str, int]] = {}

    @property
    def recent(self) -> tuple[str, ...]:
        """Return what was added lately, newest first: ids of the types that describe the entries."""
        return tuple(self._known())

    def after(self, before: str) -> dict[str, int]:
        """Return what was added after a node of this type, and how often."""
        self._known()
        return dict(self._follows.get(before, ()))

    def note(self, added: str, after: str = "") -> None:
        """Remember that a node was added, wired to one of type `after` when that is not empty."""
        known = self._known()
        self._recent = [added, *(one for one in known if one != added)][:_REMEMBERED]
        if after:
            counts = self._follows.pop(after, {})
            # Put back last, so that the types used longest ago go first.
            self._follows[after] = {**counts, added: counts.get(added, 0) + 1}
            while len(self._follows) > _MOST_PAIRS:
                del self._follows[next(iter(self._follows))]
        self._write()

    @property
    def _file(self) -> Path:
        return self._given or data_folder() / "added.json"

    def _known(self) -> list[str]:
        if self._recent is None:
            self._recent = []
            with suppress(OSError, ValueError, TypeError, AttributeError):
                told: Any = orjson.loads(self._file.read_bytes())
                self._recent = [str(one) for one in told["recent"]][:_REMEMBERED]
                self._follows = {
                    str(before): {str(one): int(times) for one, times in counts.items()}
                    for before, counts in told["follows"].items()
                }
        return self._recent

    def _write(self) -> None:
        content = orjson.dumps({"recent": self._recent, "follows": self._follows}, option=orjson.OPT_INDENT_2)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file, content)

"""What workflows were run with last, kept between sessions. Secrets are never written down."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import orjson

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder

MOST_WORKFLOWS: Final = 200
_LARGEST: Final = 100_000
"""Values of more bytes altogether are not kept."""


class LastValues:
    """The values of each workflow's last run that a person gave, by the path of its file; newest last."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or data_folder() / "run-values.json"
        self._held: dict[str, dict[str, Any]] | None = None

    def of(self, place: str) -> Mapping[str, Any]:
        """Return the values of a workflow; nothing when it was never run with some."""
        return self._read().get(place, {})

    def keep(self, place: str, values: Mapping[str, Any]) -> None:
        """Keep the values of a workflow. What cannot be written is kept for this session only."""
        held = self._read()
        held.pop(place, None)
        with suppress(orjson.JSONEncodeError):
            if len(orjson.dumps(dict(values))) <= _LARGEST:
                held[place] = dict(values)
        while len(held) > MOST_WORKFLOWS:
            del held[next(iter(held))]
        with suppress(OSError, orjson.JSONEncodeError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file, orjson.dumps(held))

    def _read(self) -> dict[str, dict[str, Any]]:
        if self._held is None:
            self._held = {}
            with suppress(OSError, ValueError):
                found = orjson.loads(self._file.read_bytes())
                if isinstance(found, dict):
                    self._held = {place: told for place, told in found.items() if isinstance(told, dict)}
        return self._held

"""What a person prefers, kept between runs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import config_folder
from casare.foundation.signal import Signal


class Settings(BaseModel):
    """All preferences with their defaults. A value that is not valid falls back to its default, alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Literal["system", "dark", "light"] = "system"
    snap_to_grid: bool = True
    show_grid: bool = True
    minimap: bool = True
    restore_tabs: bool = True
    keymap: str = "casare"
    wheel: Literal["zoom", "pan"] = "zoom"
    right_drags_explained: int = Field(default=0, ge=0)
    """How often the status bar has explained what a right drag is."""
    profile_workers: int = Field(default=4, ge=1, le=64)
    profile_rules_off: tuple[str, ...] = ()
    """Ids of rules of the profiler that are not to be judged by."""
    profile_rule_limits: dict[str, float] = Field(default_factory=dict)
    """Limits of rules of the profiler other than their defaults, by id."""


class SettingsStore:
    """Hold the current settings, write each change at once, and tell who listens."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or config_folder() / "settings.json"
        self._unknown: dict[str, Any] = {}
        self.current = self._read()
        self.changed: Signal[[Settings]] = Signal()

    def update(self, **values: Any) -> None:
        """Change some settings.

        Raises pydantic.ValidationError when a value is not allowed, TypeError when there is no such setting.
        """
        unknown = values.keys() - Settings.model_fields.keys()
        if unknown:
            raise TypeError(f"there is no setting {min(unknown)}")
        fresh = Settings.model_validate(self.current.model_dump() | values)
        if fresh == self.current:
            return
        self.current = fresh
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # What a newer version has set is kept for it.
            content = {**fresh.model_dump(mode="json"), **self._unknown}
            write_atomic(self._file, orjson.dumps(content, option=orjson.OPT_INDENT_2))
        self.changed.emit(fresh)

    def _read(self) -> Settings:
        try:
            text = self._file.read_bytes()
        except OSError:
            return Settings()
        try:
            values = orjson.loads(text)
        except ValueError:
            return Settings()
        if not isinstance(values, dict):
            return Settings()
        self._unknown = {key: value for key, value in values.items() if key not in Settings.model_fields}
        try:
            return Settings.model_validate(values)
        except ValidationError as error:
            wrong = {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
            return Settings.model_validate({key: value for key, value in values.items() if key not in wrong})

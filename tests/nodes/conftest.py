"""What tests of node bodies share: a run that keeps its variables and log, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casare.engine.steps.context import resolve_path
from casare.sdk import Desktop


class FakeRun:
    """A `Context` without an engine: paths are relative to `folder`, variables and log are there to look at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.variables: dict[str, Any] = {}
        self.desktop: Desktop | None = None
        self.lines: list[str] = []

    @property
    def node_id(self) -> str:
        return "node_1"

    def get_variable(self, name: str, default: Any = None) -> Any:
        return self.variables.get(name, default)

    def set_variable(self, name: str, value: Any) -> None:
        self.variables[name] = value

    def log(self, message: str, *, level: str = "info", data: Any = None) -> None:
        self.lines.append(f"{level}: {message}")

    def path(self, text: str) -> Path:
        return self.folder / text


class BoundRun(FakeRun):
    """A run that may not leave its folder, as with `casare run --sandbox`."""

    def path(self, text: str) -> Path:
        return resolve_path(text, self.folder, self.folder)


@pytest.fixture
def bound_run(tmp_path: Path) -> BoundRun:
    return BoundRun(tmp_path)


@pytest.fixture
def run(tmp_path: Path) -> FakeRun:
    return FakeRun(tmp_path)

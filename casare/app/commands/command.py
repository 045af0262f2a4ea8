"""What a command is: id, title, keys, menu, and when it can be used."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Final, NamedTuple

from casare.app.documents.level import Level


class Scope(enum.StrEnum):
    """Where a key works: in the whole window, or only while the canvas has the focus."""

    WINDOW = "window"
    CANVAS = "canvas"


CANVAS: Final = Scope.CANVAS


class Command(NamedTuple):
    """One thing a person can ask for. `keys` are portable key sequences; Ctrl means Cmd on macOS."""

    id: str
    title: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    icon: str = ""
    when: Callable[[Level | None], bool] = lambda document: True
    group: int = 0
    """Commands of one menu with different numbers are parted by a line."""
    checkable: bool = False
    keywords: str = ""
    needs_run: bool = False
    """Whether it is about a run that is under way."""
    submenu: str = ""
    """The title of the menu inside the menu that it stands in, if any."""

"""`casare [FILE...]`: open the editor, or say why it cannot open here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from casare.cli.qt_check import has_display, require_qt
from casare.foundation.errors import CasareError, FileError


class NoDisplayError(CasareError):
    """Report that there is no screen to show a window on (exit code 2)."""

    def __init__(self) -> None:
        super().__init__(
            "there is no display to open the editor on",
            where="neither DISPLAY nor WAYLAND_DISPLAY is set",
            mend=(
                "Run it on a desktop, over `ssh -X`, or under a virtual screen: xvfb-run casare FILE\n"
                "         Without a display these work: casare preview, validate, profile, serve, convert,\n"
                "         render, nodes, generate, schema"
            ),
        )


def open_editor(words: Sequence[str]) -> int:
    """Open the editor on these files and return its exit code once the window is closed.

    Raises FileError for a file that is not there, NoDisplayError, and QtMissingError.
    """
    paths = [Path(word) for word in words]
    for path in paths:
        if not path.is_file():
            raise FileError(
                "there is no such file" if not path.exists() else "this is not a file",
                where=str(path),
                mend="Check the path. To start a new workflow run casare without a file.",
            )
    if not has_display():
        raise NoDisplayError
    require_qt()
    from importlib import import_module

    start = cast("Callable[[list[Path]], int]", import_module("casare.ui.shell.starting.application").main)
    return start(paths)

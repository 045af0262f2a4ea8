"""What `make run` shows: the editor on a sample, or without a display the same job headless."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from casare.cli.editor import NoDisplayError, open_editor
from casare.cli.qt_check import QtMissingError, has_display
from casare.foundation.errors import UsageError


def run_tour(words: Sequence[str]) -> int:
    """Open the editor on the first word; without a display preview and profile it and draw it into the second.

    Raises UsageError, and FileError for a file that cannot be opened.
    """
    if len(words) != 2:
        raise UsageError(
            "the tour needs a workflow and a picture to draw", where="casare --tour", mend="casare --tour FILE OUT.png"
        )
    file, picture = Path(words[0]), Path(words[1])
    if has_display():
        return open_editor([str(file)])
    print(f"casare: {NoDisplayError()}\n", file=sys.stderr)
    print("The same job without a window:", file=sys.stderr)
    _show("casare preview", file)
    _show("casare profile", file)
    return _draw(file, picture)


def _show(command: str, file: Path) -> None:
    from casare.cli.program import run_command

    print(f"\n$ {command} {file}\n", flush=True)
    run_command([*command.split()[1:], str(file)])


def _draw(file: Path, picture: Path) -> int:
    from casare.cli.commands.render import draw

    try:
        picture.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        picture = Path(tempfile.mkdtemp(prefix="casare-")) / picture.name
    print(f"\n$ casare render {file} -o {picture}\n", flush=True)
    try:
        width, height = draw(file, picture, width=1600, theme="dark")
    except QtMissingError as error:
        # Two of the three parts of the tour have worked; say what the third one needs.
        print(f"casare: {error}", file=sys.stderr)
        return 2
    print(f"The canvas, {width} x {height} px: {picture.absolute()}")
    return 0

"""Write results: JSON for scripts, tables for people, both safe in narrow, colourless and old terminals."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_PIPE_WIDTH = 120
GRADE_STYLES = {"A": "bold green", "B": "bold cyan", "C": "bold yellow", "D": "bold magenta", "F": "bold red"}
SEVERITY_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


def print_json(model: BaseModel) -> None:
    """Write a model to stdout as indented JSON, in UTF-8 whatever the locale says."""
    try:
        text = model.model_dump_json(indent=2)
    except ValueError:
        # Half a character, which a foreign file may hold, has no UTF-8; as an escape it reaches whoever reads this.
        text = json.dumps(model.model_dump(), indent=2)
    print_raw(text + "\n")


def print_raw(text: str) -> None:
    """Write text to stdout as it is, in UTF-8 where the stream can be told so."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def console() -> Console:
    """Return a console on stdout that keeps to the terminal's width and to NO_COLOR.

    Into a pipe it is 120 columns wide, so that nothing is folded for want of a terminal.
    """
    from rich.console import Console

    class Piped(Console):
        """A console that lets a reader's leaving through to `cli.entry` instead of ending the process."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Piped(file=sys.stdout, highlight=False, markup=False, emoji=False, width=_PIPE_WIDTH if piped else None)


def table(*columns: str, numbers: tuple[str, ...] = (), title: str = "") -> Table:
    """Return an empty table with these columns; those named in `numbers` are right-aligned and never folded."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        pad_edge=False,
        padding=(0, 1),
    )
    for column in columns:
        numeric = column in numbers
        made.add_column(column, justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
    return made


def facts(rows: list[tuple[str, Any]]) -> Table:
    """Return a table of names and values without lines; a row whose value is empty is left out."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        if value not in ("", None):
            grid.add_row(name, value if not isinstance(value, int | float) else str(value))
    return grid


def plain(text: str, style: str = "") -> Text:
    """Return text that is shown as it is, whatever brackets a workflow has put into it."""
    from rich.text import Text

    # Control characters of a foreign file must not reach the terminal.
    return Text(
        "".join(mark if mark.isprintable() or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in text),
        style=style,
    )


def shown_path(path: Path) -> str:
    """Return a path as text that can always be written, also when its name is not valid UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def shown_bytes(count: int) -> str:
    """Return a number of bytes in the unit a person would choose."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"

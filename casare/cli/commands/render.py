"""`casare render FILE -o OUT`: a picture of the canvas, without a window."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from casare.cli.console import console, plain, print_json, shown_path
from casare.cli.options import AsJson, File
from casare.cli.qt_check import require_qt
from casare.foundation.errors import FileError

SUFFIXES = (".png", ".svg", ".pdf")


class Theme(StrEnum):
    """The colours of the picture."""

    DARK = "dark"
    LIGHT = "light"


def run(
    file: File,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The picture: .png, .svg or .pdf.")],
    width: Annotated[int | None, typer.Option(min=16, max=32_768, metavar="PX", help="Width in px.")] = None,
    theme: Annotated[Theme, typer.Option(help="Dark or light colours.")] = Theme.DARK,
    with_workflow: Annotated[
        bool, typer.Option("--with-workflow", help="Put the workflow into the PNG; casare opens it from there.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Draw the picture. Raises FileError, and QtMissingError where Qt cannot be loaded."""
    size = draw(file, output, width=width, theme=theme.value, carrying=with_workflow)
    if as_json:
        from casare.cli.outputs import RenderOutput

        print_json(RenderOutput(path=shown_path(output), width=size[0], height=size[1]))
    else:
        console().print(plain(f"{shown_path(output)}: {size[0]} x {size[1]} px"))
    return 0


def draw(file: Path, output: Path, *, width: int | None, theme: str, carrying: bool = False) -> tuple[int, int]:
    """Draw a workflow into a file and return the picture's width and height in px.

    Raises FileError for an input that is no workflow or an output that cannot be written, and QtMissingError.
    """
    if output.suffix.lower() not in SUFFIXES:
        raise FileError(
            "the name does not say which kind of picture to draw",
            where=shown_path(output),
            mend="Let the name end in .png, .svg or .pdf.",
        )
    from casare.catalog import default_catalog
    from casare.storage import load

    catalog = default_catalog()
    graph = load(file, catalog).graph
    if not output.parent.is_dir():
        raise FileError(
            "there is no such folder", where=shown_path(output.parent), mend="Make it first, or choose another."
        )
    if sys.platform.startswith("linux"):
        # A picture needs no screen, and one that is named but gone would abort the process.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    require_qt()
    render_file = cast("Callable[..., Any]", import_module("casare.ui.canvas.export").render_file)
    drawn: tuple[int, int] = render_file(graph, catalog, output, width=width, theme=theme, carrying=carrying)
    return drawn

"""`casare convert SRC DST`: the same workflow in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casare.cli.console import console, plain, print_json, shown_bytes, shown_path
from casare.cli.options import AsJson


def run(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="The workflow to read.")],
    target: Annotated[Path, typer.Argument(metavar="DST", help="The file to write: .json, .json.gz or .json.zst.")],
    as_json: AsJson = False,
) -> int:
    """Write the workflow in the format of the target's suffix, with skeleton and grade. Raises FileError."""
    from casare.catalog import default_catalog
    from casare.profiling import analyze
    from casare.storage import load, save

    catalog = default_catalog()
    graph = load(source, catalog).graph
    saved = save(graph, target, catalog=catalog, grade=analyze(graph, catalog).grade or "")
    if as_json:
        from casare.cli.outputs import ConvertOutput

        print_json(ConvertOutput(path=shown_path(target), bytes=saved.bytes, ratio=saved.ratio))
    else:
        told = f"{shown_path(target)}: {shown_bytes(saved.bytes)}"
        console().print(plain(told if saved.ratio == 1 else f"{told}, {saved.ratio:.1f} times smaller than its JSON"))
    return 0

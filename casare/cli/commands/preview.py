"""`casare preview FILE`: what a workflow holds, read from its skeleton where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casare.cli.console import GRADE_STYLES, console, facts, plain, print_json, shown_bytes, shown_path
from casare.cli.options import AsJson, File

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from casare.storage import Preview

_MOST_TYPES = 6
_WIDEST = 76


def run(file: File, as_json: AsJson = False) -> int:
    """Show name, counts, types, variables and a small picture. Raises FileError."""
    from casare.catalog import default_catalog
    from casare.storage import PreviewCache, preview

    found = preview(file, default_catalog(), PreviewCache())
    if as_json:
        _print(file, found)
    else:
        show_preview(console(), file, found)
    return 0


def _print(file: Path, found: Preview) -> None:
    from casare.cli.outputs import PreviewOutput

    print_json(
        PreviewOutput(
            path=shown_path(file),
            format=found.format,
            name=found.name,
            description=found.description,
            node_count=found.node_count,
            connection_count=found.connection_count,
            node_types=dict(found.node_types),
            variables=list(found.variables),
            bounds=found.bounds,
            grade=found.grade or None,
            source=found.source,
            elapsed_ms=round(found.elapsed_ms, 3),
        )
    )


def show_preview(out: Console, file: Path, found: Preview) -> None:
    """Show a preview as facts and a picture."""
    from casare.cli.sketch import draw

    types = found.node_types
    named = [f"{count} {node_type}" for node_type, count in list(types.items())[:_MOST_TYPES]]
    more = len(types) - _MOST_TYPES
    out.print(plain(found.name or file.name, "bold"))
    rows = [
        ("about", plain(found.description) if found.description else ""),
        ("file", plain(f"{shown_path(file)} ({found.format}, {shown_bytes(found.size_bytes)})")),
        ("holds", f"{found.node_count:,} nodes, {found.connection_count:,} connections"),
        ("types", plain(", ".join(named) + (f" and {more} more" if more > 0 else ""))),
        ("variables", plain(", ".join(found.variables)) if found.variables else ""),
        ("grade", plain(found.grade, GRADE_STYLES.get(found.grade, "")) if found.grade else ""),
        ("read from", f"{found.source} in {found.elapsed_ms:.1f} ms"),
    ]
    out.print(facts(rows))
    if found.picture is not None:
        narrow = "utf" not in out.encoding
        lines = draw(found.picture, min(out.width - 2, _WIDEST), ascii_only=narrow)
        out.print(plain("\n" + "\n".join(lines)), no_wrap=True, overflow="crop", crop=True)

"""`casare preview FILE`: what a workflow holds, read from its skeleton where it has one; of a folder, its workflows."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casare.cli.console import GRADE_STYLES, console, facts, plain, print_json, shown_bytes, shown_path, table
from casare.cli.options import AsJson
from casare.foundation.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from casare.app.files.folder_scan import Entry, FolderScan
    from casare.storage import Preview

_MOST_TYPES = 6
_WIDEST = 76

FileOrFolder = Annotated[
    Path, typer.Argument(metavar="FILE", help="A workflow: .json, .json.gz or .json.zst; or a folder of them.")
]
Search = Annotated[
    str, typer.Option("--search", metavar="WORDS", help="List only what fits: names, node types, variables.")
]


def run(file: FileOrFolder, search: Search = "", as_json: AsJson = False) -> int:
    """Show name, counts, types, variables and a small picture; of a folder, a list. Raises FileError, UsageError."""
    if file.is_dir():
        return _run_folder(file, search, as_json)
    if search:
        raise UsageError(
            "Only a folder can be searched.", where=f"--search {search}", mend="Name the folder in place of the file."
        )
    from casare.catalog import default_catalog
    from casare.storage import PreviewCache, preview

    found = preview(file, default_catalog(), PreviewCache())
    if as_json:
        _print(file, found)
    else:
        show_preview(console(), file, found)
    return 0


def _run_folder(folder: Path, query: str, as_json: bool) -> int:
    from casare.app.files.folder_scan import scan, search
    from casare.catalog import default_catalog
    from casare.storage import PreviewCache

    started = time.perf_counter()
    found = scan(folder, default_catalog(), PreviewCache())
    entries = list(found)
    hits = search(entries, query)
    elapsed_ms = (time.perf_counter() - started) * 1000
    if as_json:
        _print_folder(found, hits, elapsed_ms)
    else:
        _show_folder(found, hits, len(entries), elapsed_ms)
    return 0


def _print_folder(found: FolderScan, hits: list[Entry], elapsed_ms: float) -> None:
    from casare.cli.outputs import FolderEntryOutput, FolderOutput

    workflows = [
        FolderEntryOutput(
            path=shown_path(path),
            format=seen.preview.format,
            name=seen.preview.name,
            description=seen.preview.description,
            node_count=seen.preview.node_count,
            connection_count=seen.preview.connection_count,
            unknown_types=seen.unknown_types,
            grade=seen.preview.grade or None,
            source=seen.preview.source,
        )
        for path, seen, _ in hits
    ]
    print_json(
        FolderOutput(
            path=shown_path(found.folder),
            workflows=workflows,
            skipped=found.skipped,
            truncated=found.truncated,
            elapsed_ms=round(elapsed_ms, 3),
        )
    )


def _show_folder(found: FolderScan, hits: list[Entry], total: int, elapsed_ms: float) -> None:
    from casare.app.files.folder_scan import title_of

    out = console()
    if hits:
        rows = table("name", "nodes", "wires", "grade", "path", numbers=("nodes", "wires"))
        for path, seen, _ in hits:
            shown = seen.preview
            rows.add_row(
                plain(shown.name or title_of(path)),
                f"{shown.node_count:,}",
                f"{shown.connection_count:,}",
                plain(shown.grade, GRADE_STYLES.get(shown.grade, "")),
                plain(shown_path(path.relative_to(found.folder))),
            )
        out.print(rows)
        out.print()
    count = f"{len(hits):,} of {total:,} workflows" if len(hits) != total else _counted(total, "workflow")
    others = f", {_counted(found.skipped, 'other file')} passed over" if found.skipped else ""
    more = "; the folder holds more than was looked at" if found.truncated else ""
    out.print(plain(f"{shown_path(found.folder)}: {count}{others}{more}, in {elapsed_ms:.0f} ms"))


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


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

"""A report as the bytes of a file. Qt-free."""

from __future__ import annotations

from pathlib import Path

from casare.foundation.atomic import write_atomic
from casare.profiling import Report


def as_bytes(report: Report, kind: str) -> bytes:
    """Return a report as `json` (what `casare profile --json` prints) or its nodes as `csv`."""
    if kind == "csv":
        from casare.profiling.table import to_csv

        return to_csv(report).encode()
    from casare.profiling.schema import ProfileOutput

    return ProfileOutput.from_report(report).model_dump_json(indent=2).encode() + b"\n"


def export(report: Report, kind: str, path: Path) -> None:
    """Write a report to a file, whole or not at all. Raises OSError."""
    write_atomic(path, as_bytes(report, kind))

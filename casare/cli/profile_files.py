"""The files `casare profile` writes besides what it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casare.cli.profile_analysis import Profiled
from casare.foundation.atomic import write_atomic
from casare.foundation.errors import FileError

if TYPE_CHECKING:
    from casare.profiling.scoring.budget import Check

_MOST_WORKERS: Final = 16
"""How far the page draws what more workers would bring."""

Make = Callable[[Profiled, Sequence["Check"], Path], bytes]


def write_files(wanted: Mapping[str, Path | None], held: Profiled, checks: Sequence[Check], file: Path) -> None:
    """Write a report in the formats that are asked for, by format; each file whole or not at all. Raises FileError."""
    for kind, path in wanted.items():
        if path is not None:
            _write(path, _MAKERS[kind](held, checks, file))


def _write(path: Path, content: bytes) -> None:
    try:
        write_atomic(path, content)
    except OSError as error:
        raise FileError(
            f"the file cannot be written: {error.strerror or error}",
            where=str(path),
            mend="Check the folder, its permissions and the free space.",
        ) from error


def _html(held: Profiled, _checks: Sequence[Check], _file: Path) -> bytes:
    from casare.profiling.exports import html_page
    from casare.profiling.schedule.workers import makespan_curve, time_line

    if held.evidence is None:
        return html_page(held.title, held.report).encode("utf-8", "replace")
    spans, curve = time_line(held.evidence), makespan_curve(held.evidence, _MOST_WORKERS)
    return html_page(held.title, held.report, spans, curve).encode("utf-8", "replace")


def _trace(held: Profiled, _checks: Sequence[Check], _file: Path) -> bytes:
    from casare.profiling.exports import chrome_trace
    from casare.profiling.schedule.workers import time_line

    return chrome_trace(held.report, time_line(held.evidence) if held.evidence else (), held.title)


def _junit(held: Profiled, checks: Sequence[Check], _file: Path) -> bytes:
    from casare.profiling.exports import junit_xml

    return junit_xml(held.title, checks).encode("utf-8", "replace")


def _sarif(held: Profiled, _checks: Sequence[Check], file: Path) -> bytes:
    from casare.profiling.exports import sarif

    return sarif(held.report, file.as_posix() if not file.is_absolute() else file.name)


_MAKERS: Final[Mapping[str, Make]] = {"html": _html, "trace": _trace, "junit": _junit, "sarif": _sarif}

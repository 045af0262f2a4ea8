"""A report as one short text that is equal for equal reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from casare.profiling.report import Report


def digest_of(report: Report) -> str:
    """Return the SHA-256 of all that a report says, in hexadecimal; the same on every machine and in every process."""
    hashed = hashlib.sha256()
    for part in _parts(report):
        # Floats are written out in full, and each part is parted from the next by what no repr holds.
        hashed.update(repr(part).encode())
        hashed.update(b"\x00")
    return hashed.hexdigest()


def _parts(report: Report) -> Iterable[object]:
    yield report.scoring, report.score, report.grade
    yield tuple(report.totals)
    yield report.critical_path
    yield report.bottlenecks
    yield from map(tuple, report.nodes)
    yield from map(tuple, report.ledger)
    yield report.suggestions

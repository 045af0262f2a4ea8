"""The nodes of a report as CSV."""

from __future__ import annotations

import csv
import io

from casare.profiling.reporting.report import NodeReport, Report

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_csv(report: Report) -> str:
    """Return one line for each node, after a header, in the order of the document.

    Suggestions share one cell, parted by " | ". A text that a spreadsheet would take for a formula gets an apostrophe.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(NodeReport._fields)
    for node in report.nodes:
        row = node._replace(suggestions=(" | ".join(node.suggestions),))
        cells = [row.suggestions[0] if field == "suggestions" else getattr(row, field) for field in NodeReport._fields]
        writer.writerow([_plain(cell) for cell in cells])
    return target.getvalue()


def _plain(cell: object) -> object:
    if isinstance(cell, float):
        return round(cell, 6)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell

"""A profile as one HTML page that needs no other file, no script and no network."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casare.cli.console import shown_path
from casare.foundation.atomic import write_atomic
from casare.foundation.errors import FileError
from casare.profiling import duration_text, memory_text

if TYPE_CHECKING:
    from casare.profiling import NodeReport, Report

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --dim: #888; }
body { font: 14px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--dim); font-weight: 500; } .number { text-align: right; }
.grade { font-size: 3rem; font-weight: 700; margin: 0; } .dim { color: var(--dim); }
"""
_COLUMNS: Final = (
    "name",
    "type",
    "complexity",
    "runtime",
    "memory",
    "slack",
    "waits for",
    "runs beside others",
    "advice",
)


def write_page(path: Path, title: str, report: Report) -> None:
    """Write the page. Raises FileError when the file cannot be written."""
    try:
        write_atomic(path, page(title, report).encode("utf-8", "replace"))
    except OSError as error:
        raise FileError(
            f"the page cannot be written: {error.strerror or error}",
            where=shown_path(path),
            mend="Check the folder, its permissions and the free space.",
        ) from error


def page(title: str, report: Report) -> str:
    """Return the page as text. Whatever a workflow says is escaped, so that nothing in it can act."""
    names = {node.id: node.name for node in report.nodes}
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}: profile</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *_totals(report),
            "<h2>Critical path</h2>",
            f"<p>{' &rarr; '.join(escape(names.get(one, one)) for one in report.critical_path) or 'None.'}</p>",
            "<h2>Where the points went</h2>",
            *_table(
                ("points", "why", "where"),
                [
                    (f"-{entry.points:.1f}", entry.message, ", ".join(names.get(one, one) for one in entry.nodes))
                    for entry in report.ledger
                ],
            ),
            "<h2>What to change</h2>",
            *_list(report.suggestions),
            f"<h2>All {len(report.nodes):,} nodes</h2>",
            *_table(_COLUMNS, [_row(node) for node in report.nodes]),
            "</body></html>\n",
        ]
    )


def _totals(report: Report) -> list[str]:
    totals = report.totals
    score = "" if report.score is None else f"{report.score:.1f} of 100, scoring {report.scoring}"
    return [
        f'<p class="grade">{report.grade or "&ndash;"}</p><p class="dim">{score}</p>',
        *_table(
            ("all work", "wall time", "critical path", "peak memory", "parallel opportunities"),
            [
                (
                    duration_text(totals.runtime_ms),
                    duration_text(totals.wall_ms),
                    duration_text(totals.critical_path_ms),
                    memory_text(totals.peak_memory_mb),
                    str(totals.parallel_opportunities),
                )
            ],
        ),
    ]


def _row(node: NodeReport) -> tuple[str, ...]:
    return (
        node.name,
        node.type,
        f"{node.complexity:.1f}",
        duration_text(node.runtime_ms),
        memory_text(node.memory_mb),
        duration_text(node.slack_ms),
        str(node.dependencies),
        "yes" if node.parallelizable else "no",
        " ".join(node.suggestions),
    )


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    if not rows:
        return ["<p>None.</p>"]
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return [f"<table><tr>{head}</tr>", *body, "</table>"]


def _list(lines: tuple[str, ...]) -> list[str]:
    return ["<ul>", *(f"<li>{escape(line)}</li>" for line in lines), "</ul>"] if lines else ["<p>Nothing.</p>"]

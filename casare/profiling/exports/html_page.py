"""A report as one page that opens offline: no script, no other file, no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from casare.profiling.exports.charts import bars, curve, gantt
from casare.profiling.reporting.report import NodeReport, Report
from casare.profiling.reporting.text import duration_text, memory_text
from casare.profiling.schedule.workers import CurvePoint, Span

_STYLE: Final = """
:root{color-scheme:light dark;--line:#8884;--dim:#777;--bar:#5b8dd9;--hot:#d9822b}
body{font:14px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--dim);font-weight:500}.number{text-align:right}.dim{color:var(--dim)}
.grade{font-size:3rem;font-weight:700;margin:0}
svg{font:12px system-ui,sans-serif}svg text{fill:currentColor}
.bar{fill:var(--bar)}.critical{fill:var(--hot)}.line{fill:none;stroke:var(--bar);stroke-width:2}
"""
_MOST_BARS: Final = 20
_HEADS: Final = ("name", "type", "complexity", "runtime", "memory", "slack", "waits for", "source", "advice")


def html_page(title: str, report: Report, spans: Sequence[Span] = (), points: Sequence[CurvePoint] = ()) -> str:
    """Return the page as text; with charts of a run and of more workers if they are given.

    Whatever a workflow says is escaped, so that nothing in it can act.
    """
    names = {node.id: node.name for node in report.nodes}
    heavy = sorted(report.nodes, key=lambda node: -node.runtime_ms)[:_MOST_BARS]
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}: profile</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *_totals(report),
            "<h2>Critical path</h2>",
            f"<p>{' &rarr; '.join(escape(names.get(one, one)) for one in report.critical_path) or 'None.'}</p>",
            "<h2>Time line</h2>" + gantt(spans, names, frozenset(report.critical_path)) if spans else "",
            "<h2>More workers</h2>" + curve(points) if points else "",
            "<h2>Where the time goes</h2>",
            bars([(node.name, node.runtime_ms, duration_text(node.runtime_ms)) for node in heavy], "Runtime by node"),
            "<h2>Where the points went</h2>",
            *_table(
                ("points", "why", "where"),
                [
                    (f"-{entry.points:.1f}", entry.message, ", ".join(names.get(one, one) for one in entry.nodes[:50]))
                    for entry in report.ledger
                ],
            ),
            "<h2>What to change</h2>",
            "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in report.suggestions or ("Nothing.",)) + "</ul>",
            f"<h2>All {len(report.nodes):,} nodes</h2>",
            *_table(_HEADS, [_row(node) for node in report.nodes]),
            "</body></html>\n",
        ]
    )


def _totals(report: Report) -> list[str]:
    totals = report.totals
    score = "" if report.score is None else f"{report.score:.1f} of 100, scoring {report.scoring}"
    row = (
        duration_text(totals.runtime_ms),
        duration_text(totals.wall_ms),
        duration_text(totals.critical_path_ms),
        memory_text(totals.peak_memory_mb),
        str(totals.parallel_opportunities),
    )
    heads = ("all work", "wall time", "critical path", "peak memory", "parallel opportunities")
    return [
        f'<p class="grade">{report.grade or "&ndash;"}</p><p class="dim">{escape(score)}</p>',
        *_table(heads, [row]),
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
        node.provenance,
        " ".join(node.suggestions),
    )


def _table(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[str]:
    if not rows:
        return ["<p>None.</p>"]
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return [f"<table><tr>{head}</tr>", *body, "</table>"]

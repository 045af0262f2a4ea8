"""Charts as inline SVG. Colours come from the page's style, so that one page reads well in light and in dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from casare.profiling.reporting.text import duration_text
from casare.profiling.schedule.workers import CurvePoint, Span

_WIDTH: Final = 960
_ROW: Final = 18
_MOST_SPANS: Final = 2000


def gantt(spans: Sequence[Span], names: Mapping[str, str], critical: frozenset[str]) -> str:
    """Return a run as lanes of bars, with the critical path marked; the longest bars when there are very many."""
    if not spans:
        return "<p>Nothing takes any time.</p>"
    whole = max(span.end_ms for span in spans) or 1.0
    shown = sorted(spans, key=lambda span: span.begin_ms - span.end_ms)[:_MOST_SPANS]
    height = (1 + max(span.lane for span in spans)) * _ROW
    bars = []
    for span in sorted(shown):
        left, width = span.begin_ms / whole * _WIDTH, max((span.end_ms - span.begin_ms) / whole * _WIDTH, 0.5)
        kind = "critical" if span.node_id in critical else "bar"
        told = f"{names.get(span.node_id, span.node_id)}: {duration_text(span.end_ms - span.begin_ms)}"
        bars.append(
            f'<rect class="{kind}" x="{left:.2f}" y="{span.lane * _ROW + 2}" width="{width:.2f}" height="{_ROW - 4}">'
            f"<title>{escape(told)}</title></rect>"
        )
    return _svg(height, "The simulated run, one lane for each worker", bars)


def bars(rows: Sequence[tuple[str, float, str]], label: str) -> str:
    """Return horizontal bars: name, amount and the amount as text."""
    most = max((amount for _, amount, _ in rows), default=0.0) or 1.0
    drawn = []
    for place, (name, amount, told) in enumerate(rows):
        top = place * (_ROW + 4)
        drawn.append(
            f'<rect class="bar" x="260" y="{top + 2}" width="{amount / most * 560:.2f}" height="{_ROW - 4}"/>'
            f'<text x="250" y="{top + 13}" text-anchor="end">{escape(name[:36])}</text>'
            f'<text x="{265 + amount / most * 560:.2f}" y="{top + 13}">{escape(told)}</text>'
        )
    return _svg(len(rows) * (_ROW + 4), label, drawn) if rows else "<p>None.</p>"


def curve(points: Sequence[CurvePoint]) -> str:
    """Return the makespan by number of workers as a line."""
    if len(points) < 2:
        return ""
    most = max(point.wall_ms for point in points) or 1.0
    step = (_WIDTH - 60) / (len(points) - 1)
    places = [(30 + place * step, 130 - point.wall_ms / most * 110) for place, point in enumerate(points)]
    line = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
    dots = [
        f'<circle class="critical" cx="{across:.1f}" cy="{down:.1f}" r="3"><title>{point.workers} workers: '
        f'{duration_text(point.wall_ms)}</title></circle><text x="{across:.1f}" y="148" text-anchor="middle">'
        f"{point.workers}</text>"
        for (across, down), point in zip(places, points, strict=True)
    ]
    return _svg(152, "Wall time by number of workers", [f'<polyline class="line" points="{line}"/>', *dots])


def _svg(height: float, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" width="100%" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )

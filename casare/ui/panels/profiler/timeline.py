"""A simulated run as bars on lanes, few enough to be drawn. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from casare.profiling import Report, duration_text
from casare.profiling.evidence import Evidence
from casare.profiling.schedule.simulate import simulate
from casare.profiling.schedule.workers import CurvePoint, Span, makespan_curve, measured_line, time_line
from casare.profiling.studies.records import Record

MOST_BARS: Final = 400
MOST_WORKERS: Final = 16
_MOST_NAMED: Final = 3
_ROUNDING: Final = 1e-9
_NO_WAITS: Final[Mapping[tuple[str, float], float]] = {}


class Bar(NamedTuple):
    """What one worker does for a time (ms): one node, or several short ones after another."""

    lane: int
    begin_ms: float
    end_ms: float
    nodes: tuple[str, ...]
    critical: bool
    wait_ms: float = 0.0
    """How long the node was ready before there was a worker for it."""


class Timeline(NamedTuple):
    """A run on so many workers, and what other numbers of them would take."""

    bars: tuple[Bar, ...]
    workers: int
    wall_ms: float
    curve: tuple[CurvePoint, ...]
    names: dict[str, str]
    measured: bool = False
    """Whether the bars are those of a run that was measured, and not simulated."""

    @property
    def lanes(self) -> int:
        """Return how many lanes there are to draw."""
        return max((bar.lane for bar in self.bars), default=0) + 1 if self.measured else self.workers

    def name(self, bar: Bar) -> str:
        """Return what to call a bar."""
        named = ", ".join(self.names.get(one, one) for one in bar.nodes[:_MOST_NAMED])
        more = len(bar.nodes) - _MOST_NAMED
        return f"{named} and {more:,} more" if more > 0 else named

    def describe(self, bar: Bar) -> str:
        """Return the name of a bar and its times."""
        took = duration_text(bar.end_ms - bar.begin_ms)
        path = " · critical path" if bar.critical else ""
        waited = f" · waited {duration_text(bar.wait_ms)} for a worker" if bar.wait_ms else ""
        times = f"from {duration_text(bar.begin_ms)} to {duration_text(bar.end_ms)}"
        return f"{self.name(bar)} · {took}, {times}{waited}{path}"


def timeline_of(evidence: Evidence, report: Report, workers: int, records: Sequence[Record] = ()) -> Timeline:
    """Return the run of a workflow on `workers` workers, simulated anew, with the curve for 1 to MOST_WORKERS.

    With the records of a run its bars are drawn where they were measured.
    """
    if records:
        measured = measured_line(evidence, records)
        waits = {(one.node_id, one.start_ms): one.wait_ms or 0.0 for one in records}
        bars = bars_of(measured, frozenset(report.critical_path), waits=waits)
        wall = max((one.end_ms for one in measured), default=0.0)
        names = {node.id: node.name for node in report.nodes}
        return Timeline(bars, workers, wall, makespan_curve(evidence, MOST_WORKERS), names, measured=True)
    schedule = simulate(evidence.shape.slices, evidence.load_ms, evidence.path, workers)
    simulated = replace(evidence, schedule=schedule)
    spans = time_line(simulated)
    names = {node.id: node.name for node in report.nodes}
    waits = simulated_waits(simulated) if len(spans) <= MOST_BARS else {}
    bars = bars_of(spans, frozenset(report.critical_path), waits=waits)
    return Timeline(bars, workers, schedule.wall_ms, makespan_curve(evidence, MOST_WORKERS), names)


def simulated_waits(evidence: Evidence) -> dict[tuple[str, float], float]:
    """Return how long nodes of the simulated run were ready before they began (ms), by id and beginning."""
    begins, schedule = evidence.schedule.begins_ms(), evidence.schedule
    began = {
        number: begins[place] + schedule.start_ms[number]
        for place, held in enumerate(schedule.sequences)
        for number in held
    }
    found = {}
    for number, begin in began.items():
        before = (one for one in evidence.shape.order.predecessors[number] if one in began)
        ready = max((began[one] + evidence.load_ms[one] for one in before), default=0.0)
        # Sums taken in another order differ in the last digits.
        if begin - ready > _ROUNDING * max(1.0, begin):
            found[evidence.ids[number], begin] = begin - ready
    return found


def bars_of(
    spans: Sequence[Span],
    critical: frozenset[str],
    most: int = MOST_BARS,
    waits: Mapping[tuple[str, float], float] = _NO_WAITS,
) -> tuple[Bar, ...]:
    """Return a bar for each span, or with more than `most` spans one for all short ones close together on a lane.

    `most` is exceeded only when there are more than half as many lanes. `waits` are how long nodes waited (ms), by id
    and beginning; bars of several nodes have none.
    """
    if len(spans) <= most:
        return tuple(
            Bar(
                one.lane,
                one.begin_ms,
                one.end_ms,
                (one.node_id,),
                one.node_id in critical,
                waits.get((one.node_id, one.begin_ms), 0.0),
            )
            for one in spans
        )
    lanes: dict[int, list[Span]] = {}
    for span in spans:
        lanes.setdefault(span.lane, []).append(span)
    whole = max(span.end_ms for span in spans)
    # On each lane at most so many spans are longer than a slot, and so many slots hold shorter ones.
    slot = whole / max(1, most // (2 * len(lanes)) - 1)
    return tuple(bar for held in lanes.values() for bar in _merged(held, slot, critical))


def _merged(spans: Iterable[Span], slot_ms: float, critical: frozenset[str]) -> list[Bar]:
    slots: dict[tuple[int, str], list[Span]] = {}
    for span in spans:
        long = span.end_ms - span.begin_ms >= slot_ms
        slots.setdefault((int(span.begin_ms / slot_ms), span.node_id if long else ""), []).append(span)
    return [
        Bar(
            held[0].lane,
            held[0].begin_ms,
            max(span.end_ms for span in held),
            tuple(span.node_id for span in held),
            any(span.node_id in critical for span in held),
        )
        for held in slots.values()
    ]

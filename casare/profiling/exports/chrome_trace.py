"""The simulated run as a Chrome trace, which about:tracing, Perfetto and speedscope show."""

from __future__ import annotations

from collections.abc import Sequence

from casare.profiling.reporting.report import Report
from casare.profiling.schedule.workers import Span


def chrome_trace(report: Report, spans: Sequence[Span], title: str = "workflow") -> bytes:
    """Return the trace as JSON: one complete event for each node, a thread for each worker; times in microseconds."""
    import orjson

    nodes = {node.id: node for node in report.nodes}
    critical = set(report.critical_path)
    events: list[dict[str, object]] = [{"ph": "M", "pid": 1, "name": "process_name", "args": {"name": title}}]
    events += [
        {"ph": "M", "pid": 1, "tid": lane, "name": "thread_name", "args": {"name": f"worker {lane + 1}"}}
        for lane in range(1 + max((span.lane for span in spans), default=-1))
    ]
    for span in spans:
        node = nodes[span.node_id]
        events.append(
            {
                "ph": "X",
                "pid": 1,
                "tid": span.lane,
                "name": node.name,
                "cat": "critical" if span.node_id in critical else "node",
                "ts": round(span.begin_ms * 1000, 3),
                "dur": round((span.end_ms - span.begin_ms) * 1000, 3),
                "args": {"id": node.id, "type": node.type, "memory_mb": node.memory_mb, "provenance": node.provenance},
            }
        )
    return orjson.dumps({"displayTimeUnit": "ms", "traceEvents": events})

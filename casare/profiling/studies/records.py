"""What a run measured, as JSON lines: one object for each time a node ran.

`{"node": "n1", "start": 12.5, "end": 40.0, "cpu": 20.1, "wait": 3.0, "peak_mb": 80, "rows": 100, "bytes": 4096,
"cached": false, "iteration": 0}`: times in ms since the run began, sizes in MB, `wait` how long it was ready before it
started. Only node, start and end have to be there; keys nobody knows are passed over, so a later writer may say more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import Any, NamedTuple

from casare.foundation.errors import FileError
from casare.profiling.costs.tables import CostTables, TypeFigures


class Record(NamedTuple):
    """One time a node ran. Times in ms, memory in MB; None where the run did not measure it."""

    node_id: str
    start_ms: float
    end_ms: float
    cpu_ms: float | None = None
    wait_ms: float | None = None
    peak_memory_mb: float | None = None
    rows: int | None = None
    bytes: int | None = None
    cached: bool = False
    iteration: int | None = None

    @property
    def runtime_ms(self) -> float:
        """Return how long it ran."""
        return self.end_ms - self.start_ms


def read_records(lines: Iterable[str | bytes], *, where: str = "") -> list[Record]:
    """Return the records of a run. Empty lines and a last line that was cut off by a crash are passed over.

    Raises FileError for any other line that is no record, naming the line.
    """
    import orjson

    found: list[Record] = []
    broken = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if broken:
            raise _unreadable(where, broken)
        try:
            found.append(_record(orjson.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError):
            broken = number
    if broken and not found:
        raise _unreadable(where, broken)
    return found


def measured_tables(records: Iterable[Record]) -> CostTables:
    """Return what each node was seen to take in one run of it: the median, without what came from a cache."""
    by_node: dict[str, list[Record]] = {}
    for record in records:
        if not record.cached:
            by_node.setdefault(record.node_id, []).append(record)
    return CostTables(nodes={node_id: _figures(held) for node_id, held in by_node.items()})


def _figures(records: list[Record]) -> TypeFigures:
    sizes = [record.peak_memory_mb for record in records if record.peak_memory_mb is not None]
    runtime = median(record.runtime_ms for record in records)
    return TypeFigures(runtime, max(sizes) if sizes else None, None, "measured")


def _record(held: Mapping[str, Any]) -> Record:
    node_id = held["node"]
    start, end = _amount(held["start"]), _amount(held["end"])
    if not isinstance(node_id, str) or not node_id or end < start:
        raise ValueError("no record")
    sizes = _optional(held, ("cpu", "wait", "peak_mb", "rows", "bytes", "iteration"))
    cpu, wait, peak, rows, size, iteration = sizes
    return Record(
        node_id,
        start,
        end,
        cpu,
        wait,
        peak,
        None if rows is None else int(rows),
        None if size is None else int(size),
        held.get("cached") is True,
        None if iteration is None else int(iteration),
    )


def _optional(held: Mapping[str, Any], keys: Iterable[str]) -> Iterator[float | None]:
    return (None if held.get(key) is None else _amount(held[key]) for key in keys)


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
        raise ValueError("no amount")
    return float(value)


def _unreadable(where: str, line: int) -> FileError:
    return FileError(
        "a line of the run's measurements cannot be read",
        where=f"{where}, line {line}" if where else f"line {line}",
        mend="Record the run again, or remove the line.",
    )

"""How hot each node is: what the canvas is to colour, and what its colours mean. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from casare.profiling import NodeReport, Report, duration_text, memory_text
from casare.ui.panels.profiler.remembered import remembered


class HeatPicture(NamedTuple):
    """What to lay over the cards: by node id a share, 0 to 1, and a text; `stale` when it is about an earlier state."""

    shares: Mapping[str, float]
    badges: Mapping[str, str]
    stale: bool


class Scale(NamedTuple):
    """A kind of heat: its title, the value of a node, how a value reads, and how values are spread over the colours."""

    title: str
    value: Callable[[NodeReport], float]
    text: Callable[[float], str]
    power: float
    """A share is (value / greatest) ** power. Times and sizes differ by so much that without a root all but the
    hottest few would look alike."""


# Most nodes of a workflow share their figures with many others.
_duration: Final = lru_cache(maxsize=4096)(duration_text)
_memory: Final = lru_cache(maxsize=4096)(memory_text)

SCALES: Final[Mapping[str, Scale]] = {
    "time": Scale("Time", lambda node: node.runtime_ms, _duration, 0.5),
    "memory": Scale("Memory", lambda node: node.memory_mb, _memory, 0.5),
    "complexity": Scale("Complexity", lambda node: node.complexity, lambda value: f"{value:g}", 1.0),
}


def heat_of(report: Report, kind: str, *, stale: bool) -> HeatPicture:
    """Return how hot the nodes of a report are; `kind` is a key of SCALES."""
    return fresh_heat(report, kind)._replace(stale=stale)


@remembered
def fresh_heat(report: Report, kind: str) -> HeatPicture:
    """Return the picture of a report that is not stale."""
    scale = SCALES[kind]
    values = {node.id: scale.value(node) for node in report.nodes}
    greatest = max(values.values(), default=0.0)
    if greatest <= 0:
        return HeatPicture(dict.fromkeys(values, 0.0), {}, False)
    shares = {node_id: (value / greatest) ** scale.power for node_id, value in values.items()}
    return HeatPicture(shares, {node_id: scale.text(value) for node_id, value in values.items() if value > 0}, False)


@remembered
def legend_of(report: Report, kind: str, steps: int) -> tuple[str, ...]:
    """Return the value at each border between `steps` colours, the least and the greatest at the ends."""
    scale = SCALES[kind]
    greatest = max(map(scale.value, report.nodes), default=0.0)
    return tuple(scale.text(greatest * (at / steps) ** (1 / scale.power)) for at in range(steps + 1))

"""The compatible score: nodetool's formulas as they are, oddities included, from facts about their behaviour.

It adds up nodes without looking at the wires, so its "critical path" is no path and its memory no peak. It is here so
that grades can be compared with nodetool's; what casare itself thinks is in the rest of this package.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casare.model import Graph
from casare.profiling.reporting.report import LedgerEntry, NodeReport, Report, Totals
from casare.profiling.scoring.grade import grade_of


class Base(NamedTuple):
    """The base figures of a type: complexity, ms, MB."""

    complexity: float
    runtime_ms: float
    memory_mb: float


BASES: Final[Mapping[str, Base]] = {
    "nodetool.llm.LLM": Base(5, 2000, 4000),
    "nodetool.embeddings.Embeddings": Base(3, 500, 2000),
    "nodetool.image.ImageGen": Base(8, 5000, 3000),
    "nodetool.audio.AudioGen": Base(7, 3000, 1500),
    "nodetool.video.VideoGen": Base(10, 15000, 8000),
    "nodetool.text.TextGen": Base(4, 1000, 500),
    "nodetool.io.HTTPRequest": Base(2, 200, 100),
    "nodetool.io.FileRead": Base(1, 50, 200),
    "nodetool.io.FileWrite": Base(1, 50, 200),
    "nodetool.control.ForEach": Base(6, 100, 100),
    "nodetool.control.If": Base(3, 10, 50),
    "nodetool.process.Processor": Base(4, 200, 500),
    "nodetool.vector.VectorStore": Base(5, 300, 3000),
}
OTHER: Final = Base(2, 100, 200)
MAX_COMPLEXITY: Final = 20
_COMPLEX_MODELS: Final = ("70b", "13b", "34b", "embedding-large")
_LARGE_MODELS: Final = ("70b", "34b")
_END_KEYS: Final = (("source_node", "target_node"), ("from_node", "to_node"))
"""What the two spellings of a connection call its ends."""


class NodeMetrics(NamedTuple):
    """One node's figures."""

    node_id: str
    node_type: str
    """The last part of the type."""
    estimated_runtime: float
    memory_usage: float
    complexity: float
    dependencies: int
    dependents: int
    parallelizable: bool
    suggestions: tuple[str, ...]


class WorkflowMetrics(NamedTuple):
    """The whole workflow's figures. `score` is not rounded."""

    total_runtime: float
    total_memory: float
    critical_path_length: float
    parallel_opportunities: int
    bottlenecks: tuple[NodeMetrics, ...]
    nodes: tuple[NodeMetrics, ...]
    score: float
    grade: str


def score_workflow(nodes: Sequence[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> WorkflowMetrics:
    """Return the metrics of plain inputs: nodes with `id`, `type` and `data`, edges with `source` and `target`."""
    incoming: dict[Any, int] = {}
    outgoing: dict[Any, int] = {}
    for edge in edges:
        outgoing[edge.get("source")] = outgoing.get(edge.get("source"), 0) + 1
        incoming[edge.get("target")] = incoming.get(edge.get("target"), 0) + 1
    metrics = tuple(
        [
            _node_metrics(
                node["id"],
                node.get("type") or "",
                node.get("data") or {},
                incoming.get(node["id"], 0),
                outgoing.get(node["id"], 0),
            )
            for node in nodes
        ]
    )
    longest_first = sorted(metrics, key=lambda held: held.estimated_runtime, reverse=True)
    runtime = sum(held.estimated_runtime for held in metrics)
    memory = sum(held.memory_usage for held in metrics)
    # 0.2 * N is what the formula multiplies, so the float product decides what is rounded up.
    critical = sum(held.estimated_runtime for held in longest_first[: math.ceil(len(metrics) * 0.2)])
    parallel = sum(held.parallelizable for held in metrics)
    score = _score(runtime, memory, min(len(metrics), 5), parallel)
    return WorkflowMetrics(
        runtime, memory, critical, parallel, tuple(longest_first[:5]), metrics, score, grade_of(score)
    )


def nodetool_report(graph: Graph) -> Report:
    """Return the compatible analysis of `graph` in the shape of every report.

    Its ledger holds the penalties, and the bonus as negative points; a critical path of nodes, slack and wall time
    are things it does not have: the path is empty, slack is 0 and wall time is the sum.
    """
    nodes = [{"id": node.id, "type": node.type, "data": node.config} for node in graph.nodes.values()]
    edges: list[Mapping[str, Any]]
    edges = [{"source": wire.source_node, "target": wire.target_node} for wire in graph.connections.values()]
    # A wire to a node that is not there, or to its own node, is on no canvas, but it counts where it ends.
    edges += [edge for raw in graph.unreadable.connections if (edge := _edge_of(raw)) is not None]
    found = score_workflow(nodes, edges)
    return Report(
        scoring="nodetool",
        score=found.score,
        grade=found.grade,
        totals=Totals(
            found.total_runtime,
            found.total_runtime,
            found.total_memory,
            found.critical_path_length,
            found.parallel_opportunities,
        ),
        critical_path=(),
        bottlenecks=tuple([held.node_id for held in found.bottlenecks]),
        nodes=tuple(
            [
                NodeReport(
                    held.node_id,
                    node.type,
                    node.name or held.node_type,
                    held.complexity,
                    held.estimated_runtime,
                    held.memory_usage,
                    held.dependencies,
                    held.dependents,
                    held.parallelizable,
                    0.0,
                    "declared" if node.type in BASES else "default",
                    held.suggestions,
                )
                for held, node in zip(found.nodes, graph.nodes.values(), strict=True)
            ]
        ),
        ledger=_ledger(found),
        suggestions=(),
    )


def _edge_of(raw: Any) -> Mapping[str, Any] | None:
    """Return a wire that a file holds and no graph can, as an edge; None when it names no ends."""
    for source, target in _END_KEYS:
        if isinstance(raw, Mapping) and isinstance(raw.get(source), str) and isinstance(raw.get(target), str):
            return {"source": raw[source], "target": raw[target]}
    return None


def _node_metrics(node_id: str, full_type: str, data: Mapping[str, Any], fan_in: int, fan_out: int) -> NodeMetrics:
    base = BASES.get(full_type, OTHER)
    model = data.get("model")
    model = model if isinstance(model, str) else ""
    complexity = base.complexity
    if any(part in model for part in _COMPLEX_MODELS):
        complexity *= 1.5
    if iterations := _number(data, "iterations"):
        complexity *= min(1 + iterations / 100, 2)
    if batch_size := _number(data, "batch_size"):
        complexity *= min(1 + batch_size / 50, 3)
    complexity = min(complexity, MAX_COMPLEXITY)
    time = base.runtime_ms
    if max_tokens := _number(data, "max_tokens"):
        time *= 1 + max_tokens / 1000
    if guidance := _number(data, "guidance_scale"):
        time *= 1 + guidance / 10
    runtime = _round_half_up(time * (complexity / 2))
    memory = base.memory_mb * 2 if any(part in model for part in _LARGE_MODELS) else base.memory_mb
    parallelizable = fan_in < 2 and "control" not in full_type
    return NodeMetrics(
        node_id,
        full_type.rpartition(".")[2] or full_type,
        runtime,
        memory,
        complexity,
        fan_in,
        fan_out,
        parallelizable,
        _suggestions(fan_in, fan_out, parallelizable, complexity, runtime, memory),
    )


def _suggestions(
    fan_in: int, fan_out: int, parallelizable: bool, complexity: float, runtime: float, memory: float
) -> tuple[str, ...]:
    told = (
        (fan_in > 3, "Many inputs meet here: split the input processing."),
        (fan_out > 3, "Many nodes read this result: cache it or add a buffer."),
        (not parallelizable and fan_in < 2, "This could run in parallel with its siblings."),
        (complexity > 10, "This is complex: break it into smaller steps."),
        (runtime > 10_000, "This runs long: report its progress."),
        (memory > 5000, "This needs much memory: stream the data or take it in chunks."),
    )
    return tuple([text for holds, text in told if holds])


def _penalties(runtime: float, memory: float, bottlenecks: int) -> tuple[float, float, float]:
    return min(runtime / 1000, 30), min(memory / 1000, 25), 5 * bottlenecks


def _score(runtime: float, memory: float, bottlenecks: int, parallel: int) -> float:
    by_runtime, by_memory, by_bottlenecks = _penalties(runtime, memory, bottlenecks)
    # From left to right: another order of the same sum gives other last digits.
    score = 100 - by_runtime - by_memory - by_bottlenecks + min(2 * parallel, 15)
    # In this order, what is no number (one runtime past all bounds up, another down) is the worst and not the best.
    return max(0, min(score, 100))


def _ledger(found: WorkflowMetrics) -> tuple[LedgerEntry, ...]:
    by_runtime, by_memory, by_bottlenecks = _penalties(found.total_runtime, found.total_memory, len(found.bottlenecks))
    every = tuple([held.node_id for held in found.nodes])
    worst = tuple([held.node_id for held in found.bottlenecks])
    free = tuple([held.node_id for held in found.nodes if held.parallelizable])
    rows = (
        LedgerEntry("runtime", by_runtime, every, "One point for each second of all runtimes together, at most 30."),
        LedgerEntry("memory", by_memory, every, "One point for each 1000 MB of all nodes together, at most 25."),
        LedgerEntry("bottlenecks", by_bottlenecks, worst, "Five points for each of the five slowest nodes."),
        LedgerEntry(
            "parallel", -min(2 * found.parallel_opportunities, 15), free, "Two points back for each parallel node."
        ),
    )
    return tuple([row for row in rows if row.points])


def _number(data: Mapping[str, Any], name: str) -> float:
    """Return a number that counts, else 0: truth values, numeric text and NaN do not count."""
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return 0
    try:
        number = float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    return 0 if math.isnan(number) else number


def _round_half_up(value: float) -> float:
    return math.floor(value + 0.5) if math.isfinite(value) else value

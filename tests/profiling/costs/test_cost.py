"""What one node costs, and what its parameters change."""

from __future__ import annotations

from typing import Any

import pytest

from casare.catalog import Catalog, default_catalog
from casare.model import Graph, Node
from casare.profiling import NodeReport, analyze


def _node(catalog: Catalog, type_id: str, config: dict[str, Any] | None = None) -> NodeReport:
    return analyze(Graph([Node("n", type_id, config or {})]), catalog).nodes[0]


def test_a_declared_type_costs_what_it_declares(catalog: Catalog) -> None:
    node = _node(catalog, "Fetch")
    assert (node.complexity, node.runtime_ms, node.memory_mb, node.provenance) == (3, 200, 4, "declared")


def test_an_unknown_type_has_a_cost_that_is_marked_as_a_default(catalog: Catalog) -> None:
    node = _node(catalog, "NobodyKnows")
    assert node.provenance == "default"
    assert node.runtime_ms > 0


@pytest.mark.parametrize(("type_id", "config"), [("Comment", {}), ("Fetch", {"_disabled": True})])
def test_a_comment_and_a_disabled_node_cost_nothing(catalog: Catalog, type_id: str, config: dict[str, Any]) -> None:
    report = analyze(Graph([Node("n", type_id, config)]), catalog)
    node = report.nodes[0]
    assert (node.complexity, node.runtime_ms, node.memory_mb, node.runs) == (0, 0, 0, 0)
    assert (report.grade, report.score, report.totals.peak_memory_mb) == (None, None, 0)


@pytest.mark.parametrize(
    ("config", "factor"),
    [
        ({"iterations": 3}, 3),
        ({"iterations": "3"}, 3),
        ({"iterations": 0}, 1),
        ({"iterations": True}, 1),
        ({"max_tokens": 1000}, 1),
        ({"max_tokens": 2000}, 1.8),
        ({"model": "some-70b"}, 10),
        ({"model": {"id": "org/Some-14B-chat"}}, 2),
        ({"model": "gpt-4"}, 1),
        ({"guidance_scale": 7.5}, 2),
        ({"batch_size": 51}, 2),
        ({"retry_count": 1}, 1.1),
        ({"timeout": 60000}, 1),
        ({"iterations": "{{count}}"}, 1),
        ({"iterations": 10**400}, 1),
    ],
)
def test_parameters_change_the_runtime(catalog: Catalog, config: dict[str, Any], factor: float) -> None:
    assert _node(catalog, "Fetch", config).runtime_ms == pytest.approx(200 * factor)


def test_complexity_never_leaves_its_scale(catalog: Catalog) -> None:
    node = _node(catalog, "Fetch", {"iterations": 1e6, "batch_size": 1e6, "model": "405b"})
    assert node.complexity == 20
    assert _node(catalog, "Cheap", {"iterations": -1e6}).complexity == 1


@pytest.mark.parametrize(
    ("config", "ms", "provenance"),
    [
        ({}, 1000, "declared"),
        ({"duration": 2.5}, 2500, "declared"),
        ({"seconds": "3"}, 3000, "declared"),
        ({"duration_ms": 250, "duration": 9}, 250, "declared"),
        ({"duration_ms": None, "duration": 9}, 9000, "declared"),
        ({"duration": "{{pause}}"}, 1000, "default"),
        ({"duration": -4}, 0, "declared"),
    ],
)
def test_a_pause_takes_as_long_as_it_says(config: dict[str, Any], ms: float, provenance: str) -> None:
    node = _node(default_catalog(), "WaitNode", config)
    assert (node.runtime_ms, node.provenance) == (ms, provenance)

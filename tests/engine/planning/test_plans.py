"""Plans: made once, kept by content in memory and on disk, thrown away when anything they rest on changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.engine import CompileError, PlanCache, compile_graph
from casare.storage import generate

Make = Callable[..., Any]


def test_the_stages_are_timed_apart(types: Catalog, make_graph: Make) -> None:
    timings = compile_graph(make_graph({"a": "Note"}), types).timings
    assert list(timings) == ["parse", "templates", "wire", "validate", "build"]
    assert min(timings.values()) >= 0


def test_a_graph_with_the_same_content_is_compiled_once(types: Catalog, make_graph: Make) -> None:
    cache = PlanCache(on_disk=False)
    first, timings = cache.workflow(make_graph({"a": "Note"}), types)
    second, again = cache.workflow(make_graph({"a": "Note"}), types)
    assert first is second
    assert (bool(timings), again, cache.hits, cache.misses) == (True, {}, 1, 1)


def test_a_changed_setting_of_a_node_makes_another_plan(types: Catalog, make_graph: Make) -> None:
    cache = PlanCache(on_disk=False)
    first, _ = cache.workflow(make_graph({"a": ("Note", {"value": 1})}), types)
    second, _ = cache.workflow(make_graph({"a": ("Note", {"value": 2})}), types)
    assert first is not second


def test_the_oldest_plan_goes_first(types: Catalog, make_graph: Make) -> None:
    cache = PlanCache(2, on_disk=False)
    for value in (1, 2, 1, 3, 1):
        cache.workflow(make_graph({"a": ("Note", {"value": value})}), types)
    assert (cache.hits, cache.misses) == (2, 3)


def test_a_large_plan_comes_back_from_disk_equal(types: Catalog, tmp_path: Path) -> None:
    graph = generate(400, 3)
    made, _ = PlanCache(folder=tmp_path).workflow(graph, types)
    assert len(list(tmp_path.iterdir())) == 1
    read, timings = PlanCache(folder=tmp_path).workflow(graph, types)
    assert list(timings) == ["read", "instantiate"]
    assert read.plan == made.plan


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"format": 0, "plan": []}', b"\xff", b'{"format": 1, "plan": [1]}'])
def test_a_damaged_plan_on_disk_is_made_anew(damage: bytes, types: Catalog, tmp_path: Path) -> None:
    graph = generate(400, 3)
    made, _ = PlanCache(folder=tmp_path).workflow(graph, types)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    again, _ = PlanCache(folder=tmp_path).workflow(graph, types)
    assert again.plan == made.plan


def test_a_circle_with_two_entries_is_refused_with_a_reason(types: Catalog, make_graph: Make) -> None:
    with pytest.raises(CompileError) as caught:
        compile_graph(make_graph(dict.fromkeys("sab", "Note"), "s>a s>b a>b b>a"), types)
    assert "entered at two places" in caught.value.what
    assert caught.value.mend


def test_what_runs_inside_of_what(types: Catalog, make_graph: Make) -> None:
    graph = make_graph(
        {"f": "ForLoopStartNode", "i": "IfNode", "a": "Note", "m": "MergeNode", "t": "TryNode", "x": "Note",
         "c": ("CatchNode", {"paired_try_id": "t"}), "h": "Note", "z": "Note"},
        "f.body>i i.true>a>m i.false>m m>t t.try_body>x c.catch_body>h f.completed>z",
    )  # fmt: skip
    plan = compile_graph(graph, types).plan
    inside = {
        (region.port.partition(":")[0], "".join(plan.ids[slot] for slot in region.members)) for region in plan.regions
    }
    assert inside == {("", "fz"), ("body", "iamt"), ("try_body", "x"), ("@catch", "ch")}

"""Results that are used again: by content, also in the next process, and never when something is another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.engine.deciding.state import NOTHING
from casare.engine.keeping.result_cache import ResultCache, StoredResults
from casare.engine.values import Values

Run = Callable[..., Any]


def status(report: Any, name: str = "s") -> str:
    return str(report.node(name).status)


def test_a_heavy_pure_node_is_not_run_again_in_the_next_process(run: Run, tmp_path: Path) -> None:
    found = []
    for rounds in (100, 100, 200):
        cache = StoredResults(tmp_path / "r.sqlite")
        report = run({"s": ("Spin", {"rounds": rounds})}, options={"cache": cache, "reuse": True})
        cache.close()
        found.append((status(report), report.outputs["s"]["total"]))
    assert found == [("completed", 4950), ("cached", 4950), ("completed", 19900)]


def test_without_reuse_only_nodes_that_ask_for_it_are_taken_from_the_cache(run: Run) -> None:
    cache = ResultCache()
    nodes = {"s": ("Spin", {"rounds": 10}), "c": ("Spin", {"rounds": 10, "_cache_enabled": True})}
    for wanted in ("completed", "cached"):
        report = run(nodes, "s>c", options={"cache": cache})
        assert (status(report), status(report, "c")) == ("completed", wanted)


def test_a_file_that_changed_is_read_again(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    cache = ResultCache()
    nodes = {"s": ("ReadFileNode", {"file_path": str(path), "_cache_enabled": True})}
    told = [run(nodes, options={"cache": cache}) for _ in range(2)]
    path.write_text("another")
    told.append(run(nodes, options={"cache": cache}))
    assert [status(one) for one in told] == ["completed", "cached", "completed"]
    assert [one.outputs["s"]["content"] for one in told] == ["one", "one", "another"]


def test_another_body_is_another_call() -> None:
    cache = ResultCache()
    one, other = (lambda a: a + 1), (lambda a: a + 2)
    assert cache.key("T", {"a": 1}, one) != cache.key("T", {"a": 1}, other)
    assert cache.key("T", {"a": 1}, one) == cache.key("T", {"a": 1}, one)
    assert cache.key("T", {"a": object()}, one) is None


@pytest.mark.parametrize(
    ("value", "comes_back"),
    [
        (3, 3),
        ({"a": [1, None, "x"]}, {"a": [1, None, "x"]}),
        ((1, "way"), (1, "way")),
        (Values(a=1), Values(a=1)),
        ({1: 2}, NOTHING),
        (float("nan"), NOTHING),
        ([(1, 2)], NOTHING),
        ("x" * 2_000_000, NOTHING),
        (object(), NOTHING),
    ],
)
def test_only_what_comes_back_as_it_was_is_stored(tmp_path: Path, value: Any, comes_back: Any) -> None:
    first = StoredResults(tmp_path / "r.sqlite")
    first.keep(b"k", value)
    first.close()
    found = StoredResults(tmp_path / "r.sqlite").find(b"k")
    assert found is NOTHING if comes_back is NOTHING else found == comes_back
    assert type(found) is type(comes_back)


def test_a_damaged_file_of_results_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(b"no database at all, but long enough to look at" * 10)
    cache = StoredResults(path)
    assert cache.find(b"k") is NOTHING
    cache.keep(b"k", 1)
    cache.close()
    assert cache.find(b"k") == 1

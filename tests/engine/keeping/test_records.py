"""What is written down of a run: full, sampled or off, values within a budget, secrets masked."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.engine.keeping.recording import Metrics, Recorder
from casare.engine.keeping.records import RunBook
from casare.engine.keeping.showing import MASK, Mask, counts_of, shown_value

Run = Callable[..., Any]
LOOP = {"f": ("ForLoopStartNode", {"items": list(range(200))}), "a": ("Note", {"value": "{{item}}"})}


@pytest.fixture
def book(tmp_path: Path) -> RunBook:
    return RunBook(tmp_path / "runs.sqlite")


def recorded(run: Run, book: RunBook, metrics: Metrics, nodes: Any, wires: str, mask: Mask | None = None) -> Any:
    recorder = Recorder(metrics, mask)
    report = run(nodes, wires, options={"sink": recorder.take})
    book.append(report, recorder.rows, metrics, None)
    return report


def test_every_run_of_every_node_is_written_down(run: Run, book: RunBook) -> None:
    report = recorded(run, book, Metrics.FULL, LOOP, "f.body>a")
    nodes = book.nodes(report.run_id)
    turns = [node.turns for node in nodes if node.node_id == "a"]
    assert turns == [(number,) for number in range(200)]
    assert {node.status for node in nodes} == {"completed"}
    assert all(node.elapsed_ms >= 0 and node.started_ms >= 0 for node in nodes)
    assert [one.id for one in book.runs()] == [report.run_id]


def test_a_sample_holds_a_part_and_every_failure(run: Run, book: RunBook) -> None:
    report = recorded(run, book, Metrics.SAMPLED, {**LOOP, "x": "Fail"}, "f.body>a f.completed>x")
    nodes = book.nodes(report.run_id)
    assert 0 < sum(node.node_id == "a" for node in nodes) < 100
    assert [node.error for node in nodes if node.node_id == "x"] == ["it failed"]


def test_metrics_that_are_off_leave_the_run_alone(run: Run, book: RunBook) -> None:
    report = recorded(run, book, Metrics.OFF, LOOP, "f.body>a")
    assert (book.nodes(report.run_id), book.runs()[0].status) == ([], "completed")


def test_rows_bytes_and_values_are_kept(run: Run, book: RunBook) -> None:
    report = recorded(run, book, Metrics.FULL, {"a": ("Note", {"value": ["x" * 10] * 3}), "b": "Plus"}, "a")
    (node,) = [one for one in book.nodes(report.run_id) if one.node_id == "a"]
    assert (node.rows, node.bytes, node.outputs) == (3, 30, {"value": ["x" * 10] * 3})


def test_a_large_value_is_cut(run: Run, book: RunBook) -> None:
    report = recorded(run, book, Metrics.FULL, {"a": ("Note", {"value": ["x" * 100] * 5000})}, "a")
    (node,) = book.nodes(report.run_id)
    assert (node.rows, node.bytes) == (5000, 500_000)
    assert len(str(node.outputs)) < 20_000
    assert "more" in node.outputs["value"][-1]


def test_secrets_are_masked_in_values_and_errors(run: Run, book: RunBook) -> None:
    nodes = {"a": ("Note", {"value": {"token": "abc-123-xyz"}}), "x": ("Fail", {"message": "no abc-123-xyz"})}
    report = recorded(run, book, Metrics.FULL, nodes, "a>x", Mask(["abc-123-xyz"]))
    written = book.nodes(report.run_id)
    assert written[0].outputs == {"value": {"token": MASK}}
    assert written[1].error == f"no {MASK}"


def test_a_book_of_another_version_is_kept_aside(run: Run, book: RunBook) -> None:
    other = sqlite3.connect(book.path)
    other.execute("PRAGMA user_version=99")
    other.commit()
    other.close()
    report = recorded(run, book, Metrics.FULL, {"a": "Note"}, "")
    assert [one.id for one in book.runs()] == [report.run_id]
    assert book.path.with_suffix(".v99.sqlite").exists()


def test_what_went_into_a_node_is_kept_for_each_turn(run: Run, book: RunBook) -> None:
    nodes = {
        "f": ("ForLoopStartNode", {"items": [10, 20, 30]}),
        "p": ("Plus", {"b": 5}),
        "n": ("Note", {"mark": "{{p.sum}}"}),
    }
    report = recorded(run, book, Metrics.FULL, nodes, "f.body>p>n f.current_item->p.a p.sum->n.value")
    read = [book.values(report.run_id, "p", (turn,)) for turn in range(3)]
    assert [one and (one.inputs, one.outputs) for one in read] == [
        ({"a": item, "b": 5}, {"sum": item + 5}) for item in (10, 20, 30)
    ]
    last = book.values(report.run_id, "n")
    assert last is not None
    assert last.inputs == {"value": 35, "mark": 35}


def test_of_many_turns_the_first_are_kept_and_then_fewer(run: Run, book: RunBook) -> None:
    report = recorded(run, book, Metrics.FULL, LOOP, "f.body>a")
    kept = [one.turns[0] for one in book.nodes(report.run_id, "a") if one.outputs is not None]
    assert kept[:20] == list(range(20))
    assert len(kept) < 40
    assert book.nodes(report.run_id, "a", limit=2, offset=5)[0].turns == (5,)


def test_a_wait_and_the_time_of_a_core_are_kept_where_they_are_measured(run: Run, book: RunBook) -> None:
    nodes = {"b": "Block", "s": ("Spin", {"rounds": 1000}), "p": "Note"}
    report = recorded(run, book, Metrics.FULL, nodes, "b>s>p")
    block, spin, note = book.nodes(report.run_id)
    assert block.cpu_ms is not None
    assert block.wait_ms is not None
    assert block.memory_bytes is None
    assert spin.memory_bytes is not None
    assert spin.memory_bytes > 1_000_000
    assert (note.cpu_ms, note.memory_bytes) == (None, None)


def test_the_runs_of_a_file_and_what_it_was_can_be_found(run: Run, book: RunBook, tmp_path: Path) -> None:
    for name in ("one", "two", "one"):
        book.append(run({"a": "Note"}), [], Metrics.OFF, tmp_path / f"{name}.json", snapshot=name.encode())
    path = tmp_path / "one.json"
    last = book.last_run(path)
    assert last is not None
    assert len(book.runs(path=path)) == 2
    assert (book.run(last.id), book.snapshot(last.id)) == (last, b"one")
    book.delete(last.id)
    assert (len(book.runs(path=path)), book.snapshot(last.id), book.last_run(tmp_path / "x")) == (1, None, None)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, 1),
        (2**70, str(2**70)),
        (float("nan"), "nan"),
        (b"abc", "3 bytes"),
        ((1, "x"), [1, "x"]),
        ({1: None}, {"1": None}),
        (object, "type: <class 'object'>"),
    ],
)
def test_any_value_can_be_shown(value: Any, shown: Any) -> None:
    assert shown_value(value, Mask()) == shown


def test_a_value_that_holds_itself_can_be_shown() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert "…" in str(shown_value(loop, Mask()))


def test_counting_takes_the_longest_list() -> None:
    assert counts_of({"a": [1, 2, 3], "b": "xy"}) == (3, 26)


def test_the_book_is_for_its_owner_only(tmp_path: Path) -> None:
    book = RunBook(tmp_path / "new" / "runs.sqlite")
    assert book.runs() == []
    # Windows has rights of another kind.
    assert stat.S_IMODE(book.path.stat().st_mode) == (0o666 if os.name == "nt" else 0o600)

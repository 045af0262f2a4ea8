"""Stopping, holding, stepping, time limits, pinned values, cached results; nothing is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.engine import ResultCache, Run, RunOptions, Workflow, compile_graph
from casare.events import NodeFinished, NodeStarted, RunPaused

N = "Note"
Make = Callable[..., Any]


@pytest.fixture
def start(types: Catalog, make_graph: Make) -> Make:
    """Return a function that begins a run on a thread of its own, and tells each fact to `on`."""

    def begin(nodes: Any, wires: str = "", *, on: Callable[[Run, Any], None], **more: Any) -> Run:
        graph = make_graph(nodes, wires)
        held: list[Run] = []

        def observe(facts: Any) -> None:
            for fact in facts:
                on(held[0], fact)

        told = {"variables": {"seen": [], "counts": {}, **more.pop("variables", {})}, "observer": observe, **more}
        held.append(Run(Workflow(graph, compile_graph(graph, types).plan, types), RunOptions(**told)))
        held[0].start()
        return held[0]

    return begin


def cancel_when_started(name: str) -> Callable[[Run, Any], None]:
    def on(run: Run, fact: Any) -> None:
        if isinstance(fact, NodeStarted) and fact.node_id == name:
            run.cancel()

    return on


BUSY = {
    "a wait on the event loop": ({"w": "Wait", "z": N}, "w>z", "w"),
    "a wait in a loop": ({"l": ("ForLoopStartNode", {"items": [1, 2]}), "w": "Wait"}, "l.body>w", "w"),
    "many items at once": ({"p": ("ParallelForEachNode", {"items": list(range(20))}), "w": "Wait"}, "p.body>w", "w"),
    "branches of a fork": (
        {"f": ("ForkNode", {"branch_count": 2}), "v": "Wait", "w": "Wait"}, "f.branch_1>v f.branch_2>w", "w"),
    "inside of a try": ({"t": "TryNode", "w": "Wait", "c": ("CatchNode", {"paired_try_id": "t"}), "h": N},
        "t.try_body>w c.catch_body>h", "w"),
}  # fmt: skip


@pytest.mark.parametrize("case", BUSY, ids=list(BUSY))
def test_a_run_is_cancelled_at_once_and_leaves_nothing_behind(case: str, start: Make) -> None:
    nodes, wires, name = BUSY[case]
    run = start(nodes, wires, on=cancel_when_started(name))
    report = run.wait(30)
    assert report is not None
    assert report.status == "cancelled"
    assert report.node("w").status == "cancelled"
    assert report.variables["seen"] == []


def test_a_cancelled_thread_takes_nothing_new(start: Make) -> None:
    gate = threading.Event()
    run = start({"b": "Block", "z": N}, "b>z", on=cancel_when_started("b"), variables={"gate": gate})
    report = run.wait(30)
    gate.set()
    assert report is not None
    assert (report.status, report.variables["seen"]) == ("cancelled", [])


def test_the_pause_before_another_attempt_can_be_cancelled(start: Make) -> None:
    def on(run: Run, fact: Any) -> None:
        if type(fact).__name__ == "NodeRetried":
            run.cancel()

    run = start({"w": ("Flaky", {"times": 9, "_retries": 9, "_retry_delay": 60}), "z": N}, "w>z", on=on)
    report = run.wait(30)
    assert report is not None
    assert report.status == "cancelled"


def test_a_busy_process_is_killed(start: Make) -> None:
    def on(run: Run, fact: Any) -> None:
        if isinstance(fact, NodeStarted):
            run.cancel()

    report = start({"s": N, "w": ("Spin", {"rounds": 10**12}), "z": N}, "s>w>z", on=on).wait(30)
    assert report is not None
    assert (report.status, report.node("w").status) == ("cancelled", "cancelled")
    assert not [one for one in threading.enumerate() if one.name.startswith("casare-process")]


def test_a_run_has_a_time_limit(run: Make) -> None:
    report = run({"w": "Wait", "z": N}, "w>z", options={"timeout": 0.05})
    assert (report.status, report.variables["seen"]) == ("failed", [])
    assert "longer than 0.05 s" in report.errors[0].message
    assert report.node("w").status == "cancelled"


def test_a_node_has_a_time_limit(run: Make) -> None:
    report = run({"w": ("Wait", {"_timeout": 0.05}), "z": N}, "w>z")
    assert (report.status, report.node("w").status) == ("failed", "failed")
    assert "longer than 0.05 s" in report.errors[0].message


def test_a_run_waits_at_a_breakpoint_and_goes_on(start: Make) -> None:
    paused: list[str] = []

    def on(run: Run, fact: Any) -> None:
        if isinstance(fact, RunPaused):
            paused.append(fact.node_id)
            assert run.report is None
            run.resume()

    run = start({"a": N, "b": N, "c": N}, "a>b>c", on=on, breakpoints=frozenset({"b"}))
    report = run.wait(30)
    assert report is not None
    assert (report.status, report.variables["seen"], paused) == ("completed", ["a", "b", "c"], ["b"])


def test_a_run_can_be_stepped_from_its_first_node(start: Make) -> None:
    done: list[str] = []

    def on(run: Run, fact: Any) -> None:
        if isinstance(fact, NodeFinished):
            done.append(fact.node_id)
            run.step()

    run = start({"a": N, "b": N, "c": N}, "a>b>c", on=on, stepping=True)
    run.step()
    report = run.wait(30)
    assert report is not None
    assert (report.status, done) == ("completed", ["a", "b", "c"])


def test_a_pinned_node_does_not_run_and_gives_its_pinned_values(run: Make) -> None:
    report = run({"a": "Fail", "z": (N, {"value": "{{a.value}}"})}, "a>z", options={"pinned": {"a": {"value": 9}}})
    assert (report.node("a").status, report.outputs["z"]) == ("cached", {"value": 9})


def test_a_cached_result_is_used_again_for_the_same_input_only(run: Make) -> None:
    cache = ResultCache()

    def once(value: int) -> str:
        report = run({"p": ("Plus", {"a": value, "_cache_enabled": True})}, options={"cache": cache})
        assert report.outputs["p"] == {"sum": value + 1}
        return str(report.node("p").status)

    assert [once(1), once(1), once(2)] == ["completed", "cached", "completed"]


def test_facts_come_in_the_order_they_happened(run: Make) -> None:
    facts: list[Any] = []
    run({"a": N, "l": ("LogNode", {"message": "hello"}), "b": N}, "a>l>b", options={"observer": facts.extend})
    told = [getattr(fact, "node_id", type(fact).__name__) + ":" + type(fact).__name__ for fact in facts]
    assert told == [
        *("RunStarted:RunStarted", "a:NodeFinished", "l:LineLogged", "l:NodeFinished", "b:NodeFinished"),
        "RunFinished:RunFinished",
    ]


def test_editing_the_graph_after_the_start_changes_nothing(types: Catalog, make_graph: Make) -> None:
    from casare.engine import PlanCache
    from casare.model import Disconnect

    graph = make_graph({"a": N, "b": N}, "a>b")
    workflow, _ = PlanCache(on_disk=False).workflow(graph, types)
    graph.apply(Disconnect((("a", "exec_out", "b", "exec_in"),)))
    report = Run(workflow, RunOptions(variables={"seen": []})).run()
    assert report.variables["seen"] == ["a", "b"]


@pytest.mark.parametrize("kind", ["Wait", "Block", "Spin"])
def test_nothing_begins_after_a_cancel_while_nodes_wait(start: Make, kind: str) -> None:
    gate = threading.Event()
    config = {"rounds": 10**12} if kind == "Spin" else {}
    began: list[str] = []

    def on(run: Run, fact: Any) -> None:
        if isinstance(fact, NodeStarted):
            began.append(fact.node_id)
            if len(began) == 2:
                run.cancel()

    nodes = {"s": N, **{f"w{number}": (kind, config) for number in range(6)}, "z": (kind, config)}
    wires = " ".join(f"s>w{number}>z" for number in range(6))
    run = start(nodes, wires, on=on, variables={"gate": gate})
    report = run.wait(30)
    gate.set()
    assert report is not None
    by_id = {one.id: one.status for one in report.nodes}
    assert (report.status, by_id["z"]) == ("cancelled", "cancelled")
    assert "z" not in began
    for thread in threading.enumerate():
        if thread.name.startswith("casare-worker"):
            thread.join(10)
    left = {line.node_id for line in report.log if "left behind" in line.message}
    # Those that had not got a thread yet never began.
    assert left <= ({f"w{number}" for number in range(6)} if kind == "Block" else set())


class Gate(threading.Event):
    """A gate that tells when somebody waits at it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.reached.set()
        return super().wait(timeout)


def test_a_body_that_blocks_is_left_behind_and_told_of(start: Make) -> None:
    gate = Gate()
    run = start({"b": "Block", "z": N}, "b>z", on=lambda *_: None, variables={"gate": gate})
    assert gate.reached.wait(10)
    run.cancel()
    report = run.wait(30)
    gate.set()
    assert report is not None
    assert [(line.node_id, line.level) for line in report.log] == [("b", "warning")]
    assert "left behind" in report.log[0].message
    for thread in threading.enumerate():
        if thread.name.startswith("casare-worker"):
            thread.join(10)

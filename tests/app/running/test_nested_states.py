"""Instances that the engine runs in a frame of their own: what is inside of them shows its states too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casare.app.running.launch import Phase
from casare.app.running.live_runs import DocumentRuns
from casare.model import SetConfig

Nested = Callable[..., tuple[DocumentRuns, str]]
Alone = Callable[..., tuple[DocumentRuns, str]]


@pytest.fixture
def alone(nested: Nested) -> Alone:
    """Return what opens a flow whose `twice` is in a subgraph with variables of its own, and tells the instance."""

    def make(settings: dict[str, object] | None = None, **config: object) -> tuple[DocumentRuns, str]:
        runs, instance = nested(("twice",), **config)
        configure(runs, instance, settings or {"isolation": "mapped"})
        return runs, instance

    return make


def configure(runs: DocumentRuns, node_id: str, settings: dict[str, object]) -> None:
    runs.document.do(SetConfig(node_id, {**runs.document.graph.nodes[node_id].config, **settings}))


def run(runs: DocumentRuns) -> DocumentRuns:
    started = runs.start()
    assert started.wait(30)
    return runs


def test_a_node_inside_shows_its_state_its_runs_and_what_it_gave(alone: Alone) -> None:
    runs, instance = alone()
    run(runs)
    inner, outer = runs.levels.board((instance,)), runs.levels.board(())
    assert inner is not None
    assert outer is not None
    assert (inner.status("twice"), inner.runs("twice"), outer.status(instance)) == ("completed", 1, "completed")
    assert runs.board is not None
    turn = runs.board.turns.last(f"{instance}/twice")
    assert turn is not None
    assert turn.values == {"result": 6}


def test_a_node_inside_that_fails_shows_why(alone: Alone) -> None:
    runs, instance = alone(operation="divide", b=0)
    run(runs)
    inner, outer = runs.levels.board((instance,)), runs.levels.board(())
    assert inner is not None
    assert outer is not None
    view, around = inner.view("twice"), outer.view(instance)
    assert view is not None
    assert around is not None
    assert (view.status, around.status, outer.status("tell")) == ("failed", "failed", "skipped")
    assert "divide" in view.error
    assert around.error == f"“twice” failed: {view.error}"


def test_a_subgraph_that_runs_for_each_of_many_items_counts_its_runs(alone: Alone) -> None:
    runs, instance = alone({"_batch": {"items": [1, 2, 3]}})
    run(runs)
    inner = runs.levels.board((instance,))
    assert inner is not None
    assert inner.runs("twice") == 3
    assert runs.run is not None
    assert runs.run.board.total == len(runs.document.graph.nodes)


def test_what_is_inside_of_an_instance_that_was_not_reached_is_no_longer_pending(alone: Alone) -> None:
    runs, instance = alone()
    configure(runs, "sum", {"operation": "divide", "b": 0})
    run(runs)
    inner = runs.levels.board((instance,))
    assert inner is not None
    assert inner.status("twice") == "bypassed"


def test_a_past_run_shows_the_inside_as_it_was(alone: Alone) -> None:
    runs, instance = alone()
    run(runs)
    past = runs.history.runs(None, runs.place)[0]
    runs.look_at(past, runs.history.board(past.id, runs.document.graph))
    inner = runs.levels.board((instance,))
    assert inner is not None
    assert (inner.status("twice"), inner.runs("twice")) == ("completed", 1)


def test_a_breakpoint_inside_holds_the_run_there(alone: Alone) -> None:
    runs, instance = alone()
    runs.toggle_breakpoints([f"{instance}/twice"])
    started = runs.start()
    seen: list[str | None] = []
    while not started.wait(0.001):
        if started.phase is Phase.PAUSED:
            seen.append(started.board.paused_at)
            started.resume()
    assert set(seen) == {f"{instance}/twice"}
    assert started.status == "completed"

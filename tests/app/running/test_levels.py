"""Runs of documents with subgraphs: how instances and inner nodes stand, what runs by itself, what it gave."""

from __future__ import annotations

import threading
from collections.abc import Callable

from casare.app.running.launch import Phase
from casare.app.running.live_runs import DocumentRuns
from casare.app.running.looking import INPUT, MISSING, OUTPUT, items_of, turns_of
from casare.app.running.places import Place, place_of, source_of
from casare.model import Graph, Node

Nested = Callable[..., tuple[DocumentRuns, str]]


def over(runs: DocumentRuns) -> DocumentRuns:
    assert runs.run is not None
    assert runs.run.wait(30)
    return runs


def test_an_instance_stands_as_its_inner_nodes_do_and_each_inner_node_by_itself(nested: Nested) -> None:
    runs, instance = nested()
    runs.start()
    over(runs)
    outer, inner = runs.levels.board(()), runs.levels.board((instance,))
    assert outer is not None
    assert inner is not None
    assert {one: outer.status(one) for one in runs.document.graph.nodes} == {
        "start": "completed",
        instance: "completed",
        "tell": "completed",
    }
    assert inner.status("sum") == inner.status("twice") == "completed"
    assert (outer.runs(instance), inner.runs("sum")) == (1, 1)


def test_an_instance_has_failed_when_a_node_inside_has_and_says_which(nested: Nested) -> None:
    runs, instance = nested(operation="divide", b=0)
    runs.start()
    over(runs)
    outer = runs.levels.board(())
    assert outer is not None
    view = outer.view(instance)
    assert view is not None
    assert view.status == "failed"
    assert view.error.startswith("twice: ")
    assert outer.status("tell") == "skipped"


def test_a_breakpoint_at_an_instance_holds_before_the_first_node_inside(nested: Nested) -> None:
    runs, instance = nested()
    runs.toggle_breakpoints([instance])
    told = threading.Event()
    runs.news.connect(lambda one: told.set())
    run = runs.start()
    seen: list[str | None] = []
    while not run.is_over:
        run.board.take()
        if run.phase is Phase.PAUSED:
            seen.append(run.board.paused_at)
            run.resume()
        elif not run.is_over:
            assert told.wait(30)
            told.clear()
    over(runs)
    assert f"{instance}/sum" in seen
    assert f"{instance}/twice" not in seen
    assert run.status == "completed"


def test_running_to_an_inner_node_runs_what_leads_to_it_and_no_more(nested: Nested) -> None:
    runs, instance = nested()
    runs.start_to([f"{instance}/sum"])
    run = over(runs).run
    assert run is not None
    assert set(run.board.number) == {"start", f"{instance}/sum"}
    assert run.launch.what.startswith("Up to ")
    assert "›" in run.launch.what


def test_running_to_an_instance_runs_all_of_its_inside(nested: Nested) -> None:
    runs, instance = nested()
    runs.start_to([instance])
    run = over(runs).run
    assert run is not None
    assert set(run.board.number) == {"start", f"{instance}/sum", f"{instance}/twice"}


def test_an_inner_node_runs_by_itself_on_what_the_last_run_gave(nested: Nested) -> None:
    runs, instance = nested()
    runs.start()
    over(runs)
    runs.start_only([f"{instance}/twice"])
    run = over(runs).run
    assert run is not None
    assert run.status == "completed"
    assert runs.last_outputs()[f"{instance}/twice"] == {"result": 6}
    assert run.board.runs(f"{instance}/twice") == 1


def test_a_port_of_a_subgraph_does_not_run_by_itself_and_the_reason_is_said(nested: Nested) -> None:
    runs, instance = nested(("twice",))
    runs.document.enter(instance)
    port = next(one for one in runs.document.front.graph.nodes if one != "twice")
    runs.start_to([f"{instance}/{port}"])
    run = over(runs).run
    assert run is not None
    assert "ordinary node" in run.problems[0].hint


def test_a_value_is_followed_out_of_a_subgraph_and_into_one(nested: Nested) -> None:
    runs, instance = nested(("twice",))
    runs.start()
    over(runs)
    assert runs.board is not None
    ran = runs.board.number
    graph = runs.document.graph
    told = next(key for key in graph.incoming("tell") if key[3] == "message")
    assert source_of(graph, (), told[0], told[1], ran) == (f"{instance}/twice", "result")
    runs.document.enter(instance)
    key = next(key for key in runs.document.front.graph.incoming("twice") if key[3] == "a")
    assert source_of(graph, (instance,), key[0], key[1], ran) == ("sum", "result")


def test_the_data_of_an_instance_and_of_an_inner_node_are_looked_at(nested: Nested) -> None:
    runs, instance = nested(("twice",))
    runs.start()
    over(runs)
    items = items_of(runs, instance, turns_of(runs, instance)[-1])
    assert [one.value for one in items if one.side == INPUT] == [3]
    assert [one.value for one in items if one.side == OUTPUT and one.value is not MISSING] == [6]
    runs.document.enter(instance)
    items = items_of(runs, "twice", turns_of(runs, "twice")[-1])
    assert {one.name: one.value for one in items if one.side == OUTPUT}["result"] == 6
    assert {one.name: one.value for one in items if one.side == INPUT}["a"] == 3


def test_a_past_run_is_shown_inside_subgraphs_too(nested: Nested) -> None:
    runs, instance = nested()
    runs.start()
    over(runs)
    past = runs.history.runs(None, runs.place)[0]
    runs.look_at(past, runs.history.board(past.id, runs.document.graph))
    inner = runs.levels.board((instance,))
    assert inner is not None
    assert inner.status("sum") == "completed"


def test_marks_inside_a_subgraph_go_with_their_node(nested: Nested) -> None:
    runs, instance = nested()
    runs.toggle_breakpoints([f"{instance}/sum"])
    assert runs.levels.marked(runs.breakpoints, (instance,)) == {"sum"}
    assert runs.levels.marked(runs.breakpoints, ()) == frozenset()
    runs.document.undo()
    assert not runs.breakpoints


def test_a_node_whose_own_id_has_a_slash_in_it_is_found_on_its_level() -> None:
    graph = Graph([Node("a/b", "LogNode", {}, (0, 0))], [])
    assert place_of(graph, "a/b") == Place((), "a/b")
    assert place_of(graph, "a/c") is None

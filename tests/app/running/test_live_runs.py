"""Runs of a document: what is folded, what is kept, how they are steered, that the document stays as it is."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Sequence

from casare.app.documents.document import Document
from casare.app.running.fairness import FULL_AFTER, TURN_S, fair_turns
from casare.app.running.history import RunHistory
from casare.app.running.launch import Launch, Phase
from casare.app.running.live_runs import DocumentRuns, LiveRuns
from casare.app.session import Session
from casare.catalog import Catalog
from casare.engine.keeping.showing import MASK
from casare.events import LineLogged
from casare.model import Connection, Graph, Node, ReplaceNodes

Opens = Callable[[Graph], DocumentRuns]
MakesLoop = Callable[..., Graph]


def over(runs: DocumentRuns) -> DocumentRuns:
    assert runs.run is not None
    assert runs.run.wait(30)
    return runs


def paused(runs: DocumentRuns) -> DocumentRuns:
    """Wait until the run is held, woken by its own news."""
    told = threading.Event()
    runs.news.connect(lambda run: told.set())
    assert runs.run is not None
    while runs.run.phase is not Phase.PAUSED:
        runs.run.board.take()
        if runs.run.phase is not Phase.PAUSED:
            assert told.wait(30)
        told.clear()
    return runs


def test_a_run_tells_the_state_of_every_node_and_leaves_the_document_as_it_was(
    opened: Opens, chain_graph: Graph
) -> None:
    runs = opened(chain_graph)
    before = chain_graph.copy()
    runs.start()
    over(runs)
    assert runs.run is not None
    board = runs.run.board
    views = [board.view(node_id) for node_id in chain_graph.nodes]
    assert [view.status for view in views if view is not None] == ["completed"] * 4
    assert [view.runs for view in views if view is not None] == [1] * 4
    assert (board.done, board.total, runs.run.status) == (4, 4, "completed")
    assert chain_graph == before
    assert not runs.document.is_modified


def test_lists_are_counted_for_the_wires_they_go_over(opened: Opens, chain_graph: Graph) -> None:
    runs = over_started(opened(chain_graph))
    assert runs.board is not None
    assert runs.board.counts("keep") == {"result": 2, "removed": 1}
    assert runs.board.counts("count") == {}


def test_an_edit_during_a_run_changes_nothing_of_it_and_makes_it_stale(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    runs.toggle_breakpoints(["count"])
    runs.start()
    paused(runs)
    assert not runs.is_stale
    node = chain_graph.nodes["tell"]
    runs.document.do(ReplaceNodes([node._replace(config={"message": "{{nobody.knows}}"})]))
    assert runs.run is not None
    runs.run.resume()
    over(runs)
    assert runs.run.status == "completed"
    assert runs.is_stale


def test_every_turn_of_a_fast_loop_can_be_looked_at_with_its_own_value(opened: Opens, make_loop: MakesLoop) -> None:
    runs = over_started(opened(make_loop(200)))
    assert runs.board is not None
    turns = runs.board.turns.turns("add")
    assert [turn.turns for turn in turns] == [(at,) for at in range(200)]
    assert [turn.values for turn in turns] == [{"result": 10 + at} for at in range(200)]
    view = runs.board.view("add")
    assert view is not None
    assert view.runs == 200


def test_a_watched_run_comes_to_the_same_values_as_one_nobody_watches(opened: Opens, make_loop: MakesLoop) -> None:
    from casare.app.running.runs import prepare_run

    graph = make_loop(20)
    runs = over_started(opened(graph))
    alone = prepare_run(graph, runs.document.catalog).run()
    assert runs.run is not None
    assert runs.run.report is not None
    assert runs.run.report.outputs == alone.outputs
    assert [(one.id, one.status, one.runs) for one in runs.run.report.nodes] == [
        (one.id, one.status, one.runs) for one in alone.nodes
    ]


def test_the_reader_is_told_once_until_it_takes_what_changed(opened: Opens, make_loop: MakesLoop) -> None:
    runs = opened(make_loop(300))
    told: list[object] = []
    runs.news.connect(told.append)
    run = runs.start()
    assert run.wait(30)
    assert len(told) == 1
    assert run.board.events > 1000
    news = run.board.take()
    assert news.everything
    assert news.nodes == frozenset(runs.document.graph.nodes)
    assert run.board.take().nodes == frozenset()


def test_a_run_stops_when_it_is_told_to_and_says_so(opened: Opens, make_loop: MakesLoop) -> None:
    runs = opened(make_loop(50, 600.0))
    runs.toggle_breakpoints(["wait"])
    runs.start()
    paused(runs)
    runs.stop()
    over(runs)
    assert runs.run is not None
    assert runs.run.status == "cancelled"
    assert runs.board is not None
    assert {runs.board.status(one) for one in ("next", "end")} == {"cancelled"}
    assert runs.board.under_way() == []


def test_a_breakpoint_holds_a_run_before_its_node_and_a_step_carries_it_over(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    runs.toggle_breakpoints(["count"])
    runs.start()
    paused(runs)
    assert runs.board is not None
    assert runs.board.paused_at == "count"
    assert runs.board.status("count") == "pending"
    view = runs.board.view("count")
    assert view is not None
    assert view.paused
    ran = threading.Event()
    runs.news.connect(lambda run: ran.set() if run.board.runs("count") else run.board.take())
    runs.board.take()
    runs.step()
    assert ran.wait(30)
    assert runs.board.paused_at == ""
    assert runs.board.status("tell") == "pending"
    runs.toggle_pause()
    over(runs)
    assert runs.board.status("tell") == "completed"


def test_stepping_from_the_beginning_waits_before_the_first_node(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    runs.step()
    paused(runs)
    assert runs.board is not None
    assert {runs.board.status(one) for one in chain_graph.nodes} == {"pending"}


def test_running_to_a_node_leaves_out_what_comes_after_it(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    runs.start_to(["keep"])
    over(runs)
    assert runs.board is not None
    assert set(runs.board.number) == {"start", "keep"}
    assert runs.board.status("keep") == "completed"
    assert runs.board.status("tell") == ""


def test_running_the_selection_reads_of_others_what_they_gave_last(opened: Opens, chain_graph: Graph) -> None:
    runs = over_started(opened(chain_graph))
    lines: list[str] = []
    runs.lines.connect(lambda found: lines.extend(line.message for line in found))
    runs.start_only(["tell"])
    over(runs)
    assert runs.run is not None
    assert runs.run.status == "completed"
    assert lines == ["2 kept"]


def test_a_pinned_output_stands_in_for_running_the_node(opened: Opens, chain_graph: Graph) -> None:
    runs = over_started(opened(chain_graph))
    assert runs.toggle_pins(["keep"]) == 0
    node = chain_graph.nodes["keep"]
    runs.document.do(ReplaceNodes([node._replace(config={**node.config, "list": []})]))
    runs.start()
    over(runs)
    assert runs.board is not None
    assert runs.board.status("keep") == "cached"
    turn = runs.board.turns.last("count")
    assert turn is not None
    assert turn.values == {"length": 2}
    runs.toggle_pins(["keep"])
    assert not runs.pinned


def test_what_decides_about_the_flow_cannot_be_pinned(opened: Opens, make_loop: MakesLoop) -> None:
    runs = over_started(opened(make_loop(2)))
    assert runs.toggle_pins(["each"]) == 1
    assert not runs.pinned


def test_a_failure_is_told_with_its_node_and_what_comes_after_is_skipped(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    node = chain_graph.nodes["count"]
    runs.document.do(ReplaceNodes([node._replace(type="NobodyKnowsNode")]))
    runs.start()
    over(runs)
    assert runs.run is not None
    assert runs.run.status == "failed"
    assert [problem.node_id for problem in runs.run.problems] == ["count"]
    assert runs.board is not None
    view = runs.board.view("count")
    assert view is not None
    assert "NobodyKnowsNode" in view.error
    assert runs.board.status("tell") == "skipped"


def test_a_graph_that_cannot_be_compiled_fails_with_words_and_no_report(opened: Opens) -> None:
    runs = opened(Graph([Node("next", "ForLoopEndNode", {"paired_start_id": "gone"}), Node("b", "BreakNode")]))
    runs.start()
    over(runs)
    assert runs.run is not None
    assert runs.run.status in ("failed", "completed")
    assert runs.run.is_over


def test_a_new_run_takes_the_place_of_one_that_goes_on(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    runs.toggle_breakpoints(["keep"])
    first = runs.start()
    paused(runs)
    runs.toggle_breakpoints(["keep"])
    second = runs.start(Launch())
    assert first.wait(30)
    assert second.wait(30)
    assert (first.status, second.status) == ("cancelled", "completed")


def test_lines_of_the_log_are_passed_on_as_they_are_written(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    lines: list[LineLogged] = []

    def take(found: Sequence[LineLogged]) -> None:
        lines.extend(found)

    runs.lines.connect(take)
    runs.start()
    over(runs)
    assert [(line.node_id, line.message) for line in lines] == [("tell", "2 kept")]


def test_closing_a_document_cancels_its_run(catalog: Catalog, make_loop: MakesLoop) -> None:
    session = Session(catalog)
    document = session.open_graph(make_loop(5, 600.0), "loop")
    run = session.runs.of(document).start()
    session.close(document)
    assert run.wait(30)
    assert run.status == "cancelled"


def test_closing_all_runs_cancels_and_waits_for_them(catalog: Catalog, make_loop: MakesLoop) -> None:
    session = Session(catalog)
    document = session.open_graph(make_loop(5, 600.0), "loop")
    run = session.runs.of(document).start()
    session.runs.close()
    assert run.wait(30)
    assert not LiveRuns(session.closed).is_running(document)


def test_the_interpreter_changes_hands_more_often_only_while_something_runs() -> None:
    before = sys.getswitchinterval()
    with fair_turns():
        with fair_turns():
            assert sys.getswitchinterval() <= TURN_S * 1.01
        assert sys.getswitchinterval() <= TURN_S * 1.01
    assert sys.getswitchinterval() == before


def test_a_secret_of_this_computer_is_handed_to_the_run_and_hidden_from_everybody_else(
    catalog: Catalog, history: RunHistory
) -> None:
    graph = Graph([Node("tell", "LogNode", {"message": "it is {{$secret:bank}}"})])
    runs = DocumentRuns(Document(graph, catalog=catalog), lambda: history, {"bank": "hunter22"}.get)
    lines: list[LineLogged] = []
    runs.lines.connect(lines.extend)
    runs.start()
    over(runs)
    runs.close()
    assert [line.message for line in lines] == [f"it is {MASK}"]


def over_started(runs: DocumentRuns) -> DocumentRuns:
    runs.start()
    return over(runs)


def test_a_secret_is_told_nowhere(opened: Opens) -> None:
    graph = Graph(
        [Node("tell", "LogNode", {"message": "{{key}}"}), Node("fail", "ThrowErrorNode", {"error_message": "{{key}}"})],
        [Connection("tell", "exec_out", "fail", "exec_in")],
        variables={"key": {"name": "key", "type": "String", "default_value": "hunter22", "sensitive": True}},
    )
    runs = opened(graph)
    lines: list[LineLogged] = []
    runs.lines.connect(lines.extend)
    runs.start()
    over(runs)
    assert runs.run is not None
    assert runs.run.status == "failed"
    assert runs.board is not None
    view = runs.board.view("fail")
    assert view is not None
    told = [lines[0].message, view.error, runs.run.problems[0].message, runs.run.variables()["key"]]
    assert not [text for text in told if "hunter22" in text]


def test_full_collections_are_rare_while_a_run_is_under_way_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with fair_turns(), fair_turns():
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] == FULL_AFTER
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0

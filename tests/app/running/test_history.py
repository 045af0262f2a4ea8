"""Runs of the past: listed, looked at again with their graph, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casare.app.running.history import RunHistory
from casare.app.running.live_runs import DocumentRuns
from casare.model import Graph, ReplaceNodes

Opens = Callable[[Graph], DocumentRuns]


def run(runs: DocumentRuns) -> None:
    assert runs.start().wait(30)


def test_a_run_is_listed_with_what_was_asked_for_and_its_graph_as_it_was(
    opened: Opens, chain_graph: Graph, history: RunHistory
) -> None:
    runs = opened(chain_graph)
    before = chain_graph.copy()
    run(runs)
    node = chain_graph.nodes["tell"]
    runs.document.do(ReplaceNodes([node._replace(config={"message": "other"})]))
    assert runs.start_to(["keep"]).wait(30)
    listed = history.runs(None, runs.place)
    assert [one.status for one in listed] == ["completed", "completed"]
    assert listed[0].what.startswith("Up to ")
    assert listed[1].what == "Whole workflow"
    graph = runs.graph_of(listed[1])
    assert graph is not None
    assert list(graph.nodes.values()) == list(before.nodes.values())


def test_the_board_of_a_past_run_shows_states_times_and_values(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    run(runs)
    past = runs.history.runs(None, runs.place)[0]
    board = runs.history.board(past.id, chain_graph)
    view = board.view("keep")
    assert view is not None
    assert (view.status, view.runs) == ("completed", 1)
    turn = board.turns.last("count")
    assert turn is not None
    assert turn.values == {"length": 2}


def test_looking_at_a_past_run_shows_it_instead_of_the_last_until_one_starts(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    run(runs)
    past = runs.history.runs(None, runs.place)[0]
    board = runs.history.board(past.id, chain_graph)
    runs.look_at(past, board)
    assert runs.board is board
    assert not runs.is_stale
    run(runs)
    assert runs.past is None
    assert runs.board is not board


def test_runs_of_a_file_are_found_by_whoever_opens_it_again(
    opened: Opens, chain_graph: Graph, tmp_path: Path, history: RunHistory
) -> None:
    runs = opened(chain_graph)
    runs.document.save(tmp_path / "chain.json")
    run(runs)
    assert len(history.runs(tmp_path / "chain.json", "another document")) == 1
    assert history.runs(tmp_path / "other.json", "another document") == []


def test_a_deleted_run_is_gone_with_its_graph_and_the_others_stay(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    run(runs)
    run(runs)
    newest, oldest = runs.history.runs(None, runs.place)
    runs.history.delete(newest.id)
    assert runs.history.runs(None, runs.place) == [oldest]
    assert runs.graph_of(oldest) is not None
    runs.history.delete(oldest.id)
    assert runs.graph_of(oldest) is None

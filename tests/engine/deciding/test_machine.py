"""The state machine alone: facts in, instructions out, with nothing run, no clock and no thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.engine.deciding import owners
from casare.engine.deciding.machine import ABORT, ADVANCE, Machine
from casare.engine.deciding.state import Frame, Owner, Scope
from casare.engine.errors import Problem
from casare.engine.planning.compiling import compile_graph
from casare.engine.steps.workflow import Workflow

Make = Callable[..., Any]


class Hub:
    """Nobody asks it for anything here."""

    def log(self, *_: Any) -> None: ...

    def path(self, *_: Any) -> Any: ...

    def secret(self, *_: Any) -> Any: ...

    def hide(self, *_: Any) -> None: ...

    def clean(self, text: str) -> str:
        return text


class Told:
    """A machine with its todo list by node ids."""

    def __init__(self, graph: Any, types: Catalog, **options: Any) -> None:
        plan = compile_graph(graph, types).plan
        self.plan = plan
        self.machine = Machine(**options)
        self.machine.begin(Frame(plan, {}, Workflow(graph, plan, types), Hub()))

    @property
    def ready(self) -> list[str]:
        return [self.plan.ids[slot] for _, slot in self.machine.todo if slot >= 0]

    def take(self, name: str) -> tuple[Scope, int]:
        """Take a node off the list, as whoever runs it does."""
        held = next(one for one in self.machine.todo if one[1] >= 0 and self.plan.ids[one[1]] == name)
        self.machine.todo.remove(held)
        return held

    def done(self, name: str, port: str | None = None) -> None:
        self.machine.complete(*self.take(name), port)

    def fail(self, name: str) -> None:
        scope, slot = self.take(name)
        self.machine.fail(scope, slot, [Problem(name, "failed")])

    def statuses(self) -> dict[str, str]:
        return {self.plan.ids[slot]: status for _, slot, status, _ in self.machine.settled}


@pytest.fixture
def told(types: Catalog, make_graph: Make) -> Callable[..., Told]:
    return lambda nodes, wires, **options: Told(
        make_graph(dict.fromkeys(nodes, "Note") if isinstance(nodes, str) else nodes, wires), types, **options
    )


def test_what_hangs_on_an_ended_node_becomes_ready(told: Make) -> None:
    run = told("abc", "a>b a>c")
    assert run.ready == ["a"]
    run.done("a")
    assert run.ready == ["b", "c"]
    assert run.machine.ended is None


def test_a_meeting_place_waits_for_every_wire(told: Make) -> None:
    run = told("abcj", "a>b>j a>c>j")
    run.done("a")
    run.done("c")
    assert run.ready == ["b"]
    run.done("b")
    assert run.ready == ["j"]
    run.done("j")
    assert run.machine.ended.how == "done"


def test_the_way_not_taken_is_bypassed_to_its_end(told: Make) -> None:
    run = told({"i": "IfNode", "a": "Note", "b": "Note", "c": "Note"}, "i.true>a i.false>b>c")
    run.done("i", "true")
    assert (run.ready, run.statuses()) == (["a"], {"b": "bypassed", "c": "bypassed"})


def test_a_failure_takes_back_what_was_ready(told: Make) -> None:
    run = told("abc", "a>b a>c")
    run.done("a")
    run.fail("b")
    assert (run.ready, run.machine.ended.how) == ([], "failed")
    assert [one.node_id for one in run.machine.root.failures] == ["b"]


def test_what_is_under_way_is_waited_for_after_a_failure(told: Make) -> None:
    run = told("abcd", "a>b a>c c>d")
    run.done("a")
    scope, slot = run.take("c")
    run.machine.deferred(scope)
    run.fail("b")
    assert run.machine.ended is None
    run.machine.arrived(scope)
    run.machine.fail(scope, slot, [Problem("c", "too")])
    assert run.machine.ended.how == "failed"
    assert [one.node_id for one in run.machine.root.failures] == ["b", "c"]


def test_without_stop_on_error_only_what_hangs_on_the_failure_is_skipped(told: Make) -> None:
    run = told("abcd", "a>b>d a>c", stop_on_error=False)
    run.done("a")
    run.fail("b")
    assert (run.ready, run.statuses()) == (["c"], {"d": "skipped"})
    run.done("c")
    assert run.machine.ended.how == "done"


def test_a_loop_asks_for_each_turn_and_goes_on_when_there_is_none(told: Make) -> None:
    run = told({"f": "ForLoopStartNode", "a": "Note", "z": "Note"}, "f.body>a f.completed>z")
    owner = run.machine.own(*run.take("f"))
    owners.start(run.machine, owner)
    for turn in range(2):
        (asked,) = run.machine.todo
        assert asked == (owner, ADVANCE)
        run.machine.todo.clear()
        owners.turn(run.machine, owner, turn)
        assert (run.ready, owner.scope.frame.outputs[owner.slot]) == (["a"], turn)
        run.done("a")
    run.machine.todo.clear()
    owners.exhausted(run.machine, owner)
    assert run.ready == ["z"]


def test_a_break_stops_what_else_the_turn_does(told: Make) -> None:
    run = told({"f": "ForLoopStartNode", "k": "BreakNode", "a": "Note", "z": "Note"}, "f.body>k f.body>a f.completed>z")
    owner: Owner = run.machine.own(*run.take("f"))
    owners.start(run.machine, owner)
    run.machine.todo.clear()
    turn = owners.turn(run.machine, owner, 0)
    run.machine.jump(*run.take("k"), "break")
    assert run.ready == ["z"]
    assert (turn, ABORT) in run.machine.todo


def test_cancelling_closes_every_scope_and_later_facts_are_not_heard(told: Make) -> None:
    run = told({"f": "ForLoopStartNode", "a": "Note", "z": "Note"}, "f.body>a f.completed>z")
    owner = run.machine.own(*run.take("f"))
    owners.start(run.machine, owner)
    run.machine.todo.clear()
    owners.turn(run.machine, owner, 0)
    scope, slot = run.take("a")
    run.machine.deferred(scope)
    run.machine.cancel()
    assert run.machine.ended.how == "cancelled"
    assert {what for _, what in run.machine.todo} == {ABORT}
    run.machine.arrived(scope)
    run.machine.complete(scope, slot)
    assert run.ready == []


def test_a_branch_of_a_fork_leads_on_as_soon_as_it_ends(told: Make) -> None:
    run = told(
        {"f": ("ForkNode", {"branch_count": 3}), "a": "Note", "b": "Note", "c": "Note", "m": "Note", "j": "Note"},
        "f.branch_1>a>m f.branch_2>b>m f.branch_3>c>j m>j",
    )
    owners.start(run.machine, run.machine.own(*run.take("f")))
    run.done("a")
    assert run.ready == ["b", "c"]
    run.done("b")
    assert run.ready == ["c", "m"]

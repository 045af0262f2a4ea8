"""What can be looked at after a run, and how much of it at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.running.live_runs import DocumentRuns
from casare.app.running.looking import FAILURE, INPUT, MISSING, OUTPUT, items_of, variables_of
from casare.app.running.pages import PAGE, as_copied, branches_of, kinds_of, summary, table_of, text_of
from casare.engine.keeping.showing import MASK, Mask
from casare.expressions import NoNames
from casare.expressions.paths import parse_path, walk
from casare.model import Graph, Node

Opens = Callable[[Graph], DocumentRuns]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc d-", max_size=4), inner, max_size=4),
    max_leaves=20,
)


def test_inputs_by_wire_by_template_and_as_set_are_told_apart(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    assert runs.start().wait(30)
    board = runs.board
    assert board is not None
    found = {(one.side, one.name): one for one in items_of(runs, "count", board.turns.last("count"))}
    kept = [{"name": "a", "ok": True}, {"name": "c", "ok": True}]
    assert found[INPUT, "list"].value == kept
    assert found[INPUT, "list"].template == "keep.result"
    assert found[OUTPUT, "length"].value == 2
    assert found[OUTPUT, "length"].template == "count.length"
    told = {one.name: one for one in items_of(runs, "tell", board.turns.last("tell"))}
    assert told["message"].value == "2 kept"


def test_an_input_of_a_turn_is_what_the_other_node_gave_in_that_turn(
    opened: Opens, make_loop: Callable[..., Graph]
) -> None:
    runs = opened(make_loop(5))
    assert runs.start().wait(30)
    assert runs.board is not None
    turns = runs.board.turns.turns("add")
    assert [items_of(runs, "add", turn)[-1].value for turn in turns] == [10, 11, 12, 13, 14]


def test_a_node_that_did_not_run_says_why_it_has_no_data(opened: Opens, chain_graph: Graph) -> None:
    runs = opened(chain_graph)
    assert runs.start_to(["keep"]).wait(30)
    found = {one.name: one for one in items_of(runs, "count", None)}
    assert found["length"].value is MISSING
    assert found["length"].note == "It has not run."


def test_variables_have_the_values_they_ended_with(opened: Opens, make_loop: Callable[..., Graph]) -> None:
    graph = make_loop(3)
    graph.variables = {"total": {"name": "total", "type": "Integer", "default_value": 7}}
    runs = opened(graph)
    assert runs.start().wait(30)
    assert {one.name: one.value for one in variables_of(runs)}["total"] == 7


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ([{"a": 1}], ("table", "tree")),
        ([1, {"a": 1}], ("tree",)),
        ([], ("tree",)),
        ({"a": 1}, ("tree",)),
        ("text", ("text",)),
        (b"\x89PNG\r\n\x1a\nrest", ("image", "text")),
        (b"rest", ("text",)),
        (3, ("value",)),
        (None, ("value",)),
    ],
)
def test_the_most_telling_way_to_show_a_value_comes_first(value: object, kinds: tuple[str, ...]) -> None:
    assert kinds_of(value) == kinds


def test_a_table_shows_a_page_of_rows_and_says_how_many_there_are() -> None:
    rows = [{"a": at, **({"b": "x"} if at % 2 else {})} for at in range(1_000)]
    table = table_of(rows, Mask())
    assert (len(table.rows), table.total, table.columns) == (PAGE, 1_000, ("a", "b"))
    assert table.rows[:2] == (("0", ""), ("1", "x"))


@given(JSON)
def test_the_path_of_every_part_leads_a_template_to_that_part(value: object) -> None:
    waiting = [(value, "root")]
    while waiting:
        held, path = waiting.pop()
        for branch in branches_of(held, path, Mask()):
            read = parse_path(branch.path)
            if read is None:
                continue
            assert walk(value, read.steps, "root") == branch.value
            waiting.append((branch.value, branch.path))
    assert NoNames().known() == {}


def test_secrets_are_masked_wherever_a_value_is_shown_or_copied() -> None:
    mask = Mask(["hunter22"])
    value = [{"password": "hunter22"}]
    assert table_of(value, mask).rows == ((MASK,),)
    assert branches_of(value[0], "x", mask)[0].text == MASK
    assert "hunter22" not in text_of("my hunter22", mask)
    assert "hunter22" not in as_copied(value, mask)


def test_a_value_is_summed_up_in_two_words() -> None:
    assert [summary(one) for one in ("abc", [1], {"a": 1, "b": 2}, None, True, 3)] == [
        *("3 characters", "1 item", "2 keys"),
        *("nothing", "yes", "3"),
    ]


def test_a_node_that_failed_says_first_why(opened: Opens) -> None:
    runs = opened(Graph([Node("read", "ReadFileNode", {"file_path": "none.txt"}, (0, 0))]))
    assert runs.start().wait(30)
    assert runs.board is not None
    first, *others = items_of(runs, "read", runs.board.turns.last("read"))
    assert (first.side, "There is no file at" in first.value) == (FAILURE, True)
    assert others[0].side == INPUT


def test_what_nodes_keep_for_each_other_is_no_variable_of_the_person(opened: Opens) -> None:
    nodes = [Node("set", "SetVariableNode", {"variable_name": "_kept", "value": 1}, (0, 0))]
    nodes.append(Node("tell", "SetVariableNode", {"variable_name": "total", "value": 2}, (300, 0)))
    runs = opened(Graph(nodes))
    assert runs.start().wait(30)
    assert [one.name for one in variables_of(runs)] == ["total"]

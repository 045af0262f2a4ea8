"""Claims about ids and names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.editing import add_node, fresh_ids, rename
from casare.app.editing.naming import id_stem
from casare.expressions import references
from casare.model import Graph, Node

IDS = st.lists(st.sampled_from(["log", "log_2", "log_3", "log_10", "_2", "a", "a_b", "7", "ü"]), max_size=9)


@given(IDS, st.frozensets(st.sampled_from(["log", "log_2", "log_4", "a", "_2", "_2_2", "7"])))
def test_fresh_ids_are_as_many_as_wanted_all_different_and_none_taken(wanted: list[str], taken: frozenset[str]) -> None:
    found = fresh_ids(wanted, taken)
    assert len(found) == len(wanted)
    assert len(set(found)) == len(found)
    assert not taken.intersection(found)


@given(IDS, st.frozensets(st.sampled_from(["log", "log_2", "log_4", "a"])))
def test_an_id_that_is_free_is_kept_however_many_others_must_change(wanted: list[str], taken: frozenset[str]) -> None:
    found = fresh_ids(wanted, taken)
    for place, (one, given_id) in enumerate(zip(wanted, found, strict=True)):
        if one not in taken and one not in wanted[:place]:
            assert given_id == one
        else:
            assert re.fullmatch(re.escape(re.sub(r"_\d+$", "", one) or one) + r"_\d+", given_id)


def test_a_taken_id_gets_the_lowest_free_number() -> None:
    assert fresh_ids(["log"], ["log", "log_2", "log_4"]) == ["log_3"]
    assert fresh_ids(["log_4"], ["log", "log_2", "log_4"]) == ["log_3"]
    assert fresh_ids(["log", "log"], ["log"]) == ["log_2", "log_3"]


@pytest.mark.parametrize(
    ("type_id", "stem"),
    [
        ("MathOperationNode", "math_operation"),
        ("HTTPRequestNode", "http_request"),
        ("Node", "node"),
        ("", "node"),
        ("my.plugin/DoIt", "my_plugin_do_it"),
        ("2FANode", "node_2_fa"),
        ("***", "node"),
    ],
)
def test_an_id_starts_with_its_type_in_words(type_id: str, stem: str) -> None:
    assert id_stem(type_id) == stem


@given(st.text(max_size=12))
def test_an_id_made_from_any_type_can_be_named_in_a_template(type_id: str) -> None:
    node_id = add_node(Graph(), type_id, (0, 0)).node_id
    assert [one.root for one in references(f"{{{{{node_id}.result}}}}")] == [node_id]


def test_a_new_node_takes_no_id_of_a_variable_because_templates_could_not_tell_them_apart() -> None:
    graph = Graph([Node("log", "LogNode")], variables={"log_2": 1})
    placed = add_node(graph, "LogNode", (10.4, 19.6), {"message": "hi"})
    assert placed.node_id == "log_3"
    graph.apply(placed.change)
    assert graph.nodes["log_3"] == Node("log_3", "LogNode", {"message": "hi"}, (10, 20))


def test_a_name_is_tidied_and_the_same_name_is_no_edit() -> None:
    graph = Graph([Node("a", "LogNode", name="Say it")])
    assert rename(graph, "a", "  Say \n it ") is None
    change = rename(graph, "a", "")
    assert change is not None
    graph.apply(change)
    assert graph.nodes["a"].name == ""

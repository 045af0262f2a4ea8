"""Parameters as a person edits them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.documents.parameters import (
    MIXED,
    UNSET,
    checker_of,
    fields_of,
    key_of,
    problem_with,
    set_for_all,
    text_as_value,
    value_as_text,
)
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.sdk import DataType, Param, Widget

COUNT = Param("count", DataType.INTEGER, Widget.INTEGER, minimum=1, maximum=10, unit="ms")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_a_value_written_as_text_reads_back_as_the_same_value(value: object) -> None:
    back = text_as_value(value_as_text(value))
    assert back == value
    assert type(back) is type(value)


def test_text_that_looks_like_a_number_stands_in_quotes() -> None:
    assert value_as_text("75") == '"75"'
    assert value_as_text(75) == "75"
    assert value_as_text("{{x}}") == "{{x}}"


def test_an_empty_text_means_the_default() -> None:
    assert text_as_value("  ") is UNSET
    assert value_as_text(UNSET) == value_as_text(MIXED) == ""


@pytest.mark.parametrize(
    ("param", "value", "told"),
    [
        (COUNT, 0, "This must be at least 1 ms."),
        (COUNT, 11, "This must be at most 10 ms."),
        (COUNT, "ten", "This needs a whole number."),
        (COUNT, 2.5, "This needs a whole number."),
        (Param("x", DataType.NUMBER, Widget.NUMBER), math.inf, "This needs a number."),
        (Param("x", DataType.BOOLEAN, Widget.BOOLEAN), "maybe", "This needs yes or no."),
        (Param("x", widget=Widget.KEY_VALUE), 3, "This needs names with values."),
        (Param("x", widget=Widget.COLOR), "red", "This needs a colour, such as #3ba5d1."),
        (Param("x", widget=Widget.FILE, required=True), "", "This needs a value."),
        (Param("x", widget=Widget.JSON), '{"a":', "This is not JSON: expecting value at column 6."),
        (Param("x", widget=Widget.JSON), '{\n"a":', "This is not JSON: expecting value at line 2, column 5."),
        (Param("x", widget=Widget.CHOICE, choices=("a", "b")), "c", "“c” is not a choice; there are a, b."),
        (Param("x", widget=Widget.MULTI_CHOICE, choices=(1, 2)), [1, 3], "“3” is not a choice; there are 1, 2."),
        (Param("x", widget=Widget.MULTI_CHOICE, choices=(1, 2)), 1, "This needs a list of choices."),
    ],
)
def test_a_value_that_does_not_fit_is_told_in_words(param: Param, value: object, told: str) -> None:
    assert problem_with(param, value) == told


@pytest.mark.parametrize("widget", list(Widget))
def test_a_template_unset_and_mixed_are_accepted_everywhere(widget: Widget) -> None:
    param = Param("x", DataType.INTEGER, widget, choices=("a",), minimum=5, required=True)
    assert problem_with(param, "{{count}}") is None
    assert problem_with(param, UNSET) is None
    assert problem_with(param, MIXED) is None


@pytest.mark.parametrize(
    ("param", "value"),
    [
        (COUNT, "5"),
        (COUNT, 3.0),
        (Param("x", widget=Widget.KEY_VALUE), '{"a": 1}'),
        (Param("x", widget=Widget.CHOICE, choices=(1, 2)), "2"),
        (Param("x", widget=Widget.LIST), "one, two"),
        (Param("x", widget=Widget.ANY), object()),
        (Param("x", widget=Widget.MULTI_CHOICE, choices=("a", "b")), "a, b"),
    ],
)
def test_what_a_node_understands_is_accepted(param: Param, value: object) -> None:
    assert problem_with(param, value) is None


def test_checks_are_built_once_for_parameters_alike() -> None:
    twin = Param("other", DataType.INTEGER, Widget.INTEGER, minimum=1, maximum=10, unit="ms")
    assert checker_of(COUNT) is checker_of(twin)
    assert checker_of(Param("x", widget=Widget.TEXT)) is None


def test_an_unhashable_choice_can_be_checked() -> None:
    param = Param("x", widget=Widget.CHOICE, choices=([1], [2]))
    assert problem_with(param, [1]) is None
    assert problem_with(param, [3]) is not None


def test_a_value_under_an_alias_is_edited_under_that_alias(catalog: Catalog) -> None:
    graph = Graph([Node("if", "IfNode", {"expression": "{{x}}"})])
    field = fields_of(graph, catalog, ["if"])[0]
    assert (field.param.name, field.key, field.value) == ("condition", "expression", "{{x}}")
    change = set_for_all(graph, ["if"], field.param, "{{y}}")
    assert change is not None
    graph.apply(change)
    assert graph.nodes["if"].config == {"expression": "{{y}}"}


def test_the_name_wins_over_an_alias() -> None:
    param = Param("condition", aliases=("expression",))
    assert key_of(param, {"expression": 1, "condition": 2}) == "condition"
    assert key_of(param, {}) == "condition"


def test_a_wired_parameter_names_its_wire(catalog: Catalog) -> None:
    wire = Connection("a", "result", "log", "message")
    graph = Graph([Node("a", "CreateListNode"), Node("log", "LogNode", {"message": "kept"})], [wire])
    field = next(one for one in fields_of(graph, catalog, ["log"]) if one.key == "message")
    assert field.wire == wire
    assert field.value == "kept"


def test_keys_nobody_knows_come_last_and_the_disabled_mark_is_left_out(catalog: Catalog) -> None:
    config = {"odd": 1, "message": "m", "_disabled": True, "_cache_enabled": True}
    fields = fields_of(Graph([Node("log", "LogNode", config)]), catalog, ["log"])
    others = [field.key for field in fields if not field.declared]
    assert others == ["odd", "_cache_enabled"]
    assert [field.key for field in fields][-2:] == others
    assert all(field.key != "_disabled" for field in fields)


def test_nodes_of_one_type_share_parameters_and_differing_values_are_mixed(catalog: Catalog) -> None:
    graph = Graph(
        [
            Node("a", "LogNode", {"message": "x", "level": "info"}),
            Node("b", "LogNode", {"message": "y", "level": "info"}),
        ]
    )
    values = {field.key: field.value for field in fields_of(graph, catalog, ["a", "b"])}
    assert values["message"] is MIXED
    assert values["level"] == "info"
    assert values["data"] is UNSET


def test_nodes_of_several_types_share_nothing(catalog: Catalog) -> None:
    graph = Graph([Node("a", "LogNode"), Node("b", "IfNode")])
    assert fields_of(graph, catalog, ["a", "b"]) == []


def test_setting_several_nodes_is_one_change_that_can_be_taken_back() -> None:
    graph = Graph([Node("a", "T", {"x": 1}), Node("b", "T", {"old": 2}), Node("c", "T", {"x": 9})])
    before = graph.copy()
    change = set_for_all(graph, ["a", "b", "c"], Param("x", aliases=("old",)), 9)
    assert change is not None
    assert change.label == "Edit x of 2 nodes"
    inverse = graph.apply(change)
    assert [node.config for node in graph.nodes.values()] == [{"x": 9}, {"old": 9}, {"x": 9}]
    graph.apply(inverse)
    assert graph == before


def test_unset_takes_the_value_away_and_nothing_to_do_is_no_change() -> None:
    graph = Graph([Node("a", "T", {"x": 1})])
    change = set_for_all(graph, ["a"], Param("x"), UNSET)
    assert change is not None
    graph.apply(change)
    assert graph.nodes["a"].config == {}
    assert set_for_all(graph, ["a"], Param("x"), UNSET) is None

"""Claims about what a node shows of itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.documents.faces import UNKNOWN_CATEGORY, face_of, headline, in_one_line
from casare.catalog import Catalog
from casare.model import Node
from casare.sdk import NodeType, Param, Widget

COMPARE = NodeType(
    "T",
    "Compare",
    "maths",
    headline="{a} {operator} {b}",
    params=(Param("a"), Param("b", aliases=("other",)), Param("operator", default="==", aliases=("operation",))),
)


def told(config: dict[str, Any], node_type: NodeType = COMPARE) -> str:
    return headline(node_type, config)


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ({"a": 1, "operator": ">", "b": 2}, "1 > 2"),
        ({"a": "{{x}}", "operation": "<", "other": [1, 2]}, "{{x}} < [1,2]"),
        ({"operator": ">", "b": 2}, "… > 2"),
        ({"a": 1}, "1 == …"),
        ({"a": 0, "b": False}, "0 == false"),
        ({"b": "two\nlines"}, "… == two lines"),
        ({}, ""),
        ({"a": "", "b": None}, ""),
        ({"something": "else"}, ""),
    ],
)
def test_a_template_headline_is_filled_with_values_defaults_and_dots(config: dict[str, Any], line: str) -> None:
    assert told(config) == line


def test_braces_in_a_value_are_not_filled_again() -> None:
    assert told({"a": "{b}", "b": "{a}"}) == "{b} == {a}"


def test_a_name_in_a_template_headline_that_is_no_parameter_is_shown_as_dots() -> None:
    assert told({"a": 1}, NodeType("T", "T", "c", headline="{a} {gone}", params=(Param("a"),))) == "1 …"
    assert told({"a": 1}, NodeType("T", "T", "c", headline="{gone}", params=(Param("a"),))) == ""


def test_a_template_headline_shows_no_secret() -> None:
    login = NodeType(
        "T", "T", "c", headline="{user}: {key}", params=(Param("user"), Param("key", widget=Widget.SECRET))
    )
    assert told({"user": "me", "key": "hunter2"}, login) == "me: •••"


def test_a_long_template_headline_is_cut_to_one_line() -> None:
    line = told({"a": "x" * 500, "b": "y" * 500})
    assert len(line) == 80
    assert line.endswith("…")


def test_a_headline_may_stand_under_an_old_name_of_its_parameter() -> None:
    node_type = NodeType("T", "T", "c", headline="text", params=(Param("text", aliases=("message",)),))
    assert told({"message": "hi"}, node_type) == "hi"
    assert told({"text": "new", "message": "old"}, node_type) == "new"
    assert told({}, node_type) == ""
    assert told({"text": "x"}, NodeType("T", "T", "c")) == ""


def test_a_variable_is_shown_with_what_it_is_set_to() -> None:
    node_type = NodeType("T", "T", "c", headline="variable_name", params=(Param("variable_name"), Param("value")))
    assert told({"variable_name": "total", "value": 3}, node_type) == "total = 3"
    assert told({"variable_name": "total", "value": ""}, node_type) == "total"
    assert told({"value": 3}, node_type) == ""


def test_a_secret_is_never_shown() -> None:
    node_type = NodeType("T", "T", "c", headline="key", params=(Param("key", widget=Widget.SECRET),))
    assert told({"key": "hunter2"}, node_type) == "•••"
    assert told({}, node_type) == ""


def test_a_known_node_shows_its_name_or_its_types_title(catalog: Catalog) -> None:
    face = face_of(Node("n", "LogNode", {"message": "hello", "_disabled": True}), catalog)
    assert (face.title, face.headline, face.known, face.disabled) == ("Log", "hello", True, True)
    assert face_of(Node("n", "LogNode", name="Say it"), catalog).title == "Say it"


def test_an_unknown_node_is_shown_by_its_own_type(catalog: Catalog) -> None:
    face = face_of(Node("n", "NobodyKnowsNode"), catalog)
    assert (face.title, face.category, face.known) == ("NobodyKnowsNode", UNKNOWN_CATEGORY, False)


def test_every_built_in_type_has_a_face_without_any_configuration(catalog: Catalog) -> None:
    for node_type in catalog.types():
        face = face_of(Node("n", node_type.id), catalog)
        assert face.title
        assert face.icon
        assert face.headline == ""


def test_every_name_in_a_built_in_headline_is_a_parameter(catalog: Catalog) -> None:
    for node_type in catalog.types():
        shown = node_type.headline
        names = [part.split("}")[0] for part in shown.split("{")[1:]] if "{" in shown else [shown] if shown else []
        for name in names:
            assert node_type.param(name) is not None, f"{node_type.id}: {name}"


def test_a_comparison_and_a_calculation_say_what_they_do(catalog: Catalog) -> None:
    compare = Node("n", "ComparisonNode", {"a": "{{total}}", "operator": ">", "b": 100})
    assert face_of(compare, catalog).headline == "{{total}} > 100"
    calculate = face_of(Node("n", "MathOperationNode", {"a": 2, "operation": "add", "b": 3}), catalog).headline
    assert all(part in calculate for part in ("2", "add", "3"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=200),
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(st.text(max_size=5), inner, max_size=9),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_fits_on_one_short_line(value: Any) -> None:
    line = in_one_line(value)
    assert len(line) <= 80
    assert line.splitlines() in ([], [line])
    assert line == line.strip()


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, ""),
        ("a  b\n\tc", "a b c"),
        (" " * 5000 + "end", "end"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("a" + " " * 5000 + "b", "a…"),
        (True, "true"),
        ({"a": [1]}, '{"a":[1]}'),
        (10**30, str(10**30)),
        ("\ud800", "\ud800"),
    ],
)
def test_a_value_in_one_line(value: Any, line: str) -> None:
    assert in_one_line(value) == line

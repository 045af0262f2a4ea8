"""Transform and Validate."""

from __future__ import annotations

from typing import Any

import pytest

from casare.catalog import Catalog
from casare.nodes.values.transform import transform, validate
from casare.sdk import NodeError

TRANSFORMS = [
    ("to_string", True, None, "true"),
    ("to_integer", "7.9", None, 7),
    ("to_integer", 2**70, None, 2**70),
    ("to_float", "1.5", None, 1.5),
    ("to_boolean", "off", None, False),
    ("to_list", "[1]", None, [1]),
    ("to_dict", '{"a": 1}', None, {"a": 1}),
    ("to_json", {"a": "é"}, None, '{"a": "é"}'),
    ("from_json", "[1, null]", None, [1, None]),
    ("uppercase", "ab", None, "AB"),
    ("lowercase", "AB", None, "ab"),
    ("title_case", "ab cd", None, "Ab Cd"),
    ("trim", "  ab ", None, "ab"),
    ("trim", "--ab-", "-", "ab"),
    ("replace", "a-b", "-=>+", "a+b"),
    ("split", "a,b", ",", ["a", "b"]),
    ("split", "a  b", None, ["a", "b"]),
    ("join", [1, "b"], "-", "1-b"),
    ("length", "abc", None, 3),
    ("length", 1234, None, 4),
    ("get_item", {"a": 1}, "a", 1),
    ("get_item", [1, 2], "-1", 2),
    ("round", "2.567", 2, 2.57),
    ("round", 2.5, None, 2.0),
    ("default", "", 5, 5),
    ("default", 0, 5, 0),
]


@pytest.mark.parametrize(("kind", "value", "param", "result"), TRANSFORMS)
def test_a_transform_gives_its_result_and_keeps_it_as_a_variable(
    run: Any, kind: Any, value: Any, param: Any, result: Any
) -> None:
    done = transform(value, param, context=run, transform_type=kind)
    assert done == (result, True, "")
    assert type(done.result) is type(result)
    assert run.variables == {"transformed": result}


def test_every_transform_and_every_check_that_is_offered_is_tried_here(catalog: Catalog) -> None:
    offered = {name: catalog.find(name) for name in ("TransformNode", "ValidateNode")}
    kinds = offered["TransformNode"].param("transform_type").choices  # type: ignore[union-attr]
    checks = offered["ValidateNode"].param("validation_type").choices  # type: ignore[union-attr]
    assert set(kinds) == {kind for kind, *_ in TRANSFORMS}
    assert set(checks) == {kind for kind, *_ in CHECKS}


@pytest.mark.parametrize(
    ("kind", "value", "param"),
    [
        ("to_integer", "many", None),
        ("to_float", None, None),
        ("to_dict", 5, None),
        ("from_json", "{", None),
        ("replace", "a", "b"),
        ("get_item", {"a": 1}, "b"),
        ("get_item", [1], 3),
        ("round", 1.5, "x"),
        ("to_boolean", "{{missing}}", None),
    ],
)
def test_a_value_that_cannot_be_turned_is_told_and_fails_nothing(run: Any, kind: Any, value: Any, param: Any) -> None:
    done = transform(value, param, context=run, transform_type=kind)
    assert (done.result, done.success) == (None, False)
    assert done.error
    assert run.variables == {}


def test_a_wired_parameter_wins_over_the_field_and_an_empty_variable_name_keeps_nothing(run: Any) -> None:
    done = transform("a;b", ";", context=run, transform_type="split", transform_param=",", variable_name="")
    assert done.result == ["a", "b"]
    assert transform("a,b", context=run, transform_type="split", transform_param=",", variable_name="").result == [
        "a",
        "b",
    ]
    assert run.variables == {}


def test_a_transform_or_check_nobody_knows_is_refused(run: Any) -> None:
    with pytest.raises(NodeError, match="no transform"):
        transform(1, context=run, transform_type="to_gold")  # type: ignore[arg-type]
    with pytest.raises(NodeError, match="no check"):
        validate(1, validation_type="is_gold")  # type: ignore[arg-type]


CHECKS = [
    ("not_empty", "a", None, "  "),
    ("not_empty", 0, None, None),
    ("not_empty", [0], None, []),
    ("is_string", "a", None, 1),
    ("is_number", "1.5", None, "x"),
    ("is_number", 2, None, True),
    ("is_integer", "2", None, 2.5),
    ("is_boolean", "True", None, "maybe"),
    ("is_list", [], None, "[]"),
    ("is_dict", {}, None, []),
    ("is_email", "a.b@c.example", None, "a@b"),
    ("is_url", "https://example.org/x", None, "example.org"),
    ("is_url", "https://example.org", None, "http://[bad"),
    ("matches", "order 17", r"\d+", "order"),
    ("min_length", "abc", 3, "ab"),
    ("max_length", [1, 2], "2", [1, 2, 3]),
    ("min_value", "5", 5, 4.9),
    ("max_value", 5, "5", "many"),
    ("equals", 1, "1", "2"),
    ("one_of", "b", "a, b", "c"),
    ("one_of", 2, [1, 2], 3),
]


@pytest.mark.parametrize(("kind", "good", "param", "bad"), CHECKS)
def test_a_check_goes_one_way_for_good_values_and_the_other_for_bad_ones(
    kind: Any, good: Any, param: Any, bad: Any
) -> None:
    assert validate(good, validation_type=kind, validation_param=param) == ("valid", True, "")
    failed = validate(bad, validation_type=kind, validation_param=param)
    assert (failed.branch, failed.is_valid) == ("invalid", False)
    assert failed.error_message


def test_a_check_says_what_it_was_told_to_say() -> None:
    assert validate("", error_message="name is missing").error_message == "name is missing"


def test_a_pattern_that_is_none_fails_the_node() -> None:
    with pytest.raises(NodeError, match=r"pattern cannot be used.*unterminated"):
        validate("a", validation_type="matches", validation_param="(")

"""Node types as JSON and back."""

from __future__ import annotations

import math
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.catalog.encoding import decode_value, encode_value, from_raw, to_raw
from casare.sdk import Bound, Cost, DataType, NodeType, Param, Port, PortKind, PortRule, Role, Visibility, Widget

text = st.text(st.characters(codec=None), max_size=8)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text | st.binary(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.just(())
        | st.dictionaries(text | st.integers() | st.booleans(), inner, max_size=3)
        | st.dictionaries(st.sampled_from(["$int", "$tuple", "$", "a"]), inner, max_size=2)
    ),
    max_leaves=8,
)
optional_numbers = st.none() | st.floats(allow_nan=False)
words = st.text(max_size=8)
params = st.builds(
    Param,
    name=words,
    type=st.sampled_from(DataType),
    widget=st.none() | st.sampled_from(Widget),
    default=values,
    label=words,
    help=words,
    placeholder=words,
    unit=words,
    choices=st.lists(values, max_size=3).map(tuple),
    minimum=optional_numbers,
    maximum=optional_numbers,
    step=optional_numbers,
    visibility=st.sampled_from(Visibility),
    required=st.booleans(),
    wired=st.booleans(),
    aliases=st.lists(words, max_size=2).map(tuple),
)


def same(left: Any, right: Any) -> bool:
    """Compare values with their types, since 1 == True and (1,) is shown otherwise than [1]."""
    return repr(left) == repr(right)


def through_json(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))


@settings(max_examples=60)
@given(values)
def test_every_value_comes_back_from_json_as_it_was(value: Any) -> None:
    assert same(decode_value(through_json(encode_value(value))), value)


def test_numbers_that_json_does_not_know_come_back() -> None:
    back = decode_value(through_json(encode_value([math.inf, -math.inf, math.nan, 2**80])))
    assert back[:2] == [math.inf, -math.inf]
    assert math.isnan(back[2])
    assert back[3] == 2**80


def test_a_value_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        encode_value({"key": object()})


@settings(max_examples=60)
@given(params)
def test_every_parameter_comes_back_from_json_as_it_was(param: Param) -> None:
    spec = NodeType("XNode", "X", "flow", params=(param,))
    assert same(from_raw(through_json(to_raw(spec))), spec)


def test_every_part_of_a_node_type_comes_back() -> None:
    spec = NodeType(
        id="XNode",
        title="X",
        category="flow",
        icon="star",
        summary="S",
        help="H",
        role=Role.FORK,
        inputs=(Port("exec_in", PortKind.CONTROL), Port("a", type=DataType.LIST, label="A", required=True, help="h")),
        outputs=(Port("b", type=DataType.PAGE, aliases=("old", "older")),),
        params=(Param("p", DataType.INTEGER, Widget.INTEGER, default=0, minimum=0, maximum=9, step=1, unit="ms"),),
        cost=Cost(3, 4.5, 6, Bound.IO),
        rules=(
            PortRule("case_", "cases", first=1, kind=PortKind.DATA, output=False, minimum=1, maximum=3, before="b"),
        ),
        headline="p",
        aliases=("Old",),
        keywords=("k",),
        member_param="action",
        members=(("One", "OneNode"),),
        replaced_by=("YNode", (("action", "One"), ("n", (1, None)))),
        pure=True,
        module="m",
        qualname="q",
    )
    assert from_raw(through_json(to_raw(spec))) == spec


def test_all_built_in_types_come_back_from_json_as_they_were(catalog: Catalog) -> None:
    types = catalog.types()
    assert len(types) > 100
    for spec in types:
        assert same(from_raw(through_json(to_raw(spec))), spec)


def test_an_output_without_other_names_is_written_without_them() -> None:
    spec = NodeType("XNode", "X", "flow", outputs=(Port("a"), Port("b", aliases=("old",))))
    assert to_raw(spec)["outputs"] == [{"name": "a"}, {"name": "b", "aliases": ["old"]}]


def test_what_equals_its_default_is_not_written() -> None:
    assert to_raw(NodeType("XNode", "X", "flow")) == {"id": "XNode", "title": "X", "category": "flow"}

"""Which wires fit, and what helps where they do not."""

from __future__ import annotations

import itertools

import pytest

from casare.catalog import Catalog, conversion, converter, refusal
from casare.sdk import DataType, Port, PortKind

T = DataType
CONTROL = Port("exec_out", PortKind.CONTROL)

FITTING = {
    (T.INTEGER, T.FLOAT),
    (T.INTEGER, T.NUMBER),
    (T.INTEGER, T.TEXT),
    (T.FLOAT, T.NUMBER),
    (T.NUMBER, T.FLOAT),
    (T.FLOAT, T.TEXT),
    (T.NUMBER, T.TEXT),
    (T.BOOLEAN, T.TEXT),
}
PLAIN = [T.TEXT, T.INTEGER, T.FLOAT, T.NUMBER, T.BOOLEAN, T.LIST, T.DICT, T.BYTES]
HANDLES = [kind for kind in T if kind not in (*PLAIN, T.ANY, T.OBJECT)]


def data(kind: DataType, name: str = "value") -> Port:
    return Port(name, type=kind)


@pytest.mark.parametrize(("source", "target"), list(itertools.product(PLAIN, PLAIN)))
def test_plain_types_fit_exactly_as_the_table_says(source: DataType, target: DataType) -> None:
    fits = source is target or (source, target) in FITTING
    assert (refusal(data(source), data(target)) is None) is fits


@pytest.mark.parametrize("kind", list(T))
def test_any_value_fits_everything_both_ways(kind: DataType) -> None:
    assert refusal(data(T.ANY), data(kind)) is None
    assert refusal(data(kind), data(T.ANY)) is None


@pytest.mark.parametrize("kind", HANDLES)
def test_a_handle_fits_itself_and_an_object_only(kind: DataType) -> None:
    fitting = {target for target in T if refusal(data(kind), data(target)) is None}
    assert fitting == {kind, T.OBJECT, T.ANY}


def test_control_and_data_never_meet_and_the_words_say_which_is_which() -> None:
    assert refusal(CONTROL, Port("exec_in", PortKind.CONTROL)) is None
    assert "control wire cannot feed" in str(refusal(CONTROL, data(T.ANY, "price")))
    assert "price" in str(refusal(CONTROL, data(T.ANY, "price")))
    assert "cannot start a node" in str(refusal(data(T.ANY), Port("exec_in", PortKind.CONTROL)))


def test_a_refusal_names_both_types_and_what_helps() -> None:
    words = refusal(data(T.LIST), data(T.NUMBER))
    assert words == "a list cannot feed a number input; put a ListLength node between them"
    assert refusal(data(T.PAGE), data(T.WINDOW, "target")) == (
        "a browser page cannot feed a window input; “target” needs a window"
    )


def test_pairs_that_fit_need_no_converter() -> None:
    assert converter(data(T.INTEGER), data(T.TEXT)) is None
    assert converter(CONTROL, data(T.TEXT)) is None
    assert converter(data(T.WINDOW), data(T.TEXT)) is None


@pytest.mark.parametrize(("source", "target"), list(itertools.permutations(PLAIN, 2)))
def test_every_converter_exists_and_fits_at_both_ends(source: DataType, target: DataType, catalog: Catalog) -> None:
    found = conversion(data(source), data(target))
    if found is None:
        assert refusal(data(source), data(target)) is None or T.BYTES in (source, target) or target is T.DICT
        return
    assert found.type_id == converter(data(source), data(target))
    ports = catalog.ports(found.type_id, found.config)
    way_in, way_out = ports.input(found.input), ports.output(found.output)
    assert way_in is not None
    assert way_out is not None
    assert refusal(data(source), way_in) is None
    assert refusal(way_out, data(target)) is None

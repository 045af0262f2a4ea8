"""Claims about the shape of a card."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog, NodePorts
from casare.foundation.rect import Rect
from casare.sdk import Port, PortKind
from casare.ui.geometry.card import Card, CardShape
from casare.ui.geometry.metrics import CARD_WIDTH, GRID, HEADER_HEIGHT

CONTROL = ("exec_in", "exec_out", "true", "body", "case_0")
DATA = ("a", "b", "value", "result", "items")


@st.composite
def columns(draw: st.DrawFn) -> tuple[Port, ...]:
    control = draw(st.lists(st.sampled_from(CONTROL), unique=True, max_size=4))
    data = draw(st.lists(st.sampled_from(DATA), unique=True, max_size=5))
    mixed = [*(Port(name, PortKind.CONTROL) for name in control), *(Port(name) for name in data)]
    return tuple(draw(st.permutations(mixed))) if draw(st.booleans()) else tuple(mixed)


SHAPES = st.builds(lambda inputs, outputs: CardShape(NodePorts(inputs, outputs)), columns(), columns())


def assert_well_formed(shape: CardShape) -> None:
    for spots, edge in ((shape.inputs, 0.0), (shape.outputs, shape.width)):
        assert all(spot.x == edge for spot in spots.values())
        heights = sorted(spot.y for spot in spots.values())
        assert all(lower - upper >= 18 for upper, lower in pairwise(heights))
        assert all(HEADER_HEIGHT < y < shape.height for y in heights)
    assert shape.width == CARD_WIDTH
    assert shape.height % GRID == 0, "cards of any height line up on the grid"


@given(SHAPES)
def test_every_port_is_on_its_edge_below_the_header_and_no_two_are_closer_than_a_finger(shape: CardShape) -> None:
    assert_well_formed(shape)


def test_the_same_holds_for_every_built_in_type(catalog: Catalog) -> None:
    for node_type in catalog.types():
        assert_well_formed(CardShape(catalog.ports(node_type.id, {})))


@given(SHAPES)
def test_ports_stand_in_declared_order(shape: CardShape) -> None:
    assert list(shape.inputs) == [port.name for port in shape.ports.inputs]
    assert list(shape.outputs) == [port.name for port in shape.ports.outputs]
    for spots in (shape.inputs, shape.outputs):
        heights = [spot.y for spot in spots.values()]
        assert heights == sorted(heights)


def test_a_node_with_one_way_in_and_out_stays_two_rows_high_and_has_no_labels(catalog: Catalog) -> None:
    shape = CardShape(catalog.ports("MergeNode", {}))
    assert shape.height == 60
    assert not any(spot.labelled for spot in (*shape.inputs.values(), *shape.outputs.values()))


def test_each_data_row_adds_one_grid_step_however_the_sides_are_filled() -> None:
    def height(inputs: int, outputs: int) -> float:
        left = tuple(Port(f"i{number}") for number in range(inputs))
        return CardShape(NodePorts(left, tuple(Port(f"o{number}") for number in range(outputs)))).height

    assert height(0, 0) == 60
    assert [height(number, 0) for number in (1, 2, 3)] == [80, 100, 120]
    assert height(3, 1) == height(1, 3) == height(3, 3)


def test_ways_out_with_a_meaning_are_labelled_rows(catalog: Catalog) -> None:
    shape = CardShape(catalog.ports("IfNode", {}))
    assert all(shape.outputs[name].labelled for name in ("true", "false"))
    assert shape.outputs["true"].y < shape.outputs["false"].y


def test_a_port_is_found_under_its_old_names_on_both_sides(catalog: Catalog) -> None:
    text = CardShape(catalog.ports("TextReplaceNode", {}))
    assert text.spot("old", is_output=False) == text.inputs["old_value"]
    switch = CardShape(catalog.ports("SwitchNode", {"cases": ["red", "blue"]}))
    assert switch.spot("case_blue", is_output=True) == switch.outputs["case_1"]
    assert switch.spot("case_green", is_output=True) is None


@pytest.mark.parametrize(("is_output", "x"), [(False, 110.0), (True, 310.0)])
def test_a_wire_to_a_port_that_is_gone_ends_in_the_middle_of_its_side(
    catalog: Catalog, is_output: bool, x: float
) -> None:
    card = Card("n", 110, 20, CardShape(catalog.ports("LogNode", {})))
    assert card.port_at("gone", is_output) == (x, 20 + card.shape.height / 2)


def test_a_port_stands_where_its_card_stands(catalog: Catalog) -> None:
    card = Card("n", -500, 70, CardShape(catalog.ports("LogNode", {})))
    spot = card.shape.inputs["message"]
    for _ in range(2):
        assert card.port_at("message", False) == (-500 + spot.x, 70 + spot.y)
    assert card.rect == Rect(-500, 70, CARD_WIDTH, card.shape.height)

"""The names of ports share the width of a card by need."""

from __future__ import annotations

from itertools import product

from PySide6.QtWidgets import QApplication

from casare.catalog import NodePorts, default_catalog
from casare.ui.canvas.paint.card import label_room
from casare.ui.canvas.paint.folded import port_label
from casare.ui.canvas.paint.text import text_width
from casare.ui.geometry.card import CardShape
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import TEXT_CAPTION


def test_no_built_in_card_cuts_the_name_of_a_port(qapp: QApplication) -> None:
    font = ui_font(TEXT_CAPTION)
    cut = []
    for node_type in default_catalog().types():
        shape = CardShape(NodePorts(node_type.inputs, node_type.outputs))
        for left, right in product(shape.inputs.values(), shape.outputs.values()):
            if left.y == right.y and left.labelled and right.labelled:
                for one, other in ((left.port.title, right.port.title), (right.port.title, left.port.title)):
                    if text_width(one, font) > label_room(shape.width, one, other, font):
                        cut.append((node_type.id, one))
    assert cut == []


def test_two_long_names_get_half_each_and_never_touch(qapp: QApplication) -> None:
    font = ui_font(TEXT_CAPTION)
    long = "a name that is far too long for any card"
    assert 2 * label_room(200, long, long, font) < 200
    assert label_room(200, long, "x", font) + text_width("x", font) < 200
    assert label_room(200, long, "", font) > label_room(200, long, "x", font)


def test_the_ways_of_a_branch_can_be_told_apart_on_a_folded_box() -> None:
    ports = default_catalog().ports("IfNode", {})
    assert {port_label("If", port) for port in ports.outputs} == {"If · true", "If · false"}
    assert port_label("If", next(port for port in ports.inputs if port.name == "exec_in")) == "If"

"""How single things look: wires, ports, text, colours of a file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from casare.foundation.rect import Rect
from casare.sdk import DataType, Port, PortKind
from casare.ui.canvas.look import CanvasLook
from casare.ui.canvas.paint.decor import colour_of
from casare.ui.canvas.paint.port import port_path
from casare.ui.canvas.paint.text import elided
from casare.ui.canvas.paint.wire import wire_path
from casare.ui.geometry.wire import course
from casare.ui.theme.tokens import DARK, LIGHT


@pytest.mark.parametrize("target", [(300.0, 80.0), (-300.0, 40.0)])
def test_a_wire_begins_and_ends_at_its_ports(target):
    cards = (Rect(-200, -20, 200, 100), Rect(*target, 200, 100))
    path = wire_path(course((0, 0), target, *cards))
    assert path.pointAtPercent(0) == QPointF(0, 0)
    end = path.currentPosition()
    assert (end.x(), end.y()) == target


def test_kinds_of_values_are_told_apart_by_shape_and_not_by_colour_alone():
    control = Port("exec_in", PortKind.CONTROL)
    shapes = [
        port_path(one)
        for one in (
            control,
            *(Port("p", type=kind) for kind in (DataType.TEXT, DataType.LIST, DataType.DICT, DataType.PAGE)),
        )
    ]
    assert all(one != other for at, one in enumerate(shapes) for other in shapes[at + 1 :])


@pytest.mark.usefixtures("qapp")
def test_text_that_is_too_long_ends_in_an_ellipsis():
    font = CanvasLook(DARK).title_font
    assert elided("short", font, 400) == "short"
    assert elided("a very long title of a node that goes on", font, 80).endswith("…")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("#102030", "#102030"),
        ("flow", DARK.category("flow")),
        ({"r": 16, "g": 32, "b": 48, "a": 255}, "#102030"),
        ([16, 32, 48], "#102030"),
        ("no such colour", "#abcdef"),
        (None, "#abcdef"),
        ([1, "two", 3], "#abcdef"),
    ],
)
def test_the_colours_real_files_hold_are_understood_and_others_fall_back(told, meant):
    assert colour_of(told, CanvasLook(DARK), QColor("#abcdef")).name() == meant


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_text_on_every_step_of_the_heat_scale_can_be_read(theme):
    from casare.ui.theme.tokens import contrast

    assert all(contrast(ground, ink) >= 4.5 for ground, ink in zip(theme.heat, theme.on_heat, strict=True))

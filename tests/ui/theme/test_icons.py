"""What the icon set promises."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from casare.foundation.resources import resource
from casare.ui.theme.icons import application_icon, icon, icon_names, icon_pixmap, icon_svg
from casare.ui.theme.tokens import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

NEEDED = "search plus x check triangle-alert undo-2 redo-2 save play square pause bug box database mail globe".split()  # noqa: SIM905


def test_there_are_icons_for_what_the_product_shows() -> None:
    assert set(NEEDED) <= set(icon_names())
    assert len(icon_names()) > 110


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_draws_something_in_the_colour_asked_for(name: str) -> None:
    image = icon_pixmap(name, "#ff0000", 24).toImage()
    seen = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    inked = [colour for colour in seen if colour.alpha() > 200]
    assert inked
    assert all(colour.red() > 250 and colour.green() < 5 for colour in inked)


def test_an_unknown_icon_is_the_box() -> None:
    assert icon_svg("no-such-icon", "#ffffff") == icon_svg("box", "#ffffff")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_have_the_pixels_the_screen_has(ratio: float) -> None:
    made = icon("play", DARK).pixmap(QSize(16, 16), ratio)
    assert made.width() == round(16 * ratio)
    assert made.devicePixelRatio() == ratio


def test_one_icon_is_made_once_and_drawn_once() -> None:
    assert icon("save", DARK) is icon("save", DARK)
    assert icon("save", DARK) is not icon("save", LIGHT)
    assert icon_pixmap("save", "#123456") is icon_pixmap("save", "#123456")


def test_disabled_icons_look_disabled_even_with_a_colour_of_their_own() -> None:
    made = icon("square", DARK, "#ff0000")
    enabled, disabled = (
        made.pixmap(QSize(16, 16), 1.0, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert enabled.pixelColor(8, 2).red() > 200
    assert disabled.pixelColor(8, 2).red() < QColor(DARK.text_disabled).red() + 10


def test_the_application_icon_has_every_usual_size(qapp: QApplication) -> None:
    assert {size.width() for size in application_icon().availableSizes()} >= {16, 32, 48, 256}


def test_the_licences_of_icons_and_fonts_are_with_them() -> None:
    assert "ISC" in resource("icons/LUCIDE-LICENSE.txt").read_text(encoding="utf-8")
    assert "OFL" in resource("fonts/Inter-OFL.txt").read_text(encoding="utf-8")

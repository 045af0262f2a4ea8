"""What the type promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont

from casare.foundation.resources import resource
from casare.ui.theme.fonts import BUNDLED_FILES, load_fonts, mono_font, ui_font


@pytest.fixture(autouse=True)
def bundled(qapp: object) -> Iterator[None]:
    load_fonts(prefer_bundled=True)
    yield
    load_fonts(prefer_bundled=False)


def test_the_bundled_font_is_small() -> None:
    assert all(resource(f"fonts/{name}").stat().st_size < 120_000 for name in BUNDLED_FILES)


def test_the_bundled_font_is_used_when_asked_for() -> None:
    assert QFontInfo(ui_font()).family() == "Inter"


def test_the_system_font_is_used_otherwise() -> None:
    assert load_fonts(prefer_bundled=False)
    assert ui_font().pixelSize() == 12


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold])
def test_every_weight_is_a_cut_of_its_own(weight: QFont.Weight) -> None:
    assert QFontInfo(ui_font(12, weight)).weight() == weight


def test_tabular_digits_have_one_width() -> None:
    metrics = QFontMetricsF(ui_font(24, tabular=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
    loose = QFontMetricsF(ui_font(24))
    assert loose.horizontalAdvance("1111") != loose.horizontalAdvance("0000")


def test_the_bundled_font_has_the_letters_and_signs_the_product_writes() -> None:
    cut = QRawFont.fromFont(ui_font())
    assert [sign for sign in "AzÄéßşőŁž019…–—·→←↑↓↵⌘⇧×≥≤≠−µ€“”’" if not cut.supportsCharacter(ord(sign))] == []


def test_code_has_a_fixed_pitch() -> None:
    metrics = QFontMetricsF(mono_font())
    assert metrics.horizontalAdvance("iiii") == metrics.horizontalAdvance("WWWW")


def test_a_font_handed_out_may_be_changed_without_harm() -> None:
    ui_font().setPixelSize(99)
    assert ui_font().pixelSize() == 12

"""What choosing and applying a theme promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from casare.ui.theme import appearance as module
from casare.ui.theme.appearance import Appearance, current_theme, palette, reduced_motion
from casare.ui.theme.glyphs import glyph_file
from casare.ui.theme.stylesheet import stylesheet
from casare.ui.theme.tokens import DARK, LIGHT, Theme


@pytest.fixture
def look(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Appearance]:
    monkeypatch.setattr(module, "_latest", None)
    sheet, colours, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield Appearance("dark")
    qapp.setStyleSheet(sheet)
    qapp.setPalette(colours)
    qapp.setFont(font)


def test_the_current_theme_is_that_of_the_latest_appearance(look: Appearance) -> None:
    assert current_theme() is DARK
    look.mode = "light"
    assert current_theme() is LIGHT


def test_a_change_is_told_once_and_no_change_is_not_told(look: Appearance) -> None:
    told: list[Theme] = []
    look.changed.connect(told.append)
    look.mode = "dark"
    look.mode = "light"
    look.mode = "light"
    assert told == [LIGHT]


def test_an_applied_appearance_dresses_the_application_and_keeps_it_in_step(
    look: Appearance, qapp: QApplication
) -> None:
    look.apply(qapp)
    assert qapp.styleSheet() == stylesheet(DARK)
    look.mode = "light"
    assert qapp.styleSheet() == stylesheet(LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.text


def test_an_unknown_mode_is_refused(look: Appearance) -> None:
    with pytest.raises(ValueError, match="not an appearance"):
        look.mode = "sepia"  # type: ignore[assignment]


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False), ("", False)])
def test_reduced_motion_obeys_the_environment(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASARE_REDUCED_MOTION", value)
    assert reduced_motion() is expected


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_mark_the_stylesheet_names_is_a_file(theme: Theme) -> None:
    named = re.findall(r'url\("([^"]+)"\)', stylesheet(theme))
    assert named
    assert all(Path(path).is_file() for path in named)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_qt_understands_the_stylesheet(theme: Theme, qapp: QApplication, capfd: pytest.CaptureFixture[str]) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet(stylesheet(theme))
    qapp.setStyleSheet(before)
    assert "parse" not in capfd.readouterr().err


def test_themes_differ_in_the_stylesheet() -> None:
    assert stylesheet(DARK) != stylesheet(LIGHT)


def test_an_unwritable_cache_folder_gives_way_to_one_of_the_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("CASARE_HOME", str(blocked))
    made = glyph_file("star", "#010203")
    assert b"#010203" in made.read_bytes()


def test_only_the_token_table_holds_colour_literals() -> None:
    packages = Path(module.__file__).parent, Path(module.__file__).parent.parent / "widgets"
    files = [file for package in packages for file in package.glob("*.py") if file.name != "tokens.py"]
    literal = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b")
    assert [file.name for file in files if literal.search(file.read_text(encoding="utf-8"))] == []


def test_the_palette_marks_disabled_text() -> None:
    made = palette(DARK)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == DARK.text_disabled

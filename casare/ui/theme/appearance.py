"""Which theme is on, and putting it on an application: style, palette, stylesheet, fonts."""

from __future__ import annotations

import os
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from casare.ui.theme.fonts import load_fonts, ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.stylesheet import stylesheet
from casare.ui.theme.tokens import DARK, LIGHT, TEXT_BODY, Theme

Mode = Literal["system", "dark", "light"]

REDUCED_MOTION = "CASARE_REDUCED_MOTION"
"""Environment variable that switches animations off (any value but empty and `0`)."""


class Appearance(QObject):
    """Hold the appearance mode and tell everyone when the theme becomes another one.

    One per application. The latest to be made is the one `current_theme()` and `appearance()` speak of.
    """

    changed = Signal(object)
    """The new Theme, after it was applied to the application."""

    def __init__(self, mode: Mode = "system", parent: QObject | None = None) -> None:
        global _latest
        super().__init__(parent)
        self._mode: Mode = mode
        self._app: QApplication | None = None
        self._theme = self._resolve()
        _latest = self
        hints = QGuiApplication.styleHints() if QGuiApplication.instance() is not None else None
        if hints is not None:
            hints.colorSchemeChanged.connect(self._on_system_changed)

    @property
    def mode(self) -> Mode:
        """`system`, `dark` or `light`, as the person chose."""
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        if mode not in get_args(Mode):
            raise ValueError(f"{mode!r} is not an appearance; expected one of {', '.join(get_args(Mode))}")
        self._mode = mode
        self._update()

    @property
    def theme(self) -> Theme:
        """The theme that is on."""
        return self._theme

    def apply(self, app: QApplication) -> None:
        """Give `app` the style, fonts, palette and stylesheet, and keep them in step from now on."""
        self._app = app
        load_fonts()
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        self._dress()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._update()

    def _update(self) -> None:
        theme = self._resolve()
        if theme is not self._theme:
            self._theme = theme
            self._dress()
            self.changed.emit(theme)

    def _resolve(self) -> Theme:
        if self._mode == "system":
            return system_theme()
        return DARK if self._mode == "dark" else LIGHT

    def _dress(self) -> None:
        if self._app is not None:
            self._app.setFont(ui_font(TEXT_BODY))
            self._app.setPalette(palette(self._theme))
            self._app.setStyleSheet(stylesheet(self._theme))


_latest: Appearance | None = None


def appearance() -> Appearance:
    """Return the application's Appearance, made on first use if nobody has made it."""
    return _latest if _latest is not None else Appearance()


def current_theme() -> Theme:
    """Return the theme that is on; the system's choice before there is an Appearance."""
    return _latest.theme if _latest is not None else system_theme()


def system_theme() -> Theme:
    """Return the theme the system asks for; dark when it does not say."""
    if QGuiApplication.instance() is None:
        return DARK
    return LIGHT if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK


def reduced_motion() -> bool:
    """Return whether animations should be left out: CASARE_REDUCED_MOTION, else what the system says."""
    asked = os.environ.get(REDUCED_MOTION)
    if asked is not None:
        return asked not in ("", "0")
    if QGuiApplication.instance() is None:
        return True
    return not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme, for everything the stylesheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.PlaceholderText: theme.text_muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.overlay,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.line_strong,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.line_strong,
        role.Shadow: theme.shadow,
    }
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, qcolor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, each, qcolor(theme.text_disabled))
    return made

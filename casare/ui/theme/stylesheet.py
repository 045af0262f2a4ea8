"""The stylesheet of the whole application, filled from the token table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from string import Template

from casare.ui.theme.glyphs import glyph_file
from casare.ui.theme.qss_controls import CONTROLS
from casare.ui.theme.qss_fields import FIELDS
from casare.ui.theme.qss_views import VIEWS
from casare.ui.theme.qss_window import WINDOW
from casare.ui.theme.qt_colour import css
from casare.ui.theme.tokens import Theme, mix, over

_GLYPHS = (
    # (placeholder, icon, token of its colour, line width, air around)
    ("chevron_down", "chevron-down", "text_secondary", 2.5, 0),
    ("chevron_up", "chevron-up", "text_secondary", 2.5, 0),
    ("chevron_right", "chevron-right", "text_secondary", 2.5, 0),
    ("chevron_left", "chevron-left", "text_secondary", 2.5, 0),
    ("chevron_down_disabled", "chevron-down", "text_disabled", 2.5, 0),
    ("chevron_up_disabled", "chevron-up", "text_disabled", 2.5, 0),
    ("check", "check", "on_accent", 3.5, 0),
    ("check_text", "check", "text", 2.5, 0),
    ("check_disabled", "check", "text_disabled", 3.5, 0),
    ("minus", "minus", "on_accent", 3.5, 0),
    ("minus_disabled", "minus", "text_disabled", 3.5, 0),
    ("close_small", "x", "text_muted", 3.0, 7),
    ("close_small_hover", "x", "text", 3.0, 7),
    ("close", "x", "text_muted", 2.0, 0),
    ("float", "external-link", "text_muted", 2.0, 0),
)


@cache
def stylesheet(theme: Theme) -> str:
    """Return the Qt stylesheet of `theme` for every stock control.

    Widgets ask for a variant with the property `kind`: QPushButton `primary`, `danger`, `flat`, `link`; QTabBar
    `document`; QFrame `card`, `separator`; QLabel `caption`, `secondary`, `muted`, `title`, `figure`, `heading`,
    `section`, `ok`, `warning`, `error`; fields carry the property `state` = `error` or `warning`.

    A list or tree that is filled before it is put into a layout must be told `ensurePolished()` first: Qt lays its
    rows out when it is reparented, before the heights given here are known to it.
    """
    values = dict(_values(theme))
    return "\n".join(Template(part).substitute(values) for part in (WINDOW, CONTROLS, FIELDS, VIEWS))


def _values(theme: Theme) -> Iterator[tuple[str, str]]:
    for each in fields(theme):
        value = getattr(theme, each.name)
        if isinstance(value, str) and value.startswith("#"):
            yield each.name, css(value)
    button = theme.field if theme.dark else theme.raised
    yield "button", button
    yield "button_line", theme.line_strong if not theme.dark else theme.line
    yield "button_hover", over(button, theme.hover)
    yield "button_pressed", over(button, theme.pressed)
    yield "field_hover", over(theme.field, theme.hover)
    yield "field_disabled", mix(theme.panel, theme.field, 0.4)
    yield "track", theme.field if theme.dark else theme.line
    yield "panel_hover", over(theme.panel, theme.hover)
    yield "danger_hover", mix(theme.error_ground, theme.error, 0.14)
    yield "danger_pressed", mix(theme.error_ground, theme.error, 0.24)
    yield "accent_disabled", mix(theme.panel, theme.accent, 0.25)
    yield "handle", mix(theme.panel, theme.text_muted, 0.38)
    yield "handle_hover", mix(theme.panel, theme.text_muted, 0.62)
    for placeholder, name, token, stroke, inset in _GLYPHS:
        path = glyph_file(name, getattr(theme, token), stroke, inset).as_posix()
        yield f"image_{placeholder}", f'url("{path}")'

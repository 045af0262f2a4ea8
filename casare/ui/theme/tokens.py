"""The one table of the look: colours of both themes, distances, radii, type sizes and durations. Qt-free.

A colour is `#rrggbb`, or `#rrggbbaa` with the alpha last. No other file of the product holds a colour literal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casare.ui.theme.colour import channels, contrast, luminance, mix, over, with_alpha

__all__ = ["DARK", "LIGHT", "Theme", "channels", "contrast", "luminance", "mix", "over", "with_alpha"]

# Distances in pixels, on a 4 px grid.
SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
SPACE_XXL: Final = 32
ROW_HEIGHT: Final = 24
FIELD_HEIGHT: Final = 28
ICON_SIZE: Final = 16

# Corner radii in pixels.
RADIUS_CARD: Final = 8
RADIUS_FIELD: Final = 6
RADIUS_CHIP: Final = 4

# Type sizes in pixels.
TEXT_SMALL: Final = 9
"""Titles on the canvas seen from afar; nowhere else."""
TEXT_CAPTION: Final = 11
TEXT_BODY: Final = 12
TEXT_TITLE: Final = 13
TEXT_FIGURE: Final = 18
TEXT_HEADING: Final = 24

# Durations in milliseconds. Motion stays under 150 ms and is off when the system asks for less.
MOTION_FAST: Final = 80
MOTION_NORMAL: Final = 120
MOTION_SLOW: Final = 140
TOAST_SHOWN: Final = 6000


_SAME: Final = {"subgraphs": "flow"}
"""Sections of the palette that show another category's colour."""


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """Hold every colour of one appearance, by what it is for."""

    name: str
    dark: bool

    # Grounds, from the back to the front.
    window: str
    panel: str
    raised: str
    field: str
    overlay: str
    """Menus, tool tips and toasts: what floats above the rest."""
    canvas: str
    grid_dot: str
    node_body: str
    node_header: str
    """Header of a node without a category; see `header_ground` for the tinted ones."""
    frame_ground: str
    note_ground: str

    # Lines.
    line: str
    """Separates areas; decoration, not needed to understand anything."""
    line_strong: str
    """Edge of a button, a field under the pointer, a dragged splitter."""
    outline: str
    """Edge of a check box or an empty port: at least 3:1 on every ground."""

    # Text.
    text: str
    text_secondary: str
    text_muted: str
    text_disabled: str
    """Text of what cannot be used now; exempt from the contrast rule, as in WCAG 1.4.3."""

    # Accent and interaction.
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_ground: str
    on_accent: str
    hover: str
    pressed: str
    focus_ring: str
    selection_ring: str
    selection_ground: str
    """The rubber band on the canvas."""

    # State.
    ok: str
    ok_ground: str
    warning: str
    warning_ground: str
    error: str
    error_ground: str
    running: str
    stale: str

    # Canvas.
    control_wire: str
    critical_wire: str
    """Glow of the critical path in the profiler overlay."""
    wire_dead: str
    found: str
    """Ring around what a search has found, and the ground of the words that made it fit."""
    shadow: str
    scrim: str
    """Laid over a window behind a modal sheet."""

    heat: tuple[str, ...]
    """The heat scale from cold to hot, blue to yellow and steadily lighter (or darker), so that it does not need red
    and green to be told apart."""
    on_heat: tuple[str, ...]
    """Text on each step of the heat scale."""

    grades: Mapping[str, str]
    """Ground of each grade A-F, and of `?` for a workflow without a grade."""
    on_grades: Mapping[str, str]
    categories: Mapping[str, str]
    types: Mapping[str, str]

    def category(self, name: str) -> str:
        """Return the colour of a node category, that of `unknown` for a name not in the table."""
        return self.categories.get(_SAME.get(name, name)) or self.categories["unknown"]

    def data_type(self, name: str) -> str:
        """Return the colour of a data type, that of `object` for a name not in the table."""
        return self.types.get(name) or self.types["object"]

    def header_ground(self, category: str) -> str:
        """Return the ground of a node's header: the body with some of the category's colour in it."""
        return mix(self.node_body, self.category(category), 0.24 if self.dark else 0.16)

    def grade(self, letter: str | None) -> tuple[str, str]:
        """Return the ground and the text colour of a grade; None and unknown letters look like `?`."""
        key = letter if letter in self.grades else "?"
        return self.grades[key or "?"], self.on_grades[key or "?"]


DARK: Final = Theme(
    name="dark",
    dark=True,
    window="#14161a",
    panel="#1a1d22",
    raised="#21252b",
    field="#2a2f37",
    overlay="#252a31",
    canvas="#17191e",
    grid_dot="#2b3038",
    node_body="#23272e",
    node_header="#2d323a",
    frame_ground="#9286f51f",
    note_ground="#33302a",
    line="#30363f",
    line_strong="#434b57",
    outline="#7d8797",
    text="#e4e7ec",
    text_secondary="#b3bbc7",
    text_muted="#939cab",
    text_disabled="#646c79",
    accent="#5b9dff",
    accent_hover="#78afff",
    accent_pressed="#4a8bec",
    accent_ground="#22334d",
    on_accent="#0b1626",
    hover="#ffffff12",
    pressed="#ffffff1f",
    focus_ring="#5b9dff",
    selection_ring="#74acff",
    selection_ground="#5b9dff24",
    ok="#4cc38a",
    ok_ground="#1b3229",
    warning="#f0b35b",
    warning_ground="#382d1d",
    error="#f37f77",
    error_ground="#3b2425",
    running="#f0b35b",
    stale="#9499a0",
    control_wire="#f1f3f6",
    critical_wire="#ff6f61",
    wire_dead="#5c6470",
    found="#ffd84a",
    shadow="#00000080",
    scrim="#00000099",
    heat=("#22365c", "#3d4f72", "#5f6676", "#857f74", "#b3a067", "#e3c654", "#ffe04a"),
    on_heat=("#e4e7ec", "#e4e7ec", "#ffffff", "#0b0d10", "#101317", "#101317", "#101317"),
    grades=MappingProxyType(
        {
            "A": "#4cc38a",
            "B": "#58b4d6",
            "C": "#f0b35b",
            "D": "#ec9057",
            "E": "#ef7f62",
            "F": "#f0736a",
            "?": "#7d8797",
        }
    ),
    on_grades=MappingProxyType(dict.fromkeys("ABCDEF?", "#101317")),
    categories=MappingProxyType(
        {
            "flow": "#9286f5",
            "data": "#3ba5d1",
            "files": "#c68b31",
            "network": "#42af83",
            "models": "#da6fa2",
            "text": "#95a051",
            "variables": "#8b99ae",
            "dates": "#d87d4c",
            "maths": "#3ba9ba",
            "system": "#b38e8d",
            "triggers": "#b59521",
            "browser": "#4f9ee4",
            "desktop": "#8296d0",
            "mail": "#e17366",
            "documents": "#b98e6c",
            "google": "#60ad64",
            "messaging": "#bc7ad0",
            "database": "#44aba5",
            "scripts": "#87a272",
            "notes": "#a19a6f",
            "unknown": "#9499a0",
        }
    ),
    types=MappingProxyType(
        {
            "text": "#dea052",
            "number": "#5dbcdb",
            "integer": "#62c0bc",
            "float": "#79b1f9",
            "boolean": "#f09080",
            "list": "#cc99d4",
            "dict": "#76c382",
            "any": "#a6afbb",
            "control": "#f1f3f6",
            "bytes": "#d3a286",
            "object": "#a1a7ec",
        }
    ),
)

LIGHT: Final = Theme(
    name="light",
    dark=False,
    window="#f3f4f6",
    panel="#fafbfc",
    raised="#ffffff",
    field="#eceff3",
    overlay="#ffffff",
    canvas="#eef0f3",
    grid_dot="#d0d6de",
    node_body="#ffffff",
    node_header="#eff1f4",
    frame_ground="#6f61cc14",
    note_ground="#fbf4df",
    line="#d9dee5",
    line_strong="#bcc4cf",
    outline="#7a8494",
    text="#1d222a",
    text_secondary="#49525f",
    text_muted="#5f6877",
    text_disabled="#9aa2ae",
    accent="#1d66d6",
    accent_hover="#1757bb",
    accent_pressed="#124a9f",
    accent_ground="#e3edfc",
    on_accent="#ffffff",
    hover="#1d222a0f",
    pressed="#1d222a1c",
    focus_ring="#1d66d6",
    selection_ring="#1d66d6",
    selection_ground="#1d66d61f",
    ok="#177148",
    ok_ground="#e2f4ea",
    warning="#8a5408",
    warning_ground="#fcf1dc",
    error="#b8332a",
    error_ground="#fdeae8",
    running="#b06a0c",
    stale="#70757c",
    control_wire="#3a4350",
    critical_wire="#d8402f",
    wire_dead="#a3abb6",
    found="#a86a00",
    shadow="#1d222a2e",
    scrim="#1d222a66",
    heat=("#e3eaf6", "#c3cfe2", "#a3adbd", "#8c8f92", "#7a7152", "#5c5330", "#3d3510"),
    on_heat=("#1d222a", "#1d222a", "#1d222a", "#101317", "#ffffff", "#ffffff", "#ffffff"),
    grades=MappingProxyType(
        {
            "A": "#1a7a4f",
            "B": "#1b6f9c",
            "C": "#91610a",
            "D": "#b0521a",
            "E": "#b84526",
            "F": "#b8332a",
            "?": "#5f6877",
        }
    ),
    on_grades=MappingProxyType(dict.fromkeys("ABCDEF?", "#ffffff")),
    categories=MappingProxyType(
        {
            "flow": "#6f61cc",
            "data": "#037fa9",
            "files": "#9d6806",
            "network": "#058a60",
            "models": "#b14a7d",
            "text": "#727c2b",
            "variables": "#687589",
            "dates": "#b05925",
            "maths": "#058393",
            "system": "#8d6a69",
            "triggers": "#8d7102",
            "browser": "#2779bc",
            "desktop": "#6071aa",
            "mail": "#b84e44",
            "documents": "#936b4a",
            "google": "#3b8841",
            "messaging": "#9656a9",
            "database": "#0a8681",
            "scripts": "#647e4f",
            "notes": "#7c764c",
            "unknown": "#70757c",
        }
    ),
    types=MappingProxyType(
        {
            "text": "#9c630a",
            "number": "#087e9b",
            "integer": "#15827f",
            "float": "#3d73b6",
            "boolean": "#ac5346",
            "list": "#8d5d94",
            "dict": "#388447",
            "any": "#6a727e",
            "control": "#3a4350",
            "bytes": "#93654c",
            "object": "#666aab",
        }
    ),
)

"""What the token table promises of itself."""

from __future__ import annotations

from dataclasses import fields

import pytest

from casare.ui.dialogs.find_rows import FOUND_MARK
from casare.ui.theme import tokens
from casare.ui.theme.states import STATES
from casare.ui.theme.tokens import DARK, LIGHT, Theme, channels, contrast, luminance, mix, over, with_alpha

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
GROUNDS = ("window", "panel", "raised", "field", "overlay", "canvas", "node_body", "node_header", "note_ground")
CATEGORIES = tuple(DARK.categories)
TYPES = tuple(DARK.types)


def test_contrast_is_the_formula_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_colours_mix_in_equal_parts_and_with_alpha() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert over("#000000", "#ffffff80") == "#808080"
    assert with_alpha("#102030", 0.5) == "#10203080"
    assert channels("#10203040") == (16, 32, 48, 64)


@pytest.mark.parametrize("wrong", ["red", "#fff", "102030", "#1020304"])
def test_what_is_no_token_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        channels(wrong)


@THEMES
def test_every_colour_of_a_theme_parses(theme: Theme) -> None:
    strings = [getattr(theme, each.name) for each in fields(theme) if each.name not in ("name", "dark")]
    flat = [value for value in strings if isinstance(value, str)]
    for table in (theme.grades, theme.on_grades, theme.categories, theme.types):
        flat.extend(table.values())
    assert all(channels(value) for value in flat)


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["text", "text_secondary", "text_muted"])
def test_text_on_every_ground_reaches_wcag_aa(theme: Theme, ground: str, text: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("text", ["text", "text_secondary", "text_muted"])
@pytest.mark.parametrize("layer", ["hover", "accent_ground"])
def test_text_on_rows_under_the_pointer_or_selected_reaches_wcag_aa(theme: Theme, text: str, layer: str) -> None:
    assert contrast(getattr(theme, text), over(theme.panel, getattr(theme, layer))) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["panel", "raised", "window", "canvas", "overlay"])
@pytest.mark.parametrize("text", ["accent", "ok", "warning", "error"])
def test_coloured_text_reaches_wcag_aa(theme: Theme, ground: str, text: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("state", ["ok", "warning", "error"])
def test_state_text_on_its_own_ground_reaches_wcag_aa(theme: Theme, state: str) -> None:
    ground = getattr(theme, f"{state}_ground")
    assert contrast(getattr(theme, state), ground) >= 4.5
    assert contrast(theme.text, ground) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["accent", "accent_hover", "accent_pressed"])
def test_text_of_a_primary_button_reaches_wcag_aa_in_every_state(theme: Theme, ground: str) -> None:
    assert contrast(theme.on_accent, getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("letter", ["A", "B", "C", "D", "E", "F", "?", None, "Z"])
def test_grade_letters_reach_wcag_aa_and_their_chips_stand_out(theme: Theme, letter: str | None) -> None:
    ground, on = theme.grade(letter)
    assert contrast(on, ground) >= 4.5
    assert contrast(ground, theme.panel) >= 3


@THEMES
@pytest.mark.parametrize("category", CATEGORIES)
def test_node_titles_on_every_header_reach_wcag_aa(theme: Theme, category: str) -> None:
    assert contrast(theme.text, theme.header_ground(category)) >= 4.5
    assert contrast(theme.text_secondary, theme.header_ground(category)) >= 4.5


@THEMES
@pytest.mark.parametrize("category", CATEGORIES)
def test_category_icons_stand_out_on_headers_and_panels(theme: Theme, category: str) -> None:
    for ground in (theme.panel, theme.raised, theme.canvas, theme.header_ground(category)):
        assert contrast(theme.category(category), ground) >= 3


@THEMES
@pytest.mark.parametrize("name", TYPES)
def test_port_shapes_and_wires_stand_out(theme: Theme, name: str) -> None:
    for ground in (theme.node_body, theme.canvas, theme.panel):
        assert contrast(theme.data_type(name), ground) >= 3


@THEMES
@pytest.mark.parametrize(
    "name", ["focus_ring", "selection_ring", "outline", "control_wire", "critical_wire", "running", "found"]
)
def test_what_carries_meaning_without_text_stands_out(theme: Theme, name: str) -> None:
    for ground in (theme.panel, theme.canvas, theme.node_body, theme.field):
        assert contrast(getattr(theme, name), ground) >= 3


@THEMES
@pytest.mark.parametrize("layer", ["", "hover", "accent_ground"])
def test_words_marked_in_a_search_result_can_be_read(theme: Theme, layer: str) -> None:
    row = over(theme.overlay, getattr(theme, layer)) if layer else theme.overlay
    assert contrast(theme.text, over(row, with_alpha(theme.found, FOUND_MARK))) >= 4.5


@THEMES
def test_rows_that_are_chosen_leave_their_words_readable(theme: Theme) -> None:
    for text in ("text", "text_secondary", "text_muted"):
        for ground in ("overlay", "panel"):
            assert contrast(getattr(theme, text), over(theme.hover, getattr(theme, ground))) >= 4.5
        assert contrast(getattr(theme, text), theme.accent_ground) >= 4.5


@THEMES
def test_category_colours_are_of_one_lightness(theme: Theme) -> None:
    shades = [luminance(colour) for colour in theme.categories.values()]
    assert (max(shades) + 0.05) / (min(shades) + 0.05) < 1.25


@THEMES
def test_every_category_and_type_of_the_product_has_a_colour_of_its_own(theme: Theme) -> None:
    assert {"flow", "data", "files", "network", "models", "text", "variables", "unknown"} <= set(theme.categories)
    assert {"text", "number", "list", "dict", "any", "control", "object"} <= set(theme.types)
    assert tuple(theme.categories) == CATEGORIES
    assert tuple(theme.types) == TYPES
    assert len(set(theme.categories.values())) == len(CATEGORIES)
    assert len(set(theme.types.values())) == len(TYPES)


def test_unknown_categories_and_types_have_a_colour() -> None:
    assert DARK.category("no such") == DARK.categories["unknown"]
    assert DARK.data_type("no such") == DARK.types["object"]


def test_distances_lie_on_the_grid_and_motion_is_short() -> None:
    distances = [value for name, value in vars(tokens).items() if name.startswith("SPACE_")]
    motions = [value for name, value in vars(tokens).items() if name.startswith("MOTION_")]
    assert len(distances) > 3
    assert all(value % 4 == 0 for value in distances)
    assert all(0 < value < 150 for value in motions)


@THEMES
def test_found_rings_stand_out_on_the_canvas_and_on_every_card(theme: Theme) -> None:
    for ground in (theme.canvas, theme.node_body, theme.note_ground):
        assert contrast(theme.found, ground) >= 3


@THEMES
@pytest.mark.parametrize("status", sorted(STATES))
def test_the_mark_of_every_run_state_stands_out_on_cards_and_panels(theme: Theme, status: str) -> None:
    colour = getattr(theme, STATES[status].token)
    for ground in (theme.node_body, theme.panel, theme.canvas):
        assert contrast(colour, ground) >= 3


@THEMES
@pytest.mark.parametrize("data_type", TYPES)
def test_portal_tags_are_outlined_visibly_and_their_names_can_be_read(theme: Theme, data_type: str) -> None:
    assert contrast(theme.data_type(data_type), theme.canvas) >= 3
    assert contrast(theme.data_type(data_type), theme.overlay) >= 3
    assert contrast(theme.text, theme.overlay) >= 4.5


@THEMES
@pytest.mark.parametrize("text", ["text", "text_secondary", "text_muted"])
def test_hints_in_the_status_bar_and_on_empty_canvases_reach_wcag_aa(theme: Theme, text: str) -> None:
    for ground in (theme.window, theme.panel, theme.canvas):
        assert contrast(getattr(theme, text), ground) >= 4.5

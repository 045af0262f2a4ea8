"""Where a view has been, and what is remembered of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.places import OpenTabs, Place, PlaceHistory, Remembered, RememberedViews, Tabs

HERE, THERE, FAR = Place(0, 0, 1), Place(2000, 0, 1), Place(0, 9000, 0.5)


def test_going_back_and_forth_leads_through_the_places_in_order() -> None:
    history = PlaceHistory()
    for place in (HERE, THERE, FAR):
        history.note(place)
    assert [history.back(), history.back(), history.back()] == [THERE, HERE, None]
    assert [history.forward(), history.forward(), history.forward()] == [THERE, FAR, None]


def test_small_pans_make_no_history_but_move_the_last_place() -> None:
    history = PlaceHistory()
    history.note(HERE)
    history.note(Place(80, 40, 1.1))
    assert len(history) == 1
    assert history.current == Place(80, 40, 1.1)


def test_going_somewhere_else_forgets_what_was_gone_back_from() -> None:
    history = PlaceHistory()
    for place in (HERE, THERE):
        history.note(place)
    history.back()
    history.note(FAR)
    assert not history.can_go_forward
    assert history.back() == HERE


@given(st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), max_size=150))
def test_history_never_grows_without_end_and_back_ends_somewhere(points: list[tuple[int, int]]) -> None:
    history = PlaceHistory()
    for x, y in points:
        history.note(Place(x, y, 1))
    assert len(history) <= 100
    steps = 0
    while history.back() is not None:
        steps += 1
    assert steps == max(0, len(history) - 1)


def test_what_is_remembered_is_read_back_by_path(tmp_path: Path) -> None:
    file, workflow = tmp_path / "views.json", tmp_path / "größe 🎈.json"
    left = Remembered(Place(1, 2, 0.5), ("a", "b"), {3: HERE})
    RememberedViews(file).remember({workflow: left})
    assert RememberedViews(file).of(workflow) == left
    assert RememberedViews(file).of(tmp_path / "other.json") == Remembered()


@pytest.mark.parametrize("content", ["", "[]", '{"x": 3}', '{"x": {"place": [1, 2, 0]}}', "{" * 2000])
def test_a_damaged_file_counts_as_nothing_remembered(tmp_path: Path, content: str) -> None:
    file = tmp_path / "views.json"
    file.write_text(content)
    assert RememberedViews(file).of(Path("x")) == Remembered()


def test_only_so_many_files_are_remembered_and_the_latest_stay(tmp_path: Path) -> None:
    views = RememberedViews(tmp_path / "views.json")
    views.remember({tmp_path / f"{at}.json": Remembered(HERE) for at in range(310)})
    assert views.of(tmp_path / "0.json") == Remembered()
    assert views.of(tmp_path / "309.json").place == HERE


def test_open_tabs_are_read_back_in_order(tmp_path: Path) -> None:
    paths = (tmp_path / "b.json", tmp_path / "a.json")
    OpenTabs(tmp_path / "tabs.json").write(Tabs(paths, paths[1]))
    assert OpenTabs(tmp_path / "tabs.json").read() == Tabs(paths, paths[1])


@pytest.mark.parametrize("content", ["", "3", '{"paths": 3}', "null"])
def test_a_damaged_list_of_tabs_counts_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tabs.json"
    file.write_text(content)
    assert OpenTabs(file).read() == Tabs()

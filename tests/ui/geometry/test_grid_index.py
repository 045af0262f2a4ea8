"""Claims about finding things by place: exactly what a look at everything would find."""

from __future__ import annotations

from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from casare.foundation.rect import Rect
from casare.ui.geometry.grid_index import GridIndex

NUMBERS = st.one_of(
    st.sampled_from([-800.0, -400.0, -0.5, 0.0, 0.5, 399.6, 399.9999999, 400.0, 400.0000001, 800.0, 801.0, 1e9, -1e9]),
    st.floats(-3000, 3000),
    st.integers(-3000, 3000).map(float),
    st.floats(-1e9, 1e9),
)
SIZES = st.one_of(
    st.sampled_from([0.0, 200.0, 399.6, 400.0, 403.0, 799.0, 25_600.0, 1e9]), st.floats(0, 900), st.floats(0, 1e9)
)
RECTS = st.builds(Rect, NUMBERS, NUMBERS, SIZES, SIZES)
EDITS = st.lists(st.tuples(st.integers(0, 9), st.none() | RECTS), max_size=40)


@example([(0, Rect(399.6, 399.6, 403, 403))], [Rect(801, 801, 10, 10)], False)
@example([(0, Rect(399.6, 399.6, 403, 403))], [Rect(801, 801, 10, 10)], True)
@given(EDITS, st.lists(RECTS, min_size=1, max_size=6), st.booleans())
def test_a_query_finds_what_a_look_at_everything_finds(
    edits: list[tuple[int, Rect | None]], queries: list[Rect], filled: bool
) -> None:
    index: GridIndex[int] = GridIndex(400)
    everything: dict[int, Rect] = {}
    if filled:
        everything = {100 + number: rect for number, (_, rect) in enumerate(edits[:10]) if rect is not None}
        index.fill(dict(everything))
    for key, rect in edits:
        if rect is None:
            index.remove(key)
            everything.pop(key, None)
        else:
            index.insert(key, rect)
            everything[key] = rect
    for query in (*queries, *everything.values()):
        assert index.query(query) == {key for key, rect in everything.items() if query.touches(rect)}
    assert len(index) == len(everything)


@given(st.lists(RECTS, max_size=12))
def test_an_index_that_has_been_emptied_holds_no_cells(rects: list[Rect]) -> None:
    index: GridIndex[int] = GridIndex(400)
    for key, rect in enumerate(rects):
        index.insert(key, rect)
    for key in range(len(rects)):
        index.remove(key)
        index.remove(key)
    assert len(index) == 0
    assert index._grids == {}


def test_adding_a_thing_takes_one_cell_however_large_it_is() -> None:
    index: GridIndex[str] = GridIndex(400)
    for key, size in (("small", 10.0), ("large", 10_000.0), ("huge", 1e9)):
        index.insert(key, Rect(0, 0, size, size))
    assert sum(len(cells) for cells in index._grids.values()) == 3


def test_a_query_far_from_everything_looks_at_no_key() -> None:
    looked_at: list[int] = []

    class Watched(tuple[float, float, float, float]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            looked_at.append(1)
            return super().__iter__()

    index: GridIndex[int] = GridIndex(400)
    for number in range(10_000):
        index.insert(number, Watched((number % 100 * 280.0, number // 100 * 200.0, 200.0, 100.0)))
    looked_at.clear()
    assert len(index.query(Rect(5000, 5000, 1600, 900))) in range(20, 60)
    few = len(looked_at)
    assert few < 300, "what is looked at grows with the view, not with the graph"
    assert index.query(Rect(-9000, -9000, 100, 100)) == set()
    assert len(looked_at) == few


LARGE = st.builds(
    Rect, st.floats(-20_000, 20_000), st.floats(-20_000, 20_000), st.floats(0, 9_000), st.floats(0, 9_000)
)


@given(st.integers(0, 2**32 - 1), st.lists(LARGE, min_size=1, max_size=4), LARGE)
def test_many_large_things_are_found_after_edits_too(seed: int, asked: list[Rect], moved: Rect) -> None:
    chance = Random(seed)
    index: GridIndex[int] = GridIndex(400)
    boxes = {
        key: Rect(
            chance.uniform(-2e4, 2e4), chance.uniform(-2e4, 2e4), chance.uniform(900, 9e3), chance.uniform(0, 9e3)
        )
        for key in range(500)
    }
    index.fill(dict(boxes))
    for rect in asked:
        small = Rect(rect.x, rect.y, 700, 500)
        assert index.query(small) == {key for key, box in boxes.items() if box.touches(small)}
        key = chance.randrange(500)
        boxes[key] = moved
        index.insert(key, moved)
        assert index.query(small) == {key for key, box in boxes.items() if box.touches(small)}


@given(st.lists(RECTS, max_size=30), LARGE)
def test_what_lies_within_is_what_a_look_at_everything_finds(rects: list[Rect], asked: Rect) -> None:
    index: GridIndex[int] = GridIndex(400)
    for key, rect in enumerate(rects):
        index.insert(key, rect)
    assert index.within(asked) == {key for key, rect in enumerate(rects) if asked.encloses(rect)}

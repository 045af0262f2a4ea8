"""What is kept of the turns of nodes, and what is let go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casare.app.running.turns import Turn, TurnBook


def turn(number: int, *turns: int) -> Turn:
    return Turn(number, turns, "completed", 0.0, 0.001, "")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 400)), max_size=60))
def test_values_stay_within_the_budget_and_the_newest_are_kept(added: list[tuple[str, int]]) -> None:
    book = TurnBook(budget=2_000, most=5)
    for number, (node_id, size) in enumerate(added):
        book.add(node_id, turn(number), {"text": "x" * size})
    held = [one for node_id in "abc" for one in book.turns(node_id)]
    assert all(len(book.turns(node_id)) <= 5 for node_id in "abc")
    assert sum(one.size for one in held) <= 2_000
    if added:
        newest = max(held, key=lambda one: one.number)
        assert newest.number == len(added) - 1
        assert newest.values is not None


def test_a_turn_goes_with_the_turn_of_another_node_around_it() -> None:
    book = TurnBook()
    for region in range(2):
        book.add("outer", turn(region, region), {"at": region})
        for product in range(2):
            book.add("inner", turn(region * 2 + product, region, product), {"at": (region, product)})
    outer = book.beside("outer", (0, 1))
    inner = book.beside("inner", (0,))
    assert outer is not None
    assert inner is not None
    assert outer.values == {"at": 0}
    assert inner.values == {"at": (0, 1)}
    assert book.beside("inner", (5,)) is None


def test_the_last_turn_with_values_is_preferred_to_one_without() -> None:
    book = TurnBook()
    book.add("a", turn(0), {"x": 1})
    book.add("a", turn(1), None)
    last = book.last("a")
    assert last is not None
    assert last.values == {"x": 1}
    assert book.last("b") is None

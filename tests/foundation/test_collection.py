"""What the garbage collector does while many values are made, and right after."""

from __future__ import annotations

import gc

from casare.foundation.collection import MANY, without_collection


def test_nothing_is_collected_inside_and_all_is_as_before_afterwards() -> None:
    assert gc.isenabled()
    with without_collection():
        assert not gc.isenabled()
        with without_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_very_many_new_values_are_old_at_the_end_so_that_nobody_looks_through_them_at_once() -> None:
    with without_collection():
        made: list[list[int]] = [[] for _ in range(2 * MANY)]
        assert gc.get_count()[0] > MANY
    assert gc.get_count()[0] < MANY
    assert gc.get_freeze_count() == 0
    assert len(made) == 2 * MANY


def test_a_few_new_values_stay_young() -> None:
    gc.collect()
    with without_collection():
        made: list[list[int]] = [[] for _ in range(MANY // 10)]
    assert gc.get_count()[0] >= len(made) or gc.get_count()[1] > 0

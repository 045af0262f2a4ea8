"""Comparing tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.tables import data_compare

OLD = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"}, {"id": 3, "name": "Cy"}]
NEW = [{"id": 3, "name": "Cyd"}, {"id": 1, "name": "Ann"}, {"id": 4, "name": "Dee"}]


def test_rows_are_told_apart_by_key() -> None:
    found = data_compare(OLD, NEW, "id")
    assert found.only_in_a == [OLD[1]]
    assert found.only_in_b == [NEW[2]]
    assert found.matched == [
        {"key": {"id": 1}, "row_a": OLD[0], "row_b": NEW[1], "is_modified": False, "different_columns": []},
        {"key": {"id": 3}, "row_a": OLD[2], "row_b": NEW[0], "is_modified": True, "different_columns": ["name"]},
    ]
    assert found.diff_summary == {
        "added_count": 1, "removed_count": 1, "modified_count": 1, "matched_count": 2,
        "total_a": 3, "total_b": 3, "key_columns": ["id"],
    }  # fmt: skip
    assert found.has_differences


@pytest.mark.parametrize(
    ("a", "b", "keys", "options", "expected"),
    [
        ([], [], "", {}, (0, 0, 0, False)),
        (None, None, "id", {}, (0, 0, 0, False)),
        ([{"x": 1}], None, "", {}, (1, 0, 0, True)),
        ([{"x": 1}], [{"x": 1}], "", {}, (0, 0, 0, False)),
        ([{"x": 1}], [{"x": 2}], "", {}, (0, 0, 1, True)),
        ([{"x": 1}], [{"x": 2}], "", {"compare_all_columns": False}, (0, 0, 0, False)),
        ([{"x": "A"}], [{"x": "a"}], "x", {}, (1, 1, 0, True)),
        ([{"x": "A"}], [{"x": "a"}], "x", {"case_sensitive": False}, (0, 0, 0, False)),
        ([{"k": 1, "x": "A"}], [{"k": 1, "x": "a"}], "k", {"case_sensitive": "no"}, (0, 0, 0, False)),
        ([{"k": 1}, {"k": 1}], [{"k": 1}], "k", {}, (1, 0, 0, True)),
        ([{"k": [1], "l": 2}], [{"l": 2, "k": [1]}], " k , l ", {}, (0, 0, 0, False)),
        ([{"k": 1, "x": True}], [{"k": 1, "x": 1}], "k", {}, (0, 0, 1, True)),
        ([{"k": 1}], [{"k": 1, "extra": None}], "k", {}, (0, 0, 0, False)),
        ('[{"k": 1}]', '[{"k": 2}]', "k", {}, (1, 1, 0, True)),
    ],
)
def test_tables_of_all_sorts(a: Any, b: Any, keys: str, options: Any, expected: tuple[int, int, int, bool]) -> None:
    found = data_compare(a, b, keys, **options)
    counts = (len(found.only_in_a), len(found.only_in_b), found.diff_summary["modified_count"])
    assert (*counts, found.has_differences) == expected


@pytest.mark.parametrize(
    ("a", "b", "keys", "match"),
    [
        (OLD, NEW, "ident", "key_columns: no row of data_a has a column 'ident'; the first has id, name"),
        (OLD, [{"x": 1}], "id", "key_columns: no row of data_b has a column 'id'"),
        ([{"x": 1}, 5], [], "", "data_a, row 1: expected a dict, got number 5"),
        ([], "rows", "", "data_b: expected a list, got text 'rows'"),
    ],
)
def test_what_is_no_table_is_an_error(a: Any, b: Any, keys: str, match: str) -> None:
    with pytest.raises((ValueError, TypeError), match=match):
        data_compare(a, b, keys)


tables = st.lists(st.fixed_dictionaries({"k": st.integers(0, 3), "v": st.integers(0, 2)}), max_size=6)


@settings(max_examples=40)
@given(tables, tables, st.sampled_from(["", "k", "k,v"]))
def test_every_row_is_found_once(a: list[Any], b: list[Any], keys: str) -> None:
    found = data_compare(a, b, keys)
    assert len(found.only_in_a) + len(found.matched) == len(a)
    assert len(found.only_in_b) + len(found.matched) == len(b)
    back = data_compare(b, a, keys)
    assert len(back.matched) == len(found.matched)
    assert back.has_differences == found.has_differences


@settings(max_examples=30)
@given(tables)
def test_a_table_does_not_differ_from_itself(table: list[Any]) -> None:
    assert not data_compare(table, table, "k").has_differences

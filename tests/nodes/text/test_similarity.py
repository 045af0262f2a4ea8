"""The nodes that compare texts by how alike they are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.text.similarity import filter_by_similarity, fuzzy_string_match

FRUIT = ["apple", "aple", "banana", "apple pie"]


def test_the_most_similar_candidate_wins() -> None:
    best = fuzzy_string_match("apl", FRUIT)
    assert (best.matched_string, best.match_index, best.is_match) == ("aple", 1, True)
    assert set(best.all_scores) == set(FRUIT)
    assert best.match_score == max(best.all_scores.values())


@pytest.mark.parametrize(
    ("search", "candidates", "threshold", "expected"),
    [
        ("apple", ["apple"], 0.6, ("apple", 1.0, 0, True)),
        ("apple", ["banana", "apple", "apple"], 1, ("apple", 1.0, 1, True)),
        ("abcd", ["abxx"], 0.6, ("", 0.5, 0, False)),
        ("abcd", ["abxx"], "0.5", ("abxx", 0.5, 0, True)),
        ("abcd", [None, 5, "abcd"], 0.6, ("abcd", 1.0, 2, True)),
        ("abcd", '["abcd"]', 0.6, ("abcd", 1.0, 0, True)),
        ("abcd", [], 0.6, ("", 0.0, -1, False)),
        ("abcd", None, 0, ("", 0.0, -1, False)),
        ("", ["a"], 0, ("", 0.0, -1, False)),
        ("日本語", ["日本", "english"], 0.6, ("日本", 0.8, 0, True)),
    ],
)
def test_fuzzy_match_gives_text_score_place_and_verdict(
    search: str, candidates: Any, threshold: Any, expected: tuple[str, float, int, bool]
) -> None:
    assert fuzzy_string_match(search, candidates, threshold)[:4] == expected


@pytest.mark.parametrize(
    ("items", "text", "threshold", "kept"),
    [
        (FRUIT, "apple", 0.8, ["apple", "aple"]),
        (FRUIT, "apple", 1, ["apple"]),
        (["apple", 7, None], "apple", 0.9, ["apple", 7, None]),
        (FRUIT, "", 0.1, []),
        ([], "apple", 0.1, []),
        (None, "apple", 0.1, []),
    ],
)
def test_filter_keeps_what_is_alike_enough(items: Any, text: str, threshold: float, kept: list[Any]) -> None:
    result = filter_by_similarity(items, text, threshold)
    assert result.filtered_list == kept
    assert result.number == len(kept)


@pytest.mark.parametrize(
    "body", [lambda t: fuzzy_string_match("a", ["a"], t), lambda t: filter_by_similarity(["a"], "a", t)]
)
@pytest.mark.parametrize("threshold", [-0.1, 1.1, "high", None])
def test_a_threshold_that_is_none_is_refused(body: Any, threshold: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="threshold: expected a number"):
        body(threshold)


def test_too_much_text_is_refused() -> None:
    with pytest.raises(ValueError, match="candidates: too much text to compare with 10,000 characters"):
        fuzzy_string_match("a" * 10_000, ["b" * 10_000])


@settings(max_examples=40)
@given(st.lists(st.text(max_size=8)), st.text(min_size=1, max_size=8))
def test_scores_lie_between_0_and_1_and_a_text_is_most_like_itself(items: list[str], text: str) -> None:
    result = filter_by_similarity([*items, text], text, 1)
    assert all(0 <= score <= 1 for score in result.scores.values())
    assert result.scores[text] == 1
    assert all(item == text for item in result.filtered_list)

"""Nodes that compare texts by how alike they are."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Annotated, Any, NamedTuple

from casare.sdk import Cost, Out, Param, as_list, as_number, as_text, node

MOST_WORK = 50_000_000
"""Pairs of characters compared in one run; a few seconds."""

Threshold = Annotated[
    float, Param(minimum=0, maximum=1, step=0.05, help="How alike is alike enough: 0 anything, 1 only the same text.")
]


class BestMatch(NamedTuple):
    """The most similar candidate (empty below the threshold), its score and place, and all scores."""

    matched_string: str
    match_score: float
    match_index: Annotated[int, Out(help="The place of the best candidate in the list, -1 without one.")]
    is_match: bool
    all_scores: dict[str, float]


class Similar(NamedTuple):
    """The items alike enough, the score of every text, and the number of items kept."""

    filtered_list: list[Any]
    scores: dict[str, float]
    number: Annotated[int, Out("count")]


@node(
    "FuzzyStringMatchNode",
    title="Find similar text",
    category="text",
    icon="whole-word",
    cost=Cost(5, 0.5, 0.3),
    headline="search_string",
    keywords=("fuzzy", "similar", "typo", "approximate", "closest"),
    pure=True,
)
def fuzzy_string_match(
    search_string: Annotated[str, Param(help="The text to find the closest candidate for.")] = "",
    candidates: Annotated[
        list[Any] | None, Param(help="The texts to choose from; what is no text is passed over.")
    ] = None,
    threshold: Threshold = 0.6,
) -> BestMatch:
    """Find the text in a list that is most like another.

    The score is 2·M/T: M characters in common blocks of T in both texts together (Ratcliff and Obershelp). Of
    candidates that score the same, the first is taken.
    """
    wanted, least = as_text(search_string), _threshold(threshold)
    best = BestMatch("", 0.0, -1, False, {})
    if not wanted:
        return best
    scores: dict[str, float] = {}
    for index, candidate, score in _scores(wanted, as_list(candidates, "candidates"), "candidates"):
        scores[candidate] = score
        if score > best.match_score:
            best = BestMatch(candidate, score, index, score >= least, {})
    return best._replace(matched_string=best.matched_string if best.is_match else "", all_scores=scores)


@node(
    "FilterBySimilarityNode",
    title="Keep similar texts",
    category="text",
    icon="list-filter",
    cost=Cost(5, 0.5, 0.3),
    headline="filter_string",
    keywords=("fuzzy", "similar", "approximate", "filter"),
    pure=True,
)
def filter_by_similarity(
    input_list: Annotated[
        list[Any] | None, Param(aliases=("list",), help="The texts to filter; what is no text is kept.")
    ] = None,
    filter_string: Annotated[str, Param(help="The text to be like.")] = "",
    threshold: Threshold = 0.6,
) -> Similar:
    """Keep the items of a list that are like a text.

    The score is that of Find similar text. Without a text to be like, nothing is kept.
    """
    items, wanted, least = as_list(input_list, "input_list"), as_text(filter_string), _threshold(threshold)
    if not wanted:
        return Similar([], {}, 0)
    scores = {candidate: score for _, candidate, score in _scores(wanted, items, "input_list")}
    kept = [item for item in items if not isinstance(item, str) or scores[item] >= least]
    return Similar(kept, scores, len(kept))


def _scores(wanted: str, items: list[Any], name: str) -> Iterator[tuple[int, str, float]]:
    texts = [(index, item) for index, item in enumerate(items) if isinstance(item, str)]
    if len(wanted) * sum(len(text) for _, text in texts) > MOST_WORK:
        raise ValueError(f"{name}: too much text to compare with {len(wanted):,} characters; give shorter texts")
    matcher = SequenceMatcher(None, autojunk=True)
    for index, text in texts:
        matcher.set_seqs(wanted, text)
        yield index, text, matcher.ratio()


def _threshold(value: object) -> float:
    threshold = float(as_number(value, "threshold"))
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold: expected a number from 0 to 1, got {threshold:g}")
    return threshold

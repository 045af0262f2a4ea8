"""Find things by typing: order-free words, abbreviations and small slips, ranked so that the first hit is meant.

Used for node types, commands and files. The caller says which texts of a thing may be searched; the ranking says how
well each word of the query fits them. Every word of the query must fit somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_TITLE, _KEYWORD, _ID, _GROUP, _TEXT = 1.0, 0.8, 0.6, 0.55, 0.3

_SURE, _WEAK = 66.0, 42.0
"""The score of a hit that is surely meant, and that below which a hit beside it is noise."""


class Fields(NamedTuple):
    """What of a thing may be searched, from the most to the least telling."""

    title: str
    keywords: tuple[str, ...] = ()
    id: str = ""
    group: str = ""
    text: str = ""
    """A sentence or list of which only whole words and their starts count."""


class _Prepared(NamedTuple):
    title: tuple[str, ...]
    keywords: tuple[tuple[str, ...], ...]
    id: tuple[str, ...]
    group: tuple[str, ...]
    text: tuple[str, ...]


class Hit(NamedTuple, Generic[T]):
    """A thing that was found, and how well it fits (higher is better)."""

    item: T
    score: float


class SearchIndex(Generic[T]):
    """Hold things ready to be searched; build it once for a list and ask it at every key press."""

    def __init__(self, items: Iterable[T], fields: Callable[[T], Fields]) -> None:
        self._rows: list[tuple[T, _Prepared]] = [(item, _prepared(fields(item))) for item in items]

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, query: str, *, favour: Callable[[T], float] | None = None) -> list[T]:
        """Return what fits `query`, best first; an empty query returns everything in its order.

        `favour` adds to the score of a thing, as for what was used lately; 10 is about one class of fit.
        """
        return [hit.item for hit in self.hits(query, favour=favour)]

    def hits(self, query: str, *, favour: Callable[[T], float] | None = None) -> list[Hit[T]]:
        """Return what fits `query` with its score, best first; equal scores keep the order of the list."""
        tokens = words(query)
        found: list[Hit[T]] = []
        for item, prepared in self._rows:
            score = _score(tokens, prepared)
            if score is not None:
                found.append(Hit(item, score + (favour(item) if favour else 0.0)))
        if tokens or favour:
            found.sort(key=lambda hit: -hit.score)
        if tokens and found and found[0].score >= _SURE:
            # Where something fits well, what fits by a letter here and there is noise.
            return [hit for hit in found if hit.score >= _WEAK]
        return found


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case; `HttpRequestNode` has three, `read_file` two."""
    return tuple(word.lower() for word in _WORD.findall(text))


def fit(token: str, into: Sequence[str]) -> float:
    """Return how well one word of a query fits a phrase of `into` words: 0 not at all, 100 it is one of them."""
    best = 0.0
    for place, word in enumerate(into):
        first = 4.0 if place == 0 else 0.0
        if word == token:
            best = max(best, 96 + first)
        elif word.startswith(token):
            best = max(best, 72 + 12 * len(token) / len(word) + first)
        elif len(token) > 2 and token in word:
            best = max(best, 40 + 10 * len(token) / len(word))
        elif len(word) > 3 and token.startswith(word):
            best = max(best, 54)
    if best >= 72 or len(token) < 2 or not into:
        return best
    return max(best, _loose_fit(token, into, best > 0))


@lru_cache(maxsize=8192)
def _keyword_fit(token: str, keyword: tuple[str, ...]) -> float:
    # A thousand workflows share their node types: each pair is weighed once.
    return fit(token, keyword)


def _loose_fit(token: str, into: Sequence[str], contained: bool) -> float:
    """Return how well a word fits as words run together, as initials, as starts of words, or with a slip."""
    joined = "".join(into)
    if joined.startswith(token):
        return 76
    if len(into) > 1 and "".join(word[0] for word in into).startswith(token):
        return 66
    if len(into) > 1 and _chains(token, into):
        return 60
    if contained or len(token) < 3:
        return 0
    return 30 if _close(token, into) else _scattered(token, joined)


def _prepared(fields: Fields) -> _Prepared:
    return _Prepared(
        words(fields.title),
        tuple(words(keyword) for keyword in fields.keywords),
        words(fields.id),
        words(fields.group),
        words(fields.text),
    )


def _score(tokens: Sequence[str], row: _Prepared) -> float | None:
    if not tokens:
        return 0.0
    total = 0.0
    in_title = 0
    for token in tokens:
        in_words = fit(token, row.title) * _TITLE
        best = max(
            in_words,
            max((_keyword_fit(token, keyword) for keyword in row.keywords), default=0.0) * _KEYWORD,
            fit(token, row.id) * _ID,
            _start(token, row.group) * _GROUP,
            _start(token, row.text) * _TEXT,
        )
        if not best:
            return None
        in_title += best == in_words
        total += best
    # A title that says nothing beyond the query is nearer to it than a long one with the same words.
    said = in_title / max(1, len(row.title))
    whole = 12.0 if row.title == tuple(tokens) else 0.0
    return total / len(tokens) + 8 * min(1.0, said) + whole


def _start(token: str, into: Sequence[str]) -> float:
    return max((96.0 if word == token else 76.0 for word in into if word.startswith(token)), default=0.0)


def _chains(token: str, into: Sequence[str]) -> bool:
    """Tell whether `token` is made of starts of some of the words in their order: `htreq` of http request."""

    def follow(rest: str, place: int) -> bool:
        if not rest:
            return True
        for at in range(place, len(into)):
            longest = 0
            for one, other in zip(rest, into[at], strict=False):
                if one != other:
                    break
                longest += 1
            if any(follow(rest[length:], at + 1) for length in range(longest, 0, -1)):
                return True
        return False

    return follow(token, 0)


def _close(token: str, into: Sequence[str]) -> bool:
    return len(token) > 3 and any(_one_slip(token, word[: len(token) + gap]) for word in into for gap in (-1, 0, 1))


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter added, left out, changed, or two swapped makes the one into the other."""
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _scattered(token: str, joined: str) -> float:
    """Return a small score when the letters of `token` stand in `joined` in order and not far apart."""
    if len(token) < 3 or joined[:1] != token[0]:
        return 0.0
    at = 0
    for letter in token:
        at = joined.find(letter, at) + 1
        if not at:
            return 0.0
    gaps = at - len(token)
    return 24.0 - gaps if gaps <= len(token) + 2 else 0.0

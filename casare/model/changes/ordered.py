"""Put entries into a dict at given places, and take them out remembering the places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

Places = tuple[int, ...]
"""The final index of each entry; empty means: at the end."""


def put(mapping: dict[K, V], entries: Mapping[K, V], places: Places) -> bool:
    """Insert `entries` so that each ends at its place; tell whether that was after all the others.

    `places` must rise, as `take` gives them; what does not fit comes last. Only what follows the first place is moved.
    """
    if not places or places[0] >= len(mapping):
        mapping.update(entries)
        return True
    arriving = list(zip(places, entries.items(), strict=True))
    following = list(islice(mapping.items(), places[0], None))
    for key, _ in following:
        del mapping[key]
    taken = 0
    for place, (key, value) in arriving:
        until = max(taken, place - len(mapping) + taken)
        mapping.update(following[taken:until])
        taken = until
        mapping[key] = value
    mapping.update(following[taken:])
    return False


def take(mapping: dict[K, V], keys: Collection[K]) -> tuple[dict[K, V], Places]:
    """Remove `keys` and return them in the order they stood, with the places that `put` needs to restore them."""
    last = next(reversed(mapping), None)
    if len(keys) == 1 and last in keys:
        assert last is not None
        return {last: mapping.pop(last)}, (len(mapping),)
    wanted = keys if isinstance(keys, (set, frozenset, dict)) else set(keys)
    taken: dict[K, V] = {}
    places: list[int] = []
    for index, (key, value) in enumerate(mapping.items()):
        if key in wanted:
            taken[key] = value
            places.append(index)
    for key in taken:
        del mapping[key]
    return taken, tuple(places)


def first_missing(mapping: Mapping[K, V], keys: Sequence[K] | Collection[K]) -> K | None:
    """Return the first of `keys` that `mapping` lacks."""
    return next((key for key in keys if key not in mapping), None)

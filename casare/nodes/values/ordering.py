"""An order and an identity for values of any kind, so that mixed lists can be sorted and freed of duplicates."""

from __future__ import annotations

import datetime
import math
from collections.abc import Hashable, Mapping, Set
from typing import Any


def sort_key(value: Any) -> tuple[Any, ...]:
    """Return a key that puts any two values in order: numbers, texts, dates, lists, all else by its text, nothing last.

    NaN comes after all numbers, so that it cannot spoil their order.
    """
    if value is None:
        return (9,)
    if isinstance(value, (int, float)):
        return (0, 1, 0) if isinstance(value, float) and math.isnan(value) else (0, 0, value)
    if isinstance(value, str):
        return (1, value)
    if isinstance(value, datetime.date):
        # Neither days and times nor times with and without a zone can be compared; each kind is kept together.
        zoned = isinstance(value, datetime.datetime) and value.tzinfo is not None
        return (2, type(value).__name__, zoned, value)
    if isinstance(value, (list, tuple)):
        return (4, [sort_key(item) for item in value])
    return (5, type(value).__name__, str(value))


def identity(value: Any) -> Hashable:
    """Return something hashable that is equal for equal values only; true and 1 are not equal, 1 and 1.0 are."""
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, (list, tuple)):
        return (list, tuple(identity(item) for item in value))
    if isinstance(value, Mapping):
        return (dict, frozenset((identity(key), identity(item)) for key, item in value.items()))
    if isinstance(value, Set):
        return (set, frozenset(identity(item) for item in value))
    try:
        hash(value)
    except TypeError:
        return (type(value), repr(value))
    named: Hashable = value
    return named

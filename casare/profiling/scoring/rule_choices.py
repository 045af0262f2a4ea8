"""Which rules a person wants, and how strict each is to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple


class Limit(NamedTuple):
    """The figure above which a rule finds something: what it counts, its unit, its default and its range."""

    title: str
    unit: str
    default: float
    least: float
    most: float


@dataclass(frozen=True)
class RuleChoices:
    """Rules that are off, and limits other than their defaults, by rule id. Unknown ids are passed over."""

    off: frozenset[str] = frozenset()
    limits: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, off: Iterable[str], limits: Mapping[str, float]) -> RuleChoices:
        """Return choices as settings hold them."""
        return cls(frozenset(off), dict(limits))


NO_CHOICES: Final = RuleChoices()
"""Every rule is on, with its default."""

"""How long ago something was, in words."""

from __future__ import annotations

from typing import Final

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_STEPS: Final = (
    # (up to this many seconds, seconds in one, word for one, word for many)
    (_HOUR, _MINUTE, "1 minute ago", "{} minutes ago"),
    (_DAY, _HOUR, "1 hour ago", "{} hours ago"),
    (7 * _DAY, _DAY, "yesterday", "{} days ago"),
    (30 * _DAY, 7 * _DAY, "last week", "{} weeks ago"),
    (365 * _DAY, 30 * _DAY, "last month", "{} months ago"),
)


def age(then: float, now: float) -> str:
    """Return how long `then` lies before `now`, both in seconds since the epoch; the future is "just now"."""
    passed = now - then
    if passed < _MINUTE:
        return "just now"
    for limit, one, single, several in _STEPS:
        if passed < limit:
            count = int(passed // one)
            return single if count == 1 else several.format(count)
    years = int(passed // (365 * _DAY))
    return "last year" if years == 1 else f"{years} years ago"

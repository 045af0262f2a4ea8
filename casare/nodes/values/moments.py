"""A point in time read from what people and programs write: ISO, timestamps, common formats, a given format."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d",
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y",
    "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y",
)  # fmt: skip
_TIMES = ("", " %H:%M:%S", " %H:%M", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", "T%H:%M:%S", ", %H:%M")
_DIGITS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_DIRECTIVE = re.compile("%(.)")
_DAYS = frozenset("de")
_YEARS = frozenset("YyGcxDF")
_MILLISECONDS_FROM = 100_000_000_000
"""A timestamp from here on counts milliseconds: as seconds it would be the year 5138."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_moment(value: object, what: str, pattern: str = "") -> datetime:
    """Return the point in time that `value` means.

    A datetime or date is taken as it is, a number as seconds (or milliseconds) since 1970 in local time, a text by
    `pattern` (strptime) or else as ISO, a timestamp, a common format (day before month where both could be), or an
    e-mail date. Raises TypeError or ValueError naming `what`.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_timestamp(value, what)
    if not isinstance(value, str):
        raise TypeError(f"{what} must be a date, but it is {type(value).__name__}")
    text = value.strip()
    if not text:
        raise ValueError(f"{what} is empty; write a date there, such as 2024-01-31 14:30")
    if not pattern:
        return _guessed(text, what)
    try:
        return _parsed(text, pattern)
    except ValueError:
        raise ValueError(f"{what} {text!r} does not fit the format {pattern!r}") from None


def timestamp_of(moment: datetime) -> float:
    """Return seconds since 1970; a time without a zone is local time."""
    try:
        return moment.timestamp()
    except (OverflowError, OSError, ValueError):
        # Years near 1 and 9999 have no local time that the system knows; UTC is at most a day off.
        return (moment.replace(tzinfo=UTC) - _EPOCH).total_seconds()


def comparable(first: datetime, second: datetime) -> tuple[datetime, datetime]:
    """Return two moments that can be compared: where only one has a zone, the other is taken as local time."""
    if (first.tzinfo is None) == (second.tzinfo is None):
        return first, second
    return _zoned(first), _zoned(second)


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone of a name such as Europe/Berlin, UTC or +02:00, None for an empty name.

    Raises ValueError for a name that no zone has.
    """
    text = name.strip()
    if not text or text.lower() == "local":
        return None
    if text.upper() in ("UTC", "Z", "GMT"):
        return UTC
    try:
        if text[0] in "+-":
            found = datetime.strptime(text, "%z").utcoffset()
            return timezone(found or timedelta())
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"timezone {text!r} is not known; write one such as Europe/Berlin, UTC or +02:00") from None


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment.replace(tzinfo=UTC)


def _from_timestamp(number: float, what: str) -> datetime:
    seconds = number / 1000 if abs(number) >= _MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(seconds)
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"{what} {number} is no timestamp: it lies outside the years 1 to 9999") from None


def _guessed(text: str, what: str) -> datetime:
    digits = text.lstrip("-")
    # Digits alone come first: ISO would read the thirteen digits of a timestamp in milliseconds as a date.
    if digits.replace(".", "", 1).isdecimal() and digits.isascii():
        found = _try(text, _DIGITS[len(text)]) if len(text) in _DIGITS else None
        return found or _from_timestamp(float(text), what)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for day, time in itertools.product(_DATES, _TIMES):
        found = _try(text, day + time)
        if found:
            return found
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        raise ValueError(
            f"{what} {text!r} is no date that is understood; write it as 2024-01-31 14:30, or say its format"
        ) from None


def _parsed(text: str, pattern: str) -> datetime:
    told = set(_DIRECTIVE.findall(pattern))
    if told & _DAYS and not told & _YEARS:
        # Python means to do without its default year, 1900, for a day of a month; here it stays.
        return datetime.strptime(f"1900 {text}", f"%Y {pattern}")
    return datetime.strptime(text, pattern)


def _try(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)
    except ValueError:
        return None

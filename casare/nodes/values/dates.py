"""Dates and times: now, format, parse, add, difference, comparison.

Times without a zone are local time. Wherever a date comes in, text in many forms, a timestamp and a datetime all do.
"""

from __future__ import annotations

import calendar
import time
from datetime import datetime, timedelta
from typing import Annotated, Any, NamedTuple

from casare.nodes.values.moments import comparable, read_moment, timestamp_of, zone_named
from casare.sdk import Cost, Out, Param, Widget, as_flag, as_integer, as_number, as_text, node

_QUICK = Cost(complexity=1, runtime_ms=0.05, memory_mb=0.1)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_Moment = Annotated[
    Any,
    Param(
        widget=Widget.DATETIME,
        placeholder="2024-01-31 14:30",
        help="A date as text, a timestamp, or what another date node gives.",
    ),
]
_Timestamp = Annotated[float, Out(help="Seconds since 1970.")]
_Amount = Annotated[int, Param(help="How many to add; negative to go back.")]


class Now(NamedTuple):
    """The current moment, whole and in parts."""

    datetime: Annotated[str, Out(help="The moment as text.", aliases=("result", "now"))]
    timestamp: _Timestamp
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    day_of_week: Annotated[str, Out(help="Monday to Sunday, in English.")]


class ParsedMoment(NamedTuple):
    """A moment in parts."""

    timestamp: _Timestamp
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    iso_format: Annotated[str, Out(help="The moment as ISO text.", aliases=("result", "datetime"))]
    success: bool


class ShiftedMoment(NamedTuple):
    """A moment some time away from another."""

    result: Annotated[str, Out(help="The moment as ISO text.", aliases=("datetime", "iso_format"))]
    timestamp: _Timestamp


class Difference(NamedTuple):
    """The time between two moments: in one unit, and taken apart."""

    total_seconds: float
    total_minutes: float
    total_hours: float
    total_days: float
    days: Annotated[int, Out(help="Whole days; with hours, minutes and seconds they make up the difference.")]
    hours: int
    minutes: int
    seconds: int


class Comparison(NamedTuple):
    """Which of two moments comes first."""

    is_before: bool
    is_after: bool
    is_equal: bool
    comparison: Annotated[int, Out(help="-1 when the first comes before, 1 after, 0 at the same moment.")]


@node(
    "GetCurrentDateTimeNode",
    title="Current date and time",
    category="dates",
    icon="clock",
    cost=_QUICK,
    headline="timezone",
    keywords=("now", "today", "year", "month", "weekday"),
)
def get_current_date_time(
    *,
    timezone: Annotated[str, Param(placeholder="Europe/Berlin", help="A zone, UTC or +02:00; empty for local.")] = "",
    format: Annotated[str, Param(placeholder="%Y-%m-%d %H:%M:%S", help="A strftime format; empty for ISO.")] = "",
) -> Now:
    """Get the current date and time."""
    now = datetime.now(zone_named(as_text(timezone)))
    pattern = as_text(format)
    return Now(
        datetime=now.strftime(pattern) if pattern else now.isoformat(),
        timestamp=now.timestamp(),
        **_parts(now),
        day_of_week=_DAYS[now.weekday()],
    )


@node(
    "FormatDateTimeNode",
    title="Format date",
    category="dates",
    icon="calendar-days",
    cost=_QUICK,
    headline="format",
    keywords=("strftime", "text", "convert", "pattern"),
    pure=True,
)
def format_date_time(
    datetime: _Moment,
    input_format: Annotated[str, Param(placeholder="%d.%m.%Y", help="How to read a text; empty tries many.")] = "",
    *,
    format: Annotated[
        str, Param(aliases=("output_format",), placeholder="%d.%m.%Y", help="A strftime format.")
    ] = "%Y-%m-%d %H:%M:%S",
) -> Annotated[str, Out(aliases=("text", "formatted"))]:
    """Write a date in the format you want."""
    moment = read_moment(datetime, "datetime", as_text(input_format))
    return moment.strftime(as_text(format) or "%Y-%m-%d %H:%M:%S")


@node(
    "ParseDateTimeNode",
    title="Parse date",
    category="dates",
    icon="calendar",
    cost=Cost(complexity=2, runtime_ms=0.3, memory_mb=0.1),
    headline="datetime_string",
    keywords=("strptime", "read", "text", "year", "month"),
    pure=True,
)
def parse_date_time(
    datetime_string: Annotated[
        str, Param(aliases=("datetime", "date_string"), placeholder="31.01.2024 14:30", help="The text to read.")
    ],
    *,
    format: Annotated[str, Param(placeholder="%d.%m.%Y", help="How the text is written; empty tries many.")] = "",
) -> ParsedMoment:
    """Read a date from text.

    Understood without a format: ISO, timestamps in seconds or milliseconds, `31/01/2024`, `31.01.2024`, `Jan 31, 2024`,
    e-mail dates, each with or without a time. Where day and month could be either, the day comes first.
    """
    moment = read_moment(datetime_string, "datetime_string", as_text(format))
    return ParsedMoment(
        timestamp=timestamp_of(moment),
        **_parts(moment),
        iso_format=moment.isoformat(),
        success=True,
    )


@node(
    "DateTimeAddNode",
    title="Add to date",
    category="dates",
    icon="calendar-clock",
    cost=_QUICK,
    headline="{days} days",
    keywords=("subtract", "later", "earlier", "shift", "deadline"),
)
def date_time_add(
    datetime: _Moment = None,
    years: _Amount = 0,
    months: _Amount = 0,
    weeks: _Amount = 0,
    days: _Amount = 0,
    hours: _Amount = 0,
    minutes: _Amount = 0,
    seconds: _Amount = 0,
) -> ShiftedMoment:
    """Add an amount of time to a date, or take it away.

    Years and months are those of the calendar: a month after 31 January is the last day of February. Without a date
    the current moment is meant.
    """
    start = _now() if datetime is None or datetime == "" else read_moment(datetime, "datetime")
    whole_months = as_integer(years, "years") * 12 + as_integer(months, "months")
    try:
        result = _months_later(start, whole_months) + timedelta(
            weeks=as_number(weeks, "weeks"),
            days=as_number(days, "days"),
            hours=as_number(hours, "hours"),
            minutes=as_number(minutes, "minutes"),
            seconds=as_number(seconds, "seconds"),
        )
    except OverflowError:
        raise ValueError(f"The result leaves the years 1 to 9999, starting from {start.isoformat()}") from None
    return ShiftedMoment(result.isoformat(), timestamp_of(result))


@node(
    "DateTimeDiffNode",
    title="Date difference",
    category="dates",
    icon="timer",
    cost=_QUICK,
    headline="{datetime_1} → {datetime_2}",
    keywords=("between", "duration", "elapsed", "age", "days"),
    pure=True,
)
def date_time_diff(datetime_1: _Moment, datetime_2: _Moment) -> Difference:
    """Get the time from the first date to the second.

    Negative when the second comes first; then all parts are negative or zero.
    """
    first, second = _both(datetime_1, datetime_2)
    total = (second - first).total_seconds()
    sign = -1 if total < 0 else 1
    whole_minutes, seconds = divmod(int(abs(total)), 60)
    whole_hours, minutes = divmod(whole_minutes, 60)
    days, hours = divmod(whole_hours, 24)
    return Difference(
        total_seconds=total,
        total_minutes=total / 60,
        total_hours=total / 3600,
        total_days=total / 86400,
        days=sign * days,
        hours=sign * hours,
        minutes=sign * minutes,
        seconds=sign * seconds,
    )


@node(
    "DateTimeCompareNode",
    title="Compare dates",
    category="dates",
    icon="equal",
    cost=_QUICK,
    headline="{datetime_1} · {datetime_2}",
    keywords=("before", "after", "earlier", "later", "same"),
    pure=True,
)
def date_time_compare(datetime_1: _Moment, datetime_2: _Moment) -> Comparison:
    """Tell which of two dates comes first."""
    first, second = _both(datetime_1, datetime_2)
    return Comparison(first < second, first > second, first == second, (first > second) - (first < second))


@node(
    "GetTimestampNode",
    title="Timestamp",
    category="dates",
    icon="hash",
    cost=_QUICK,
    keywords=("unix", "epoch", "seconds", "now"),
    headline="",
)
def get_timestamp(
    *, milliseconds: Annotated[bool, Param(unit="ms", help="Counts milliseconds instead of seconds.")] = False
) -> Annotated[float, Out("timestamp", help="The time since 1970.", aliases=("result",))]:
    """Get the current time as a number."""
    now = time.time()
    return float(int(now * 1000)) if as_flag(milliseconds, "milliseconds") else now


def _both(datetime_1: object, datetime_2: object) -> tuple[datetime, datetime]:
    return comparable(read_moment(datetime_1, "datetime_1"), read_moment(datetime_2, "datetime_2"))


def _parts(moment: datetime) -> dict[str, int]:
    return {name: getattr(moment, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def _now() -> datetime:
    return datetime.now()


def _months_later(start: datetime, months: int) -> datetime:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))

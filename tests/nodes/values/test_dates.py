from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.dates import (
    date_time_add,
    date_time_compare,
    date_time_diff,
    format_date_time,
    get_current_date_time,
    get_timestamp,
    parse_date_time,
)

DATES = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1))


def test_now_is_between_before_and_after() -> None:
    before = datetime.now()
    now = get_current_date_time()
    after = datetime.now()
    moment = datetime.fromisoformat(now.datetime)
    assert before <= moment <= after
    assert before.timestamp() <= now.timestamp <= after.timestamp()
    assert (now.year, now.month, now.day, now.hour, now.minute, now.second) == moment.timetuple()[:6]
    assert (
        now.day_of_week
        == ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[moment.weekday()]
    )


def test_now_in_a_zone_carries_the_zone() -> None:
    now = get_current_date_time(timezone="+02:00")
    assert datetime.fromisoformat(now.datetime).utcoffset() == timedelta(hours=2)
    assert abs(now.timestamp - time.time()) < 60


def test_now_is_written_in_the_format_asked_for() -> None:
    assert get_current_date_time(timezone="UTC", format="%z day").datetime == "+0000 day"


def test_now_in_an_unknown_zone_fails_and_does_not_guess() -> None:
    with pytest.raises(ValueError, match="Mars"):
        get_current_date_time(timezone="Mars")


@pytest.mark.parametrize(("milliseconds", "factor"), [(False, 1), (True, 1000), ("true", 1000), ("false", 1)])
def test_a_timestamp_counts_in_the_unit_asked_for(milliseconds: Any, factor: int) -> None:
    before = time.time()
    stamp = get_timestamp(milliseconds=milliseconds)
    assert isinstance(stamp, float)
    assert int(before * factor) <= stamp <= time.time() * factor


@pytest.mark.parametrize(
    ("value", "input_format", "output", "expected"),
    [
        ("2024-01-31 14:30:15", "", "%Y-%m-%d %H:%M:%S", "2024-01-31 14:30:15"),
        ("2024-01-31T14:30:15", "", "%d.%m.%Y", "31.01.2024"),
        ("31|01|24", "%d|%m|%y", "%Y", "2024"),
        (datetime(2024, 1, 31), "", "%j", "031"),
        ("2024-01-31", "", "", "2024-01-31 00:00:00"),
        ("2024-01-31", "", "Größe %Y", "Größe 2024"),
    ],
)
def test_a_date_is_written_in_the_format_asked_for(value: Any, input_format: str, output: str, expected: str) -> None:
    assert format_date_time(value, input_format, format=output) == expected


@settings(max_examples=50)
@given(moment=DATES)
def test_a_parsed_date_is_its_parts(moment: datetime) -> None:
    parsed = parse_date_time(moment.isoformat())
    parts = (parsed.year, parsed.month, parsed.day, parsed.hour, parsed.minute, parsed.second)
    assert parts == moment.timetuple()[:6]
    assert parsed.iso_format == moment.isoformat()
    assert parsed.success is True


def test_a_date_is_parsed_by_its_format() -> None:
    assert parse_date_time("1-2-03", format="%d-%m-%y").iso_format == "2003-02-01T00:00:00"
    assert parse_date_time("1970-01-01T00:00:10Z").timestamp == 10


@pytest.mark.parametrize("text", ["", "no date", "2024-13-01"])
def test_a_text_that_is_no_date_fails(text: str) -> None:
    with pytest.raises(ValueError, match="datetime_string"):
        parse_date_time(text)


@settings(max_examples=40)
@given(
    start=DATES,
    weeks=st.integers(-100, 100),
    days=st.integers(-1000, 1000),
    hours=st.integers(-50, 50),
    minutes=st.integers(-500, 500),
    seconds=st.integers(-5000, 5000),
)
def test_adding_time_makes_a_difference_of_that_time(
    start: datetime, weeks: int, days: int, hours: int, minutes: int, seconds: int
) -> None:
    later = date_time_add(start.isoformat(), 0, 0, weeks, days, hours, minutes, seconds)
    difference = date_time_diff(start, later.result)
    added = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    assert difference.total_seconds == added.total_seconds()
    assert datetime.fromisoformat(later.result) - added == start


@settings(max_examples=50)
@given(start=DATES, months=st.integers(-600, 600))
def test_months_keep_the_day_or_end_with_the_month(start: datetime, months: int) -> None:
    later = datetime.fromisoformat(date_time_add(start, months=months).result)
    assert later.year * 12 + later.month == start.year * 12 + start.month + months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)
    assert later.time() == start.time()


@pytest.mark.parametrize(
    ("start", "amounts", "result"),
    [
        ("2024-01-31", {"months": 1}, "2024-02-29T00:00:00"),
        ("2023-01-31", {"months": "1"}, "2023-02-28T00:00:00"),
        ("2024-02-29", {"years": 1}, "2025-02-28T00:00:00"),
        ("2024-01-31", {"months": -2}, "2023-11-30T00:00:00"),
        ("2024-12-31", {"days": 1}, "2025-01-01T00:00:00"),
        ("2024-01-01T00:00:00+02:00", {"hours": -1}, "2023-12-31T23:00:00+02:00"),
        ("2024-01-01", {"hours": "1.5"}, "2024-01-01T01:30:00"),
        ("2024-01-01", {}, "2024-01-01T00:00:00"),
    ],
)
def test_time_is_added_by_the_calendar(start: str, amounts: dict[str, Any], result: str) -> None:
    assert date_time_add(start, **amounts).result == result


@pytest.mark.parametrize("start", [None, ""])
def test_without_a_date_time_is_added_to_now(start: Any) -> None:
    before = datetime.now()
    assert before + timedelta(days=1) <= datetime.fromisoformat(date_time_add(start, days=1).result)


@pytest.mark.parametrize(
    ("amounts", "error"),
    [
        ({"years": 8000}, ValueError),
        ({"days": -10_000_000}, ValueError),
        ({"days": 10**12}, ValueError),
        ({"months": 1.5}, ValueError),
        ({"days": "many"}, ValueError),
        ({"days": None}, TypeError),
    ],
)
def test_an_amount_that_leads_nowhere_is_refused(amounts: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        date_time_add("2024-01-01", **amounts)


@settings(max_examples=40)
@given(first=DATES, second=DATES)
def test_the_parts_of_a_difference_make_up_the_whole(first: datetime, second: datetime) -> None:
    found = date_time_diff(first, second)
    whole = ((found.days * 24 + found.hours) * 60 + found.minutes) * 60 + found.seconds
    assert whole == int(found.total_seconds)
    assert abs(found.hours) < 24
    assert abs(found.minutes) < 60
    assert abs(found.seconds) < 60
    assert found.total_days * 86_400 == pytest.approx(found.total_seconds)
    assert date_time_diff(second, first).total_seconds == -found.total_seconds


def test_a_difference_is_told_in_every_unit() -> None:
    assert date_time_diff("2024-01-01", "2024-01-02 12:30:05") == (
        131_405,
        131_405 / 60,
        131_405 / 3600,
        131_405 / 86_400,
        1,
        12,
        30,
        5,
    )
    assert date_time_diff("2024-01-02", "2024-01-01 23:00")[4:] == (0, -1, 0, 0)


def test_zones_count_in_a_difference() -> None:
    assert date_time_diff("2024-01-01T00:00Z", "2024-01-01T00:00+02:00").total_hours == -2


@settings(max_examples=50)
@given(first=DATES, second=DATES)
def test_exactly_one_comparison_holds(first: datetime, second: datetime) -> None:
    found = date_time_compare(first.isoformat(), second)
    assert [found.is_before, found.is_equal, found.is_after].index(True) == found.comparison + 1
    assert found.is_before + found.is_equal + found.is_after == 1
    assert found.is_before == (first < second)


def test_the_same_moment_in_two_zones_is_equal() -> None:
    assert date_time_compare("2024-01-01T02:00+02:00", "2024-01-01T00:00Z").is_equal


def test_a_time_without_a_zone_is_local_when_compared_with_one_that_has() -> None:
    here = datetime(2024, 1, 31, 12).astimezone(UTC)
    assert date_time_compare("2024-01-31 12:00", here.isoformat()).is_equal


@pytest.mark.parametrize("compare", [date_time_diff, date_time_compare])
@pytest.mark.parametrize(
    ("first", "second", "name"), [("x", "2024-01-01", "datetime_1"), ("2024-01-01", "", "datetime_2")]
)
def test_the_date_that_is_wrong_is_named(compare: Any, first: str, second: str, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        compare(first, second)

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.moments import comparable, read_moment, timestamp_of, zone_named

MOMENTS = st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.none() | st.just(UTC))


@settings(max_examples=50)
@given(moment=MOMENTS)
def test_iso_text_reads_as_the_moment_it_was_written_from(moment: datetime) -> None:
    assert read_moment(moment.isoformat(), "when") == moment


@settings(max_examples=50)
@given(seconds=st.integers(0, 4_000_000_000))
def test_a_timestamp_reads_the_same_as_number_as_text_and_in_milliseconds(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds)
    assert read_moment(seconds, "when") == moment
    assert read_moment(float(seconds), "when") == moment
    if seconds >= 1_000_000_000:
        assert read_moment(str(seconds), "when") == moment
        assert read_moment(seconds * 1000, "when") == moment
        assert read_moment(str(seconds * 1000), "when") == moment


@settings(max_examples=50)
@given(moment=st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_every_moment_has_a_timestamp(moment: datetime) -> None:
    assert abs(timestamp_of(moment) - (moment - datetime(1970, 1, 1)).total_seconds()) <= 86_400


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-31", datetime(2024, 1, 31)),
        ("2024-01-31 14:30", datetime(2024, 1, 31, 14, 30)),
        ("2024-01-31T14:30:15", datetime(2024, 1, 31, 14, 30, 15)),
        ("2024-01-31 14:30:15.250", datetime(2024, 1, 31, 14, 30, 15, 250_000)),
        ("2024-01-31T14:30:15Z", datetime(2024, 1, 31, 14, 30, 15, tzinfo=UTC)),
        ("2024-01-31T14:30+02:00", datetime(2024, 1, 31, 14, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("20240131", datetime(2024, 1, 31)),
        ("202401311430", datetime(2024, 1, 31, 14, 30)),
        ("20240131143015", datetime(2024, 1, 31, 14, 30, 15)),
        ("2024/01/31", datetime(2024, 1, 31)),
        ("31/01/2024", datetime(2024, 1, 31)),
        ("01/31/2024", datetime(2024, 1, 31)),
        ("03/04/2024", datetime(2024, 4, 3)),
        ("31.01.2024 14:30", datetime(2024, 1, 31, 14, 30)),
        ("31-01-2024", datetime(2024, 1, 31)),
        ("1/2/2024 2:30 PM", datetime(2024, 2, 1, 14, 30)),
        ("31 Jan 2024", datetime(2024, 1, 31)),
        ("January 31, 2024 14:30:15", datetime(2024, 1, 31, 14, 30, 15)),
        ("Wed, 31 Jan 2024 14:30:15 +0000", datetime(2024, 1, 31, 14, 30, 15, tzinfo=UTC)),
        ("  2024-01-31  ", datetime(2024, 1, 31)),
        ("-86400", datetime.fromtimestamp(-86400)),
        (date(2024, 1, 31), datetime(2024, 1, 31)),
        (datetime(2024, 1, 31, 1), datetime(2024, 1, 31, 1)),
    ],
)
def test_a_date_is_understood_as_people_write_it(text: Any, moment: datetime) -> None:
    assert read_moment(text, "when") == moment
    assert (read_moment(text, "when").tzinfo is None) == (moment.tzinfo is None)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("", ValueError),
        ("   ", ValueError),
        ("tomorrow", ValueError),
        ("2024-02-30", ValueError),
        ("31.13.2024", ValueError),
        ("99999999999999999", ValueError),
        (1e20, ValueError),
        (None, TypeError),
        (True, TypeError),
        ([2024], TypeError),
    ],
)
def test_what_is_no_date_is_refused_by_name(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="when"):
        read_moment(value, "when")


def test_a_format_is_followed_to_the_letter() -> None:
    assert read_moment("03|04|24", "when", "%m|%d|%y") == datetime(2024, 3, 4)
    with pytest.raises(ValueError, match=r"when '2024-03-04' does not fit the format '%m\|%d'"):
        read_moment("2024-03-04", "when", "%m|%d")


def test_a_day_without_a_year_is_one_of_1900() -> None:
    assert read_moment("03|04", "when", "%m|%d") == datetime(1900, 3, 4)
    assert read_moment("4 %d", "when", "%d %%d") == datetime(1900, 1, 4)


@settings(max_examples=50)
@given(first=MOMENTS, second=MOMENTS)
def test_any_two_moments_can_be_compared(first: datetime, second: datetime) -> None:
    left, right = comparable(first, second)
    assert (left < right) + (left == right) + (left > right) == 1


@pytest.mark.parametrize(
    ("name", "hours"), [("UTC", 0), ("z", 0), ("+02:00", 2), ("-0530", -5.5), ("Asia/Tokyo", 9), ("Etc/GMT+3", -3)]
)
def test_a_zone_is_found_by_name_or_offset(name: str, hours: float) -> None:
    assert datetime(2024, 1, 31, tzinfo=zone_named(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["", "  ", "local"])
def test_no_zone_means_local_time(name: str) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "+99:00", "/etc/localtime", "Europe"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="timezone"):
        zone_named(name)

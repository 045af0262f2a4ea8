from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casare.nodes.triggers.trigger_clock import ScheduleTrigger, cron_line, due_times
from casare.sdk import PAYLOAD, Context

SETTINGS = {
    "frequency": "daily",
    "interval_seconds": 60,
    "time_hour": 9,
    "time_minute": 30,
    "day_of_week": "friday",
    "day_of_month": 31,
    "cron_expression": "",
    "timezone": "",
}
BERLIN = ZoneInfo("Europe/Berlin")


def times(now: datetime, count: int, **settings: Any) -> list[str]:
    found = islice(due_times({**SETTINGS, **settings}, now), count)
    return [one.isoformat(timespec="minutes") for one in found]


@pytest.mark.parametrize(
    ("frequency", "line"),
    [
        ("interval", ""),
        ("hourly", "30 * * * *"),
        ("daily", "30 9 * * *"),
        ("weekly", "30 9 * * 5"),
        ("monthly", "30 9 31 * *"),
    ],
)
def test_a_frequency_means_a_cron_line(frequency: str, line: str) -> None:
    assert cron_line({**SETTINGS, "frequency": frequency}) == line


def test_the_times_follow_the_calendar() -> None:
    now = datetime(2026, 1, 30, 12, 0, tzinfo=BERLIN)
    assert times(now, 2) == ["2026-01-31T09:30+01:00", "2026-02-01T09:30+01:00"]
    assert times(now, 2, frequency="monthly") == ["2026-01-31T09:30+01:00", "2026-03-31T09:30+02:00"]
    assert times(now, 2, frequency="weekly") == ["2026-02-06T09:30+01:00", "2026-02-13T09:30+01:00"]
    assert times(now, 2, frequency="interval", interval_seconds=90) == [
        "2026-01-30T12:01+01:00",
        "2026-01-30T12:03+01:00",
    ]
    assert times(now, 1, frequency="cron", cron_expression="*/15 8-17 * * 1-5") == ["2026-01-30T12:15+01:00"]


def test_a_time_that_the_clocks_leave_out_comes_all_the_same_and_one_that_is_twice_comes_once() -> None:
    spring = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    assert len(set(times(spring, 3, time_hour=2))) == 3
    assert times(spring, 2, time_hour=2)[0].startswith("2026-03-29")
    autumn = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    assert [one[:10] for one in times(autumn, 2, time_hour=2)] == ["2026-10-25", "2026-10-26"]


@pytest.mark.parametrize("wrong", [{"frequency": "cron"}, {"frequency": "cron", "cron_expression": "x"}])
def test_what_is_no_schedule_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cron"):
        times(datetime(2026, 1, 1, tzinfo=BERLIN), 1, **wrong)


def test_a_run_gets_what_began_it_else_the_sample_and_both_as_variables(run: Context) -> None:
    tick = ScheduleTrigger()(run, sample={"run_number": 7})
    assert (tick.run_number, run.get_variable("run_number")) == (7, 7)
    run.set_variable(PAYLOAD, {"trigger_time": "2026-01-01T00:00:00", "run_number": 3})
    assert ScheduleTrigger()(run, sample={"run_number": 7}) == ("2026-01-01T00:00:00", 3)

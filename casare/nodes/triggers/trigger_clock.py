"""Begin runs by the clock: every so often, at a time of the day, by a cron line, or once when the host starts."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.extras import library
from casare.nodes.triggers.trigger_payload import COST, Overlap, Sample, payload_of
from casare.nodes.values.moments import zone_named
from casare.sdk import (
    Context,
    Host,
    Out,
    Param,
    Role,
    Visibility,
    as_choice,
    as_float,
    as_integer,
    as_text,
    node,
)

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FREQUENCIES: Final = ("interval", "hourly", "daily", "weekly", "monthly", "cron")
_LONGEST_SLEEP_S: Final = 30.0
"""A clock may be set and a computer may sleep, so the time is looked at again at least this often."""


class Tick(NamedTuple):
    """The moment a run began."""

    trigger_time: Annotated[str, Out(aliases=("timestamp", "scheduled_time"), help="When it was due, as ISO text.")]
    run_number: Annotated[int, Out(help="Counted from 1 since the host started.")]


@node(
    "ScheduleTriggerNode",
    title="On schedule",
    category="triggers",
    icon="calendar-clock",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="{frequency}",
    keywords=("cron", "timer", "interval", "every", "daily", "weekly", "clock", "trigger"),
)
class ScheduleTrigger:
    """Begin a run at set times. The workflow has to be served for that: casare serve FILE.

    A cron line has five parts: minute, hour, day of the month, month, day of the week. A time that does not exist on
    the day the clocks go forward comes an hour later; one that exists twice comes once.
    """

    def __call__(
        self,
        context: Context,
        *,
        frequency: Annotated[
            Literal["interval", "hourly", "daily", "weekly", "monthly", "cron"], Param(help="How often.")
        ] = "daily",
        interval_seconds: Annotated[
            float, Param(minimum=0.01, unit="s", aliases=("interval", "every"), help="For interval: how far apart.")
        ] = 60.0,
        time_hour: Annotated[int, Param(minimum=0, maximum=23, help="From daily on: the hour.")] = 9,
        time_minute: Annotated[int, Param(minimum=0, maximum=59, help="From hourly on: the minute.")] = 0,
        day_of_week: Annotated[
            Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
            Param(help="For weekly."),
        ] = "monday",
        day_of_month: Annotated[int, Param(minimum=1, maximum=31, help="For monthly.")] = 1,
        cron_expression: Annotated[
            str, Param(label="Cron line", aliases=("cron",), placeholder="*/15 8-17 * * 1-5", help="For cron.")
        ] = "",
        timezone: Annotated[
            str, Param(placeholder="Europe/Berlin", visibility=Visibility.ADVANCED, help="Empty for local time.")
        ] = "",
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> Tick:
        """Give the moment the run began."""
        told = payload_of(context, sample, {"trigger_time": datetime.now().astimezone().isoformat(), "run_number": 1})
        return Tick(as_text(told["trigger_time"]), as_integer(told["run_number"], "run_number"))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Fire at each of the times."""
        zone = zone_named(as_text(settings["timezone"]))
        for number, due in enumerate(due_times(settings, datetime.now(zone).astimezone(zone)), 1):
            while (left := (due - datetime.now(due.tzinfo)).total_seconds()) > 0:
                await asyncio.sleep(min(left, _LONGEST_SLEEP_S))
            host.fire({"trigger_time": due.isoformat(), "run_number": number})
            # Times that went by while the computer slept would otherwise come all at once, without end.
            await asyncio.sleep(0)


@node(
    "StartupTriggerNode",
    title="When serving starts",
    category="triggers",
    icon="power",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="",
    keywords=("startup", "boot", "begin", "once", "trigger"),
)
class StartupTrigger:
    """Begin a run when casare serve starts."""

    def __call__(self, context: Context, *, sample: Sample = None) -> Tick:
        """Give the moment the run began."""
        told = payload_of(context, sample, {"trigger_time": datetime.now().astimezone().isoformat(), "run_number": 1})
        return Tick(as_text(told["trigger_time"]), 1)

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Fire once."""
        host.fire({"trigger_time": datetime.now().astimezone().isoformat(), "run_number": 1})


def cron_line(settings: Mapping[str, Any]) -> str:
    """Return the cron line that settings mean; empty for an interval. Raises ValueError for what is none."""
    kind = as_choice(settings["frequency"], _FREQUENCIES, "frequency")
    minute = as_integer(settings["time_minute"], "time_minute")
    hour = as_integer(settings["time_hour"], "time_hour")
    day = _DAYS.index(as_choice(settings["day_of_week"], _DAYS, "day_of_week")) + 1
    lines = {
        "interval": "",
        "hourly": f"{minute} * * * *",
        "daily": f"{minute} {hour} * * *",
        "weekly": f"{minute} {hour} * * {day}",
        "monthly": f"{minute} {hour} {as_integer(settings['day_of_month'], 'day_of_month')} * *",
        "cron": as_text(settings["cron_expression"]).strip(),
    }
    if kind == "cron" and not lines[kind]:
        raise ValueError("cron_expression is empty; write a line such as */15 8-17 * * 1-5")
    return lines[kind]


def due_times(settings: Mapping[str, Any], now: datetime) -> Iterator[datetime]:
    """Return the times that settings mean, after `now`, without end. Raises ValueError for what cannot be meant."""
    line = cron_line(settings)
    if not line:
        seconds = as_float(settings["interval_seconds"], "interval_seconds")
        if seconds <= 0:
            raise ValueError(f"interval_seconds must be more than 0, but it is {seconds:g}")
        return (now + timedelta(seconds=seconds * number) for number in itertools.count(1))
    cronsim = library("cronsim", "triggers", "A schedule")
    try:
        found: Iterator[datetime] = cronsim.CronSim(line, now)
    except cronsim.CronSimError as error:
        raise ValueError(f"{line!r} is no cron line: {error}") from None
    return found

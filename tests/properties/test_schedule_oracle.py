"""A weekly schedule against an oracle that reads the given text with the zone's own clock.

The oracle never sees a `WeekSchedule`: it turns an instant into local time and compares its digits
with those of the windows as they were written.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings, strategies as st

from custom_components.courier_access.access.hours import Hours, Interval, WeekSchedule
from tests.properties.written_schedules import (
    Written,
    is_open_as_written,
    written_schedules,
)
from tests.support.quick import examples

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LEAST = timedelta.resolution

# Changes of half an hour, of a day, of two hours, at midnight, by seconds, twice in a month.
UNUSUAL = [
    "Africa/Casablanca",
    "Africa/Freetown",
    "Africa/Monrovia",
    "America/Anchorage",
    "America/Caracas",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Manila",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Europe/Amsterdam",
    "Europe/Dublin",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kwajalein",
]


# The oracle


def runs_by_second(
    written: Written, start: datetime, end: datetime, zone: ZoneInfo
) -> tuple[Interval, ...]:
    """The open intervals, found by looking at every second from `start` to `end`."""
    runs: list[Interval] = []
    began: datetime | None = None
    instant = start
    while instant < end:
        opened = is_open_as_written(written, instant.astimezone(zone))
        if opened and began is None:
            began = instant
        if not opened and began is not None:
            runs.append(Interval(began, instant))
            began = None
        instant += SECOND
    if began is not None:
        runs.append(Interval(began, end))
    return tuple(runs)


def telling_instants(
    written: Written, start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """Instants in [start, end) that are likely to betray a wrong edge: all edges, and a grid."""
    clocks = {
        window[edge] for day in written.values() for window in day for edge in window
    }
    clocks = {clock for clock in clocks if not clock.startswith("24")} | {"00:00"}
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date() + timedelta(days=1):
        for clock in clocks:
            for fold in (0, 1):
                local = datetime.combine(day, time.fromisoformat(clock), zone).replace(
                    fold=fold
                )
                edge = local.astimezone(UTC)
                yield from (
                    at for at in (edge - LEAST, edge, edge + LEAST) if start <= at < end
                )
        day += timedelta(days=1)
    instant = start
    while instant < end:
        yield instant
        instant += 17 * MINUTE


# What is given


@cache
def days_of_change(name: str, year: int) -> list[date]:
    """The days of a year in which a zone's offset changes."""
    zone = ZoneInfo(name)
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    return [
        before.date()
        for before, after in pairwise(days)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    ]


zone_names = st.one_of(
    st.sampled_from(UNUSUAL),
    st.sampled_from(sorted(available_timezones() - {"localtime"})),
)
years = st.one_of(st.integers(2005, 2040), st.integers(1840, 2200))


@st.composite
def places(draw: st.DrawFn, microseconds: bool = True) -> tuple[ZoneInfo, datetime]:
    """A zone and an instant, which is near a change of its offset where it has one that year."""
    name = draw(zone_names)
    year = draw(years)
    changes = days_of_change(name, year)
    far_from_change = draw(st.sampled_from([False, False, False, False, True]))
    if changes and not far_from_change:
        day = draw(st.sampled_from(changes))
        hours = st.integers(-26 * 3600, 50 * 3600)
    else:
        day = date(year, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
        hours = st.integers(0, 86399)
    instant = datetime.combine(day, time(), UTC) + draw(hours) * SECOND
    if microseconds and draw(st.booleans()):
        instant += draw(st.integers(1, 999999)) * LEAST
    return ZoneInfo(name), instant


# Windows and changes; test_hours_oracle.py looks at them over days, and at being open


@settings(max_examples=examples(250), deadline=None)
@given(written_schedules, places(microseconds=False), st.integers(0, 3 * 3600))
def test_windows_and_the_next_change_are_found_by_looking_at_every_second(
    written: Written, place: tuple[ZoneInfo, datetime], seconds: int
) -> None:
    zone, start = place
    end = start + seconds * SECOND
    hours = Hours(WeekSchedule.from_mapping(written))
    runs = runs_by_second(written, start, end, zone)
    assert hours.windows(start, end, zone) == runs

    edges = [at for run in runs for at in (run.start, run.end) if start < at < end]
    change = hours.next_change(start, zone)
    if edges:
        assert change == edges[0]
    else:
        assert change is None or change >= end


@settings(max_examples=examples(400), deadline=None)
@given(
    written_schedules,
    places(),
    st.lists(st.integers(0, 90 * 86400), min_size=1, max_size=9),
)
def test_windows_of_parts_are_the_parts_of_windows(
    written: Written, place: tuple[ZoneInfo, datetime], cuts: list[int]
) -> None:
    zone, start = place
    hours = Hours(WeekSchedule.from_mapping(written))
    instants = [start, *(start + cut * SECOND for cut in sorted(cuts))]
    pieced: list[Interval] = []
    for since, until in pairwise(instants):
        for interval in hours.windows(since, until, zone):
            if pieced and pieced[-1].end == interval.start:
                pieced[-1] = Interval(pieced[-1].start, interval.end)
            else:
                pieced.append(interval)
    assert hours.windows(start, instants[-1], zone) == tuple(pieced)

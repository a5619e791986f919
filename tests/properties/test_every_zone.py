"""Windows of hours at every change of every zone's clock for five years, against an oracle that counts minutes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from custom_components.courier_access.access.hours import Hours, Interval, WeekSchedule
from custom_components.courier_access.access.policy import (
    MOST_NEXT_WINDOWS,
    availability,
    decide_grant,
)
from tests.access.parts import GRANT, SHARES, facts
from tests.properties.tz_database import (
    EPOCH,
    Clock,
    clocks_of_all_zones,
    read_clock,
    seconds,
    zone_file,
)
from tests.properties.written_schedules import EVERY_MINUTE, MINUTES_OPEN

FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ODD = {
    "Australia/Lord_Howe": 30,
    "Antarctica/Troll": 120,
    "Africa/Casablanca": 60,
    "Africa/El_Aaiun": 60,
    "Europe/Dublin": 60,
    "America/Nuuk": 60,
    "Asia/Gaza": 60,
    "America/Scoresbysund": 60,
    "Pacific/Chatham": 60,
}
"""Zones of odd rules, and by how many minutes their clocks are set."""

OPEN = [frozenset(minutes) for minutes in MINUTES_OPEN]
HOURS = Hours(WeekSchedule.from_mapping(EVERY_MINUTE))


def is_open_as_counted(clock: Clock, second: int) -> bool:
    wall = second + clock.offset(second)
    return wall // 60 % 1440 in OPEN[(wall // 86400 + 3) % 7]


@cache
def clocks() -> Mapping[Clock, tuple[str, ...]]:
    """Return what the clocks of all zones do in those years."""
    return clocks_of_all_zones(seconds(FROM), seconds(UNTIL))


def counted(clock: Clock, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of open minutes in whole minutes from `start` on."""
    runs: list[tuple[int, int]] = []
    for second in range(start, end, 60):
        if is_open_as_counted(clock, second):
            if runs and runs[-1][1] == second:
                runs[-1] = (runs[-1][0], second + 60)
            else:
                runs.append((second, second + 60))
    return runs


def as_seconds(intervals: tuple[Interval, ...]) -> list[tuple[int, int]]:
    return [(seconds(one.start), seconds(one.end)) for one in intervals]


def test_the_database_is_read_whole() -> None:
    zones = sum(map(len, clocks().values()))
    changes = sum(len(clock.changes) * len(names) for clock, names in clocks().items())
    assert zones == len(available_timezones()) > 450
    assert changes > 1500
    of_zone = {name: clock for clock, names in clocks().items() for name in names}
    for name, minutes in ODD.items():
        clock = of_zone[name]
        offsets = [clock.first, *(offset for _, offset in clock.changes)]
        steps = {abs(after - before) // 60 for before, after in pairwise(offsets)}
        assert steps == {minutes}, name


def test_windows_are_the_open_minutes_about_every_change_of_every_zones_clock() -> None:
    for clock, names in clocks().items():
        zone = ZoneInfo(names[0])
        moments = [at for at, _ in clock.changes] or [seconds(FROM)]
        for at in moments:
            start, end = at - 26 * 3600, at + 26 * 3600
            start -= start % 60
            opened = HOURS.windows(
                EPOCH + timedelta(seconds=start), EPOCH + timedelta(seconds=end), zone
            )
            assert as_seconds(opened) == counted(clock, start, end - end % 60), (
                names[0],
                at,
            )


def test_each_zone_is_open_as_its_own_clock_says_before_and_after_each_of_its_changes() -> (
    None
):
    for clock, names in clocks().items():
        for name in names:
            zone = ZoneInfo(name)
            for at, _ in clock.changes:
                for second in (
                    at - 3600,
                    at - 1,
                    at,
                    at + 59,
                    at + 1800,
                    at + 3599,
                    at + 7200,
                ):
                    instant = EPOCH + timedelta(seconds=second)
                    assert HOURS.is_open(instant, zone) is is_open_as_counted(
                        clock, second
                    ), name


def test_couriers_learn_the_open_minutes_around_every_change_of_every_zones_clock() -> (
    None
):
    shares = facts(replace(SHARES, schedule=HOURS.week))
    for clock, names in clocks().items():
        known = replace(shares, zone=ZoneInfo(names[0]))
        for at, _ in clock.changes:
            start, end = at - 3 * 3600, at + 9 * 3600
            runs = counted(clock, start, end)
            first, last = (
                EPOCH + timedelta(seconds=start),
                EPOCH + timedelta(seconds=end),
            )

            grant = replace(GRANT, starts_at=first, ends_at=last)
            usable = decide_grant(grant, None, known, first).usable
            assert usable is not None
            assert as_seconds(usable) == runs, (names[0], at)
            assert as_seconds(availability(["3b"], known, first, last)["3b"]) == runs

            shut, opens = runs[0][1], runs[1][0]
            grant = replace(
                GRANT,
                starts_at=EPOCH + timedelta(seconds=shut),
                ends_at=EPOCH + timedelta(seconds=opens),
            )
            told = decide_grant(grant, None, known, grant.starts_at).next_windows
            assert told is not None
            following = counted(clock, shut, shut + 12 * 3600)[:MOST_NEXT_WINDOWS]
            assert as_seconds(told) == following
            assert len(following) == MOST_NEXT_WINDOWS


@pytest.mark.parametrize(
    ("name", "day", "hours"),
    [
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC), 24),
        ("Pacific/Kwajalein", datetime(1993, 8, 21, 12, tzinfo=UTC), 24),
        ("Asia/Pyongyang", datetime(2018, 5, 4, 15, tzinfo=UTC), 0.5),
    ],
)
def test_a_zone_that_left_out_a_day_or_half_an_hour_was_never_open_in_it(
    name: str, day: datetime, hours: float
) -> None:
    with zone_file(name).open("rb") as file:
        clock = read_clock(file, seconds(day) - 86400, seconds(day) + 86400)
    [(at, offset)] = clock.changes
    assert offset - clock.first == hours * 3600
    start, end = at - 86400, at + 86400
    opened = HOURS.windows(
        EPOCH + timedelta(seconds=start), EPOCH + timedelta(seconds=end), ZoneInfo(name)
    )
    assert as_seconds(opened) == counted(clock, start, end)

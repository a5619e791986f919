"""Test weekly schedules where wall clocks and instants diverge, and at their edges.

`tests/properties` compares them with an oracle, around every change of every zone.
"""

from datetime import UTC, datetime, timedelta, timezone
from importlib import resources
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    ALWAYS_OPEN,
    WEEKDAYS,
    Hours,
    Interval,
    WeekSchedule,
    overlap,
    union,
)
from tests.access.parts import INSTANT, PARIS, week
from tests.properties.tz_database import read_clock

LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
ZONE_UTC = ZoneInfo("UTC")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def open_at(written: str) -> Hours:
    return Hours(week(written))


def intervals(month: str, *written: str) -> tuple[Interval, ...]:
    """Read intervals such as "25T00:15 25T00:45" of a month."""
    return tuple(
        Interval(*(utc(f"{month}-{edge}") for edge in each.split())) for each in written
    )


def test_default_schedule_is_never_open() -> None:
    never = WeekSchedule()
    assert never.is_empty
    assert week("") == WeekSchedule.from_mapping({"monday": []}) == never
    assert not Hours(never).is_open(utc("2026-03-02T10:00"), PARIS)
    assert Hours(never).windows(utc("2026-01-01"), utc("2026-12-31"), PARIS) == ()
    assert Hours(never).next_change(utc("2026-03-02T10:00"), PARIS) is None
    assert never.to_mapping() == {}


def test_always_is_open_at_every_instant() -> None:
    start, end = utc("2026-01-01"), utc("2026-12-31")
    assert not ALWAYS.is_empty
    assert ALWAYS_OPEN.is_open(start, PARIS)
    assert ALWAYS_OPEN.windows(start, end, PARIS) == (Interval(start, end),)
    assert ALWAYS_OPEN.next_change(start, PARIS) is None
    assert WeekSchedule.from_mapping(ALWAYS.to_mapping()) == ALWAYS


def test_window_is_half_open_and_its_edges_are_the_next_changes() -> None:
    mondays = open_at("monday 08:00-12:00")
    opens, closes = utc("2026-03-02T07:00"), utc("2026-03-02T11:00")
    for at, is_open, change in (
        (opens - INSTANT, False, opens),
        (opens, True, closes),
        (closes - INSTANT, True, closes),
        (closes, False, utc("2026-03-09T07:00")),
    ):
        assert mondays.is_open(at, PARIS) is is_open, at
        assert mondays.next_change(at, PARIS) == change, at


AUTUMN, SPRING = "2026-10-24T12:00", "2026-03-28T12:00"


@pytest.mark.parametrize(
    ("written", "zone", "start", "days", "opened"),
    [
        # Paris repeats 02:00 to 03:00 on 25 October 2026, and skips it on 29 March.
        (
            "sunday 02:15-02:45",
            PARIS,
            AUTUMN,
            1,
            ["25T00:15 25T00:45", "25T01:15 25T01:45"],
        ),
        ("sunday 01:00-04:00", PARIS, AUTUMN, 1, ["24T23:00 25T03:00"]),
        (
            "sunday 01:30-02:30",
            PARIS,
            AUTUMN,
            1,
            ["24T23:30 25T00:30", "25T01:00 25T01:30"],
        ),
        ("sunday 02:00-03:00", PARIS, SPRING, 1, []),
        ("sunday 01:00-02:00 03:00-04:00", PARIS, SPRING, 1, ["29T00:00 29T02:00"]),
        # Lord Howe moves its clock by half an hour.
        ("sunday 01:40-02:10", LORD_HOWE, "2026-10-03T12:00", 1, ["03T15:10 03T15:30"]),
        # Samoa had no Friday 30 December 2011.
        ("friday 00:00-24:00", APIA, "2011-12-26", 5, []),
        (
            "thursday 23:00-24:00, saturday 00:00-01:00",
            APIA,
            "2011-12-29T12:00",
            1,
            ["30T09:00 30T11:00"],
        ),
        # Recife had one week of summer time, from 8 October 2000.
        (
            "wednesday 08:00-09:00",
            ZoneInfo("America/Recife"),
            "2000-10-01",
            14,
            ["04T11:00 04T12:00", "11T10:00 11T11:00"],
        ),
        ("sunday 22:00-06:00", ZONE_UTC, "2026-03-01", 7, ["01T22:00 02T06:00"]),
    ],
)
def test_windows_follow_the_wall_clock(
    written: str, zone: ZoneInfo, start: str, days: int, opened: list[str]
) -> None:
    since = utc(start)
    expected = intervals(start[:7], *opened)
    found = open_at(written).windows(since, since + timedelta(days=days), zone)
    assert found == expected


@pytest.mark.parametrize(
    ("written", "zone", "at", "change"),
    [
        # Open only in what the clock skips.
        ("sunday 02:00-03:00", PARIS, "2026-03-22T02:00", "2026-04-05T00:00"),
        ("friday 12:00-13:00", APIA, "2011-12-23T23:00", "2012-01-05T22:00"),
        # Closed only in what the clock skips.
        (
            f"{', '.join(f'{day} 00:00-24:00' for day in WEEKDAYS[:6])}, sunday 00:00-02:00 03:00-24:00",
            PARIS,
            "2026-03-22T02:00",
            "2026-04-05T00:00",
        ),
        # The clock turned back closes what it opened.
        ("sunday 02:30-24:00", PARIS, "2026-10-25T00:30", "2026-10-25T01:00"),
    ],
)
def test_next_change_follows_the_wall_clock(
    written: str, zone: ZoneInfo, at: str, change: str
) -> None:
    assert open_at(written).next_change(utc(at), zone) == utc(change)


def test_windows_are_cut_at_the_requested_instants() -> None:
    mondays = open_at("monday 08:00-12:00")
    start, end = utc("2026-03-02T09:00:00.25"), utc("2026-03-02T10:00:00.75")
    for until in (end, start + INSTANT):
        assert mondays.windows(start, until, ZONE_UTC) == (Interval(start, until),)
    between = utc("2026-03-02T12:00"), utc("2026-03-09T08:00")
    assert mondays.windows(*between, ZONE_UTC) == ()
    for until in (start, start - INSTANT):
        assert ALWAYS_OPEN.windows(start, until, ZONE_UTC) == ()


def test_instants_of_any_zone_are_compared_and_returned_in_utc() -> None:
    eastern = datetime(2026, 3, 2, 3, tzinfo=timezone(timedelta(hours=-5)))
    paris = datetime(2026, 3, 2, 10, tzinfo=PARIS)
    opened = ALWAYS_OPEN.windows(eastern, paris, ZONE_UTC)
    assert opened == intervals("2026-03", "02T08:00 02T09:00")
    assert (opened[0].start.tzinfo, opened[0].end.tzinfo) == (UTC, UTC)

    # 02:45 of the first round comes before 02:15 of the second.
    first = datetime(2026, 10, 25, 2, 45, tzinfo=PARIS)
    second = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=PARIS)
    turned = intervals("2026-10", "25T00:45 25T01:15")
    assert ALWAYS_OPEN.windows(first, second, PARIS) == turned
    assert ALWAYS_OPEN.windows(second, first, PARIS) == ()
    closes = open_at("sunday 02:00-02:50").next_change(first, PARIS)
    assert closes == utc("2026-10-25T00:50")


def test_naive_times_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - to be refused
    aware = utc("2026-03-02T10:00")
    with pytest.raises(TypeError):
        ALWAYS_OPEN.is_open(naive, ZONE_UTC)
    for end in (naive, aware):
        with pytest.raises(TypeError):
            ALWAYS_OPEN.windows(naive, end, ZONE_UTC)
    with pytest.raises(TypeError):
        ALWAYS_OPEN.next_change(naive, ZONE_UTC)


@pytest.mark.parametrize("zone", [ZONE_UTC, APIA, ZoneInfo("Pacific/Niue")], ids=str)
def test_ends_of_the_calendar_work(zone: ZoneInfo) -> None:
    earliest = datetime.min.replace(tzinfo=UTC)
    latest = datetime.max.replace(tzinfo=UTC)
    mondays, fortnight = open_at("monday 08:00-12:00"), timedelta(days=14)
    for edge in (earliest, latest):
        assert ALWAYS_OPEN.is_open(edge, zone)
        assert ALWAYS_OPEN.next_change(edge, zone) is None
        mondays.next_change(edge, zone)
    last = latest - fortnight, latest
    assert ALWAYS_OPEN.windows(*last, zone) == (Interval(*last),)
    for start, end in (last, (earliest, earliest + fortnight)):
        assert len(mondays.windows(start, end, zone)) == 2


@pytest.mark.parametrize(
    ("outer", "inner", "within"),
    [
        ("monday 08:00-20:00", "monday 08:00-20:00", True),
        ("monday 08:00-20:00", "monday 07:59:59-20:00", False),
        ("monday 08:00-20:00", "monday 09:00-20:00:01", False),
        ("monday 08:00-20:00", "tuesday 09:00-10:00", False),
        ("monday 08:00-10:00 11:00-20:00", "monday 09:00-12:00", False),
        ("monday 20:00-08:00", "tuesday 00:00-07:00", True),
    ],
)
def test_contains_compares_windows(outer: str, inner: str, within: bool) -> None:
    assert week(outer).contains(week(inner)) is within


def test_no_zone_returns_to_an_offset_within_three_days() -> None:
    """The search for offset changes relies on it."""
    data = resources.files("tzdata")
    first, last = (int(utc(f"{year}-01-01").timestamp()) for year in (1800, 2040))
    for name in data.joinpath("zones").read_text(encoding="utf-8").split():
        zone = data.joinpath("zoneinfo", *name.split("/")).read_bytes()
        # The table goes to 2037; the rule after it repeats its last years.
        table = zone[: zone.rindex(b"\n", 0, -1)]
        clock = read_clock(BytesIO(table), first, last)
        steps = [(first, clock.first), *clock.changes]
        for (_, before), (left, _), (back, after) in zip(
            steps, steps[1:], steps[2:], strict=False
        ):
            assert before != after or back - left > 3 * 86400, name


def spans(*minutes: tuple[int, int]) -> tuple[Interval, ...]:
    midnight, minute = utc("2026-11-24"), timedelta(minutes=1)
    return tuple(
        Interval(midnight + start * minute, midnight + end * minute)
        for start, end in minutes
    )


def test_intervals_are_joined_and_intersected() -> None:
    assert union(spans((5, 9), (0, 3), (3, 4), (6, 7))) == spans((0, 4), (5, 9))
    assert union(()) == ()
    both = overlap(spans((0, 4), (5, 9)), spans((1, 2), (3, 6), (8, 20)))
    assert both == spans((1, 2), (3, 4), (5, 6), (8, 9))
    for other in (spans((4, 5)), ()):
        assert overlap(spans((0, 4)), other) == ()

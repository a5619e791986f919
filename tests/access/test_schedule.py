"""Test weekly schedules where wall clocks and instants diverge."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from importlib import resources
import math
import struct
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.schedule import ALWAYS, WeekSchedule
from custom_components.courier_access.access.wall_clock import Interval, overlap, union

PARIS = ZoneInfo("Europe/Paris")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
ZONE_UTC = ZoneInfo("UTC")
SECOND = timedelta(seconds=1)


def schedule(**days: list[tuple[str, str]]) -> WeekSchedule:
    return WeekSchedule.from_mapping(
        {
            day: [{"from": start, "to": end} for start, end in windows]
            for day, windows in days.items()
        }
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def interval(start: str, end: str) -> Interval:
    return Interval(utc(start), utc(end))


# Open windows


def test_default_schedule_is_never_open() -> None:
    assert WeekSchedule().is_empty
    assert WeekSchedule.from_mapping({}) == WeekSchedule()
    assert WeekSchedule.from_mapping({"monday": []}) == WeekSchedule()
    assert not WeekSchedule().is_open(utc("2026-03-02T10:00"), PARIS)
    assert WeekSchedule().windows(utc("2026-01-01"), utc("2026-12-31"), PARIS) == ()
    assert WeekSchedule().next_change(utc("2026-03-02T10:00"), PARIS) is None
    assert WeekSchedule().to_mapping() == {}


def test_always_is_open_at_every_instant() -> None:
    start, end = utc("2026-01-01"), utc("2026-12-31")
    assert not ALWAYS.is_empty
    assert ALWAYS.is_open(start, PARIS)
    assert ALWAYS.windows(start, end, PARIS) == (Interval(start, end),)
    assert ALWAYS.next_change(start, PARIS) is None
    assert WeekSchedule.from_mapping(ALWAYS.to_mapping()) == ALWAYS


def test_window_is_half_open_to_the_microsecond() -> None:
    week = schedule(monday=[("08:00", "12:00")])
    opens, closes = utc("2026-03-02T07:00"), utc("2026-03-02T11:00")
    least = timedelta.resolution
    assert not week.is_open(opens - least, PARIS)
    assert week.is_open(opens, PARIS)
    assert week.is_open(closes - least, PARIS)
    assert not week.is_open(closes, PARIS)


def test_repeated_hour_is_open_both_times() -> None:
    week = schedule(sunday=[("02:15", "02:45")])
    assert week.windows(utc("2026-10-24T12:00"), utc("2026-10-25T12:00"), PARIS) == (
        interval("2026-10-25T00:15", "2026-10-25T00:45"),
        interval("2026-10-25T01:15", "2026-10-25T01:45"),
    )
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    assert week.is_open(twice.replace(fold=0), PARIS)
    assert week.is_open(twice.replace(fold=1), PARIS)


def test_window_across_a_repeated_hour_is_one_interval() -> None:
    assert schedule(sunday=[("01:00", "04:00")]).windows(
        utc("2026-10-24T12:00"), utc("2026-10-25T12:00"), PARIS
    ) == (interval("2026-10-24T23:00", "2026-10-25T03:00"),)


def test_window_that_ends_in_a_repeated_hour_opens_again() -> None:
    assert schedule(sunday=[("01:30", "02:30")]).windows(
        utc("2026-10-24T12:00"), utc("2026-10-25T12:00"), PARIS
    ) == (
        interval("2026-10-24T23:30", "2026-10-25T00:30"),
        interval("2026-10-25T01:00", "2026-10-25T01:30"),
    )


def test_skipped_hour_never_opens() -> None:
    week = schedule(sunday=[("02:00", "03:00")])
    assert week.windows(utc("2026-03-28T12:00"), utc("2026-03-29T12:00"), PARIS) == ()
    assert schedule(sunday=[("01:30", "03:30")]).windows(
        utc("2026-03-28T12:00"), utc("2026-03-29T12:00"), PARIS
    ) == (interval("2026-03-29T00:30", "2026-03-29T01:30"),)


def test_windows_around_a_skipped_hour_are_one_interval() -> None:
    assert schedule(sunday=[("01:00", "02:00"), ("03:00", "04:00")]).windows(
        utc("2026-03-28T12:00"), utc("2026-03-29T12:00"), PARIS
    ) == (interval("2026-03-29T00:00", "2026-03-29T02:00"),)


def test_half_hour_change_of_lord_howe_is_exact() -> None:
    # 4 October 2026: 02:00 (+10:30) becomes 02:30 (+11:00); 5 April: 02:00 (+11:00)
    # becomes 01:30.
    week = schedule(sunday=[("01:40", "02:10")])
    assert week.windows(
        utc("2026-10-03T12:00"), utc("2026-10-04T12:00"), LORD_HOWE
    ) == (interval("2026-10-03T15:10", "2026-10-03T15:30"),)
    assert week.windows(
        utc("2026-04-04T12:00"), utc("2026-04-05T12:00"), LORD_HOWE
    ) == (
        interval("2026-04-04T14:40", "2026-04-04T15:00"),
        interval("2026-04-04T15:10", "2026-04-04T15:40"),
    )


def test_skipped_day_has_no_windows() -> None:
    # Samoa had no Friday 30 December 2011: Saturday +14:00 followed Thursday -10:00.
    friday = schedule(friday=[("00:00", "24:00")])
    assert friday.windows(utc("2011-12-26"), utc("2012-01-04"), APIA) == ()
    around = schedule(thursday=[("23:00", "24:00")], saturday=[("00:00", "01:00")])
    assert around.windows(utc("2011-12-29T12:00"), utc("2011-12-31T00:00"), APIA) == (
        interval("2011-12-30T09:00", "2011-12-30T11:00"),
    )


def test_one_week_of_summer_time_is_seen_within_a_month() -> None:
    # Recife was at -02:00 instead of -03:00 from 8 to 15 October 2000.
    week = schedule(wednesday=[("08:00", "09:00")])
    recife = ZoneInfo("America/Recife")
    assert week.windows(utc("2000-10-01"), utc("2000-10-31"), recife) == (
        interval("2000-10-04T11:00", "2000-10-04T12:00"),
        interval("2000-10-11T10:00", "2000-10-11T11:00"),
        interval("2000-10-18T11:00", "2000-10-18T12:00"),
        interval("2000-10-25T11:00", "2000-10-25T12:00"),
    )


def test_windows_join_across_midnight_and_the_week() -> None:
    week = schedule(sunday=[("22:00", "06:00")])
    assert week.windows(utc("2026-03-01"), utc("2026-03-08"), ZONE_UTC) == (
        interval("2026-03-01T22:00", "2026-03-02T06:00"),
    )


def test_windows_are_cut_at_the_requested_instants() -> None:
    week = schedule(monday=[("08:00", "12:00")])
    start = utc("2026-03-02T09:00:00.25")
    end = utc("2026-03-02T10:00:00.75")
    assert week.windows(start, end, ZONE_UTC) == (Interval(start, end),)
    assert week.windows(start, start + timedelta.resolution, ZONE_UTC) == (
        Interval(start, start + timedelta.resolution),
    )
    assert (
        week.windows(utc("2026-03-02T12:00"), utc("2026-03-09T08:00"), ZONE_UTC) == ()
    )


def test_reversed_range_has_no_windows() -> None:
    instant = utc("2026-03-02T09:00:00.5")
    assert ALWAYS.windows(instant, instant, ZONE_UTC) == ()
    assert ALWAYS.windows(instant, instant - timedelta.resolution, ZONE_UTC) == ()


def test_instants_of_any_zone_are_returned_in_utc() -> None:
    eastern = timezone(timedelta(hours=-5))
    opened = ALWAYS.windows(
        datetime(2026, 3, 2, 9, tzinfo=eastern),
        datetime(2026, 3, 2, 10, tzinfo=PARIS),
        ZONE_UTC,
    )
    assert opened == ()
    opened = ALWAYS.windows(
        datetime(2026, 3, 2, 3, tzinfo=eastern),
        datetime(2026, 3, 2, 10, tzinfo=PARIS),
        ZONE_UTC,
    )
    assert opened == (interval("2026-03-02T08:00", "2026-03-02T09:00"),)
    assert opened[0].start.tzinfo is UTC
    assert opened[0].end.tzinfo is UTC


def test_instants_are_ordered_when_the_clock_turns_back() -> None:
    # 02:45 of the first round comes before 02:15 of the second.
    first = datetime(2026, 10, 25, 2, 45, tzinfo=PARIS)
    second = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=PARIS)
    assert ALWAYS.windows(first, second, PARIS) == (
        interval("2026-10-25T00:45", "2026-10-25T01:15"),
    )
    assert ALWAYS.windows(second, first, PARIS) == ()
    assert schedule(sunday=[("02:00", "02:50")]).next_change(first, PARIS) == utc(
        "2026-10-25T00:50"
    )


def test_naive_times_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - to be refused
    aware = utc("2026-03-02T10:00")
    with pytest.raises(TypeError):
        ALWAYS.is_open(naive, ZONE_UTC)
    with pytest.raises(TypeError):
        ALWAYS.windows(naive, naive, ZONE_UTC)
    with pytest.raises(TypeError):
        ALWAYS.windows(naive, aware, ZONE_UTC)
    with pytest.raises(TypeError):
        ALWAYS.next_change(naive, ZONE_UTC)


@pytest.mark.parametrize("zone", [ZONE_UTC, APIA, ZoneInfo("Pacific/Niue")], ids=str)
def test_ends_of_the_calendar_work(zone: ZoneInfo) -> None:
    earliest, latest = (
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    )
    week = schedule(monday=[("08:00", "12:00")])
    for edge in (earliest, latest):
        assert ALWAYS.is_open(edge, zone)
        assert ALWAYS.next_change(edge, zone) is None
        week.next_change(edge, zone)
    assert ALWAYS.windows(latest - timedelta(days=9), latest, zone) == (
        Interval(latest - timedelta(days=9), latest),
    )
    assert len(week.windows(latest - timedelta(days=14), latest, zone)) == 2
    assert len(week.windows(earliest, earliest + timedelta(days=14), zone)) == 2


# The next change


def test_next_change_is_the_opening_then_the_closing() -> None:
    week = schedule(monday=[("08:00", "12:00")])
    opens, closes = utc("2026-03-02T07:00"), utc("2026-03-02T11:00")
    assert week.next_change(opens - SECOND, PARIS) == opens
    assert week.next_change(opens, PARIS) == closes
    assert week.next_change(closes - timedelta.resolution, PARIS) == closes
    assert week.next_change(closes, PARIS) == utc("2026-03-09T07:00")


def test_next_change_continues_after_a_skipped_window() -> None:
    # Open only in the hour that 29 March 2026 skips.
    week = schedule(sunday=[("02:00", "03:00")])
    assert week.next_change(utc("2026-03-22T02:00"), PARIS) == utc("2026-04-05T00:00")
    friday = schedule(friday=[("12:00", "13:00")])
    assert friday.next_change(utc("2011-12-23T23:00"), APIA) == utc("2012-01-05T22:00")


def test_next_change_continues_after_a_skipped_closing() -> None:
    week = schedule(
        **{
            day: [("00:00", "24:00")]
            for day in (
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
            )
        },
        sunday=[("00:00", "02:00"), ("03:00", "24:00")],
    )
    assert week.next_change(utc("2026-03-22T02:00"), PARIS) == utc("2026-04-05T00:00")


def test_turned_back_clock_is_a_change() -> None:
    week = schedule(sunday=[("02:30", "24:00")])
    assert week.next_change(utc("2026-10-25T00:30"), PARIS) == utc("2026-10-25T01:00")


# Containment


@pytest.mark.parametrize(
    ("outer", "inner", "within"),
    [
        (
            schedule(monday=[("08:00", "20:00")]),
            schedule(monday=[("08:00", "20:00")]),
            True,
        ),
        (
            schedule(monday=[("08:00", "20:00")]),
            schedule(monday=[("07:59:59", "20:00")]),
            False,
        ),
        (
            schedule(monday=[("08:00", "20:00")]),
            schedule(monday=[("09:00", "20:00:01")]),
            False,
        ),
        (
            schedule(monday=[("08:00", "20:00")]),
            schedule(tuesday=[("09:00", "10:00")]),
            False,
        ),
        (
            schedule(monday=[("08:00", "10:00"), ("11:00", "20:00")]),
            schedule(monday=[("09:00", "12:00")]),
            False,
        ),
        (
            schedule(monday=[("08:00", "10:00"), ("11:00", "20:00")]),
            schedule(monday=[("09:00", "10:00"), ("11:00", "12:00")]),
            True,
        ),
        (
            schedule(monday=[("20:00", "08:00")]),
            schedule(tuesday=[("00:00", "07:00")]),
            True,
        ),
        (ALWAYS, schedule(sunday=[("20:00", "08:00")]), True),
        (schedule(sunday=[("20:00", "08:00")]), ALWAYS, False),
        (WeekSchedule(), WeekSchedule(), True),
        (WeekSchedule(), schedule(monday=[("08:00", "10:00")]), False),
    ],
)
def test_contains_compares_windows(
    outer: WeekSchedule, inner: WeekSchedule, within: bool
) -> None:
    assert outer.contains(inner) is within


# What the search for offset changes relies on


def test_no_zone_returns_to_an_offset_within_three_days() -> None:
    data = resources.files("tzdata")
    names = data.joinpath("zones").read_text(encoding="utf-8").split()
    shortest_absence = min(
        back_at - left_at
        for name in names
        for (_, before), (left_at, _), (back_at, after) in triples(
            offset_stretches(data.joinpath("zoneinfo", *name.split("/")).read_bytes())
        )
        if before == after
    )
    assert shortest_absence > 3 * 86400


def triples[T](items: list[T]) -> Iterator[tuple[T, T, T]]:
    return zip(items, items[1:], items[2:], strict=False)


def offset_stretches(data: bytes) -> list[tuple[float, int]]:
    """Read a TZif file (RFC 9636): each offset with its first second since 1970."""
    header = struct.Struct(">4s16x6I")
    # Version 1 data with 32-bit times comes first; version 2 has its own header.
    _, utc_flags, std_flags, leaps, times, types, chars = header.unpack_from(data)
    at = header.size + times * 5 + types * 6 + chars + leaps * 8 + std_flags + utc_flags
    magic, _, _, _, times, types, _ = header.unpack_from(data, at)
    assert magic == b"TZif"
    at += header.size
    instants = struct.unpack_from(f">{times}q", data, at)
    indexes = data[at + times * 8 : at + times * 9]
    offsets = [
        struct.unpack_from(">i", data, at + times * 9 + 6 * n)[0] for n in range(types)
    ]
    stretches: list[tuple[float, int]] = [(-math.inf, offsets[0])]
    for instant, index in zip(instants, indexes, strict=True):
        if offsets[index] != stretches[-1][1]:
            stretches.append((instant, offsets[index]))
    return stretches


def spans(*minutes: tuple[int, int]) -> tuple[Interval, ...]:
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    return tuple(
        Interval(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))
        for start, end in minutes
    )


def test_touching_intervals_are_joined() -> None:
    assert union(spans((5, 9), (0, 3), (3, 4), (6, 7))) == spans((0, 4), (5, 9))
    assert union(()) == ()


def test_overlap_is_the_intersection() -> None:
    assert overlap(spans((0, 4), (5, 9)), spans((1, 2), (3, 6), (8, 20))) == spans(
        (1, 2), (3, 4), (5, 6), (8, 9)
    )
    assert overlap(spans((0, 4)), spans((4, 5))) == ()
    assert overlap(spans((0, 4)), ()) == ()

"""A weekly schedule against an oracle that reads the given text with the zone's own clock.

The oracle never sees a `WeekSchedule`: it turns an instant into local time and compares its digits
with those of the windows as they were written.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.courier_access.access.schedule import (
    ALWAYS,
    Interval,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
)

type Written = dict[str, list[dict[str, str]]]

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
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


def is_open_as_written(written: Written, instant: datetime, zone: ZoneInfo) -> bool:
    local = instant.astimezone(zone)
    clock = local.strftime("%H:%M:%S.%f")
    today, yesterday = DAYS[local.weekday()], DAYS[local.weekday() - 1]
    for window in written.get(today, []):
        if window["from"] < window["to"]:
            if window["from"] <= clock < window["to"]:
                return True
        elif window["from"] <= clock:
            return True
    return any(clock < window["to"] < window["from"] for window in written.get(yesterday, []))


def runs_by_second(
    written: Written, start: datetime, end: datetime, zone: ZoneInfo
) -> tuple[Interval, ...]:
    """The open intervals, found by looking at every second from `start` to `end`."""
    runs: list[Interval] = []
    began: datetime | None = None
    instant = start
    while instant < end:
        opened = is_open_as_written(written, instant, zone)
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
    clocks = {window[edge] for day in written.values() for window in day for edge in window}
    clocks = {clock for clock in clocks if not clock.startswith("24")} | {"00:00"}
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date() + timedelta(days=1):
        for clock in clocks:
            for fold in (0, 1):
                local = datetime.combine(day, time.fromisoformat(clock), zone).replace(fold=fold)
                edge = local.astimezone(UTC)
                yield from (at for at in (edge - LEAST, edge, edge + LEAST) if start <= at < end)
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
    st.sampled_from(UNUSUAL), st.sampled_from(sorted(available_timezones() - {"localtime"}))
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


# Most clocks change in the small hours, at whole or half hours.
clocks = st.one_of(
    st.builds("{:02}:{:02}".format, st.integers(0, 4), st.sampled_from([0, 15, 30, 45])),
    st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds(
        "{:02}:{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59)
    ),
)


def padded(clock: str) -> str:
    return clock if len(clock) > 5 else clock + ":00"


windows_written = st.builds(
    lambda start, end: {"from": start, "to": end},
    clocks,
    st.one_of(clocks, st.sampled_from(["24:00", "24:00:00", "00:00"])),
).filter(lambda window: padded(window["from"]) != padded(window["to"]))
schedules_written: st.SearchStrategy[Written] = st.dictionaries(
    st.sampled_from(DAYS), st.lists(windows_written, max_size=3)
)
# With the same windows every day, a change of offset meets one of them.
daily_written = st.lists(windows_written, min_size=1, max_size=3).map(
    lambda windows: dict.fromkeys(DAYS, windows)
)
written_schedules = st.one_of(schedules_written, daily_written)


# Being open


@settings(max_examples=400, deadline=None)
@given(written_schedules, places())
def test_is_open_is_what_the_written_times_say(
    written: Written, place: tuple[ZoneInfo, datetime]
) -> None:
    zone, instant = place
    week = WeekSchedule.from_mapping(written)
    for at in (
        instant,
        instant.astimezone(zone),
        *telling_instants(written, instant, instant + 3 * HOUR, zone),
    ):
        assert week.is_open(at, zone) is is_open_as_written(written, at, zone)


@settings(max_examples=150, deadline=None)
@given(written_schedules, places(microseconds=False), st.integers(0, 3 * 3600))
def test_windows_are_the_runs_of_open_seconds(
    written: Written, place: tuple[ZoneInfo, datetime], seconds: int
) -> None:
    zone, start = place
    end = start + seconds * SECOND
    assert WeekSchedule.from_mapping(written).windows(start, end, zone) == runs_by_second(
        written, start, end, zone
    )


@settings(max_examples=400, deadline=None)
@given(written_schedules, places(), st.integers(0, 6 * 86400), st.integers(0, 999999))
def test_windows_hold_exactly_the_open_instants(
    written: Written, place: tuple[ZoneInfo, datetime], seconds: int, microseconds: int
) -> None:
    zone, start = place
    end = start + seconds * SECOND + microseconds * LEAST
    week = WeekSchedule.from_mapping(written)
    opened = week.windows(start, end, zone)
    for before, after in pairwise(opened):
        assert before.end < after.start
    for interval in opened:
        assert start <= interval.start < interval.end <= end
        assert is_open_as_written(written, interval.start, zone)
        assert is_open_as_written(written, interval.end - LEAST, zone)
        assert interval.start == start or not is_open_as_written(
            written, interval.start - LEAST, zone
        )
        assert interval.end == end or not is_open_as_written(written, interval.end, zone)
    ends = [interval.end for interval in opened]
    for instant in telling_instants(written, start, end, zone):
        place_in = bisect_left(ends, instant + LEAST)
        inside = place_in < len(opened) and opened[place_in].start <= instant
        assert inside is is_open_as_written(written, instant, zone)
        assert inside is week.is_open(instant, zone)


@settings(max_examples=400, deadline=None)
@given(written_schedules, places(), st.lists(st.integers(0, 90 * 86400), min_size=1, max_size=9))
def test_windows_of_parts_are_the_parts_of_windows(
    written: Written, place: tuple[ZoneInfo, datetime], cuts: list[int]
) -> None:
    zone, start = place
    week = WeekSchedule.from_mapping(written)
    instants = [start, *(start + cut * SECOND for cut in sorted(cuts))]
    pieced: list[Interval] = []
    for since, until in pairwise(instants):
        for interval in week.windows(since, until, zone):
            if pieced and pieced[-1].end == interval.start:
                pieced[-1] = Interval(pieced[-1].start, interval.end)
            else:
                pieced.append(interval)
    assert week.windows(start, instants[-1], zone) == tuple(pieced)


@settings(max_examples=400, deadline=None)
@given(written_schedules, places())
def test_next_change_is_the_first_instant_that_differs(
    written: Written, place: tuple[ZoneInfo, datetime]
) -> None:
    zone, instant = place
    week = WeekSchedule.from_mapping(written)
    now = is_open_as_written(written, instant, zone)
    change = week.next_change(instant, zone)
    if change is None:
        assert week in (WeekSchedule(), ALWAYS)
        until = instant + timedelta(days=15)
    else:
        assert change > instant
        assert is_open_as_written(written, change, zone) is not now
        assert is_open_as_written(written, change - LEAST, zone) is now
        until = change
    for at in telling_instants(written, instant, until, zone):
        assert is_open_as_written(written, at, zone) is now


@settings(max_examples=150, deadline=None)
@given(daily_written, places(microseconds=False))
def test_next_change_within_hours_is_found_by_counting_seconds(
    written: Written, place: tuple[ZoneInfo, datetime]
) -> None:
    zone, instant = place
    now = is_open_as_written(written, instant, zone)
    seconds = (instant + n * SECOND for n in range(1, 3 * 3600))
    counted = next((at for at in seconds if is_open_as_written(written, at, zone) is not now), None)
    change = WeekSchedule.from_mapping(written).next_change(instant, zone)
    if counted is None:
        assert change is None or change >= instant + 3 * HOUR
    else:
        assert change == counted


# Meaning and writing

quarters = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
quarter_windows = st.builds(
    lambda start, end: {"from": start, "to": end}, quarters, st.one_of(quarters, st.just("24:00"))
).filter(lambda window: window["from"] != window["to"])
quarter_schedules: st.SearchStrategy[Written] = st.dictionaries(
    st.sampled_from(DAYS), st.lists(quarter_windows, max_size=4)
)


def open_quarters(written: Written) -> set[int]:
    """The quarters of a week (of 672) that are open, counted one by one from each `from`."""
    opened: set[int] = set()
    for day, windows in written.items():
        for window in windows:
            hour, minute = window["from"].split(":")
            clock, last_clock = int(hour) * 4 + int(minute) // 15, window["to"]
            while True:
                opened.add((DAYS.index(day) * 96 + clock) % 672)
                clock += 1
                reached = f"{clock // 4 % 24:02}:{clock % 4 * 15:02}"
                if last_clock in (reached, "24:00" if reached == "00:00" else reached):
                    break
    return opened


@settings(max_examples=300, deadline=None)
@given(quarter_schedules, quarter_schedules)
def test_contains_is_the_subset_of_open_time(one: Written, other: Written) -> None:
    for first, second in ((one, other), (one, one), ({**one, **other}, one)):
        outer, inner = WeekSchedule.from_mapping(first), WeekSchedule.from_mapping(second)
        assert outer.contains(inner) is (open_quarters(second) <= open_quarters(first))
        assert ALWAYS.contains(outer)
        assert outer.contains(WeekSchedule())


@settings(max_examples=200, deadline=None)
@given(quarter_schedules, st.data())
def test_a_part_of_a_schedule_is_contained_in_it(whole: Written, data: st.DataObject) -> None:
    part = {
        day: data.draw(st.lists(st.sampled_from(windows)))
        for day, windows in whole.items()
        if windows
    }
    assert WeekSchedule.from_mapping(whole).contains(WeekSchedule.from_mapping(part))


@settings(max_examples=300, deadline=None)
@given(quarter_schedules, quarter_schedules)
def test_equality_is_equality_of_meaning(one: Written, other: Written) -> None:
    first, second = WeekSchedule.from_mapping(one), WeekSchedule.from_mapping(other)
    assert (first == second) is (open_quarters(one) == open_quarters(other))
    assert first.is_empty is (not open_quarters(one))
    quarter_by_quarter: Written = {DAYS[quarter // 96]: [] for quarter in open_quarters(one)}
    for quarter in open_quarters(one):
        start, end = quarter % 96, quarter % 96 + 1
        quarter_by_quarter[DAYS[quarter // 96]].append(
            {
                "from": f"{start // 4:02}:{start % 4 * 15:02}",
                "to": f"{end // 4:02}:{end % 4 * 15:02}",
            }
        )
    spelled = WeekSchedule.from_mapping(quarter_by_quarter)
    assert spelled == first
    assert hash(spelled) == hash(first)


@settings(max_examples=300, deadline=None)
@given(written_schedules)
def test_what_is_written_is_read_back(written: Written) -> None:
    week = WeekSchedule.from_mapping(written)
    mapping = week.to_mapping()
    assert WeekSchedule.from_mapping(mapping) == week
    assert WeekSchedule.from_mapping(mapping).to_mapping() == mapping
    assert list(mapping) == [day for day in DAYS if day in mapping]
    for windows in mapping.values():
        assert windows
        assert all(window["from"] < window["to"] for window in windows)
        assert all(before["to"] < after["from"] for before, after in pairwise(windows))


@settings(max_examples=200, deadline=None)
@given(written_schedules)
def test_times_are_read_as_objects_as_well(written: Written) -> None:
    objects = {
        day: [
            {
                edge: time.max if text.startswith("24") else time.fromisoformat(text)
                for edge, text in window.items()
            }
            for window in windows
        ]
        for day, windows in written.items()
    }
    assert WeekSchedule.from_mapping(objects) == WeekSchedule.from_mapping(written)


# What a stranger may send

no_texts = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=3),
    st.datetimes(),
)
scalars = st.one_of(no_texts, st.text(max_size=9), st.times(), clocks)
odd_times = st.one_of(
    no_texts,
    st.sampled_from(["24:01", "24:00:01", "25:00", "8:00", "08:60", "-1:00", "08:00Z", " 08:00"]),
    st.times().filter(lambda value: value.microsecond and value != time.max),
)
bad_windows = st.one_of(
    st.tuples(st.one_of(scalars, st.just({}), st.just([])), st.just(ScheduleProblem.WRONG_SHAPE)),
    st.builds(
        lambda window, gone: (
            {edge: window[edge] for edge in window if edge != gone},
            ScheduleProblem.WRONG_SHAPE,
        ),
        windows_written,
        st.sampled_from(["from", "to"]),
    ),
    st.builds(
        lambda window, edge, odd: ({**window, edge: odd}, ScheduleProblem.BAD_TIME),
        windows_written,
        st.sampled_from(["from", "to"]),
        odd_times,
    ),
    clocks.map(lambda clock: ({"from": clock, "to": padded(clock)}, ScheduleProblem.EMPTY_WINDOW)),
    clocks.map(lambda clock: ({"from": "24:00", "to": clock}, ScheduleProblem.BAD_TIME)),
)
windows_and_problems = st.lists(
    st.one_of(st.tuples(windows_written, st.none()), bad_windows), max_size=4
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from(DAYS), windows_and_problems),
    st.dictionaries(st.text(max_size=8).filter(lambda day: day not in DAYS), scalars, max_size=2),
)
def test_every_fault_is_told_in_its_place_and_none_besides(
    days: dict[str, list[tuple[object, ScheduleProblem | None]]], unknown: dict[str, object]
) -> None:
    given_mapping = {day: [window for window, _ in windows] for day, windows in days.items()}
    expected = [
        ScheduleFault(day, index, problem)
        for day, windows in days.items()
        for index, (_, problem) in enumerate(windows)
        if problem is not None
    ] + [ScheduleFault(day, None, ScheduleProblem.UNKNOWN_DAY) for day in unknown]
    if not expected:
        WeekSchedule.from_mapping(given_mapping)
        return
    with pytest.raises(InvalidSchedule) as caught:
        WeekSchedule.from_mapping({**given_mapping, **unknown})
    assert caught.value.faults == tuple(expected)


anything = st.recursive(
    scalars,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=2).map(tuple),
        st.dictionaries(
            st.one_of(st.sampled_from([*DAYS, "from", "to"]), scalars), parts, max_size=4
        ),
        st.fixed_dictionaries({"from": parts, "to": parts}),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        anything,
        st.dictionaries(st.one_of(st.sampled_from(DAYS), scalars), st.lists(anything, max_size=3)),
    )
)
@example({"monday": [{"from": "08:00", "to": "09:00", 1: 2}]})
@example({10**5000: []})
@example({"\ud800": []})
def test_any_input_is_read_or_refused_with_faults(given_input: object) -> None:
    try:
        week = WeekSchedule.from_mapping(given_input)  # type: ignore[arg-type] # anything at all
    except InvalidSchedule as caught:
        invalid = caught
    else:
        assert WeekSchedule.from_mapping(week.to_mapping()) == week
        return
    assert invalid.faults
    assert str(invalid)

"""A week with exceptions against an oracle that reads the given texts with the zone's own clock and calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from custom_components.courier_access.access.hours import (
    Hours,
    WeekSchedule,
    exceptions_from_list,
    exceptions_to_list,
)
from tests.properties.test_schedule_oracle import (
    HOUR,
    LEAST,
    SECOND,
    places,
    telling_instants,
)
from tests.properties.written_exceptions import (
    WrittenExceptions,
    clocks_of,
    exceptions_about,
    hours_are_open_as_written,
)
from tests.properties.written_schedules import (
    Written,
    half_schedules,
    half_windows,
    open_halves,
    written_schedules,
)
from tests.support.quick import examples


@dataclass(frozen=True, slots=True)
class Case:
    """Hours as they were written, and an instant near one of their edges."""

    written: Written
    exceptions: WrittenExceptions
    instant: datetime
    zone: ZoneInfo

    @property
    def hours(self) -> Hours:
        week = WeekSchedule.from_mapping(self.written)
        return Hours(week, exceptions_from_list(self.exceptions))

    def is_open(self, instant: datetime) -> bool:
        return hours_are_open_as_written(
            self.written, self.exceptions, instant.astimezone(self.zone)
        )

    def telling(self, start: datetime, end: datetime) -> list[datetime]:
        clocks = clocks_of(self.written, self.exceptions)
        return list(telling_instants(clocks, start, end, self.zone))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, instant = draw(places())
    exceptions = draw(st.one_of(st.just([]), exceptions_about(instant.date())))
    return Case(draw(written_schedules), exceptions, instant, zone)


@settings(max_examples=examples(400), deadline=None)
@given(cases())
def test_hours_are_open_as_the_written_times_and_dates_say(case: Case) -> None:
    local = case.instant.astimezone(case.zone)
    until = case.instant + 30 * HOUR
    for at in (case.instant, local, *case.telling(case.instant, until)):
        assert case.hours.is_open(at, case.zone) is case.is_open(at)


@settings(max_examples=examples(500), deadline=None)
@given(cases(), st.integers(0, 6 * 86400), st.integers(0, 999999))
def test_windows_of_hours_hold_exactly_the_open_instants(
    case: Case, seconds: int, microseconds: int
) -> None:
    start = case.instant
    end = start + seconds * SECOND + microseconds * LEAST
    opened = case.hours.windows(start, end, case.zone)

    for before, after in pairwise(opened):
        assert before.end < after.start
    for interval in opened:
        assert start <= interval.start < interval.end <= end
        assert case.is_open(interval.start)
        assert case.is_open(interval.end - LEAST)
        assert interval.start == start or not case.is_open(interval.start - LEAST)
        assert interval.end == end or not case.is_open(interval.end)
    for instant in case.telling(start, end):
        inside = any(each.start <= instant < each.end for each in opened)
        assert inside is case.is_open(instant)


@settings(max_examples=examples(400), deadline=None)
@given(cases())
def test_next_change_of_hours_is_the_first_instant_that_differs(case: Case) -> None:
    now = case.is_open(case.instant)
    change = case.hours.next_change(case.instant, case.zone)

    last = max((each.last for each in case.hours.exceptions), default=None)
    if change is None:
        ends = case.instant if last is None else datetime.combine(last, time(), UTC)
        until = max(case.instant, ends) + timedelta(days=15)
    else:
        assert change > case.instant
        assert case.is_open(change) is not now
        assert case.is_open(change - LEAST) is now
        until = change
    instants = case.telling(case.instant, min(until, case.instant + timedelta(days=4)))
    instants += case.telling(max(case.instant, until - timedelta(days=4)), until)
    day = timedelta(hours=11)
    instants += [case.instant + n * day for n in range((until - case.instant) // day)]
    assert all(case.is_open(at) is now for at in instants)


FIRST = date(2026, 12, 21)  # a Monday


@st.composite
def half_exceptions(draw: st.DrawFn) -> WrittenExceptions:
    """Write exceptions to two weeks, in half hours."""
    offsets = sorted(draw(st.sets(st.integers(0, 13), max_size=6)))
    written: WrittenExceptions = []
    for first, following in pairwise([*offsets, 14]):
        last = draw(st.integers(first, following - 1))
        windows = draw(st.lists(half_windows.filter(ends_on_its_date), max_size=2))
        start, end = (FIRST + timedelta(days=days) for days in (first, last))
        written.append({"from": start, "to": end, "windows": windows})
    return written


def ends_on_its_date(window: dict[str, str]) -> bool:
    return window["from"] < window["to"] or window["to"] == "00:00"


def open_halves_of(
    written: Written, exceptions: WrittenExceptions
) -> set[tuple[int, int]]:
    """The half hours of two weeks that are open, by date, and those of the week after."""
    opened = {
        (half // 48 + week, half % 48)
        for half in open_halves(written)
        for week in (0, 7, 14)
    }
    for one in exceptions:
        first, last = ((one[edge] - FIRST).days for edge in ("from", "to"))
        opened = {(day, half) for day, half in opened if not first <= day <= last}
        for day in range(first, last + 1):
            opened |= {
                (day, half % 48)
                for half in open_halves({"monday": one["windows"]})
                if half < 48
            }
    return opened


@settings(max_examples=examples(300), deadline=None)
@given(half_schedules, half_exceptions(), half_schedules, half_exceptions())
def test_hours_contain_others_when_all_their_open_time_is_open(
    written: Written,
    exceptions: WrittenExceptions,
    other_written: Written,
    other_exceptions: WrittenExceptions,
) -> None:
    pairs = [
        ((written, exceptions), (other_written, other_exceptions)),
        ((written, exceptions), (written, other_exceptions)),
        ((written, exceptions), (written, exceptions[1:])),
        ((written, exceptions[1:]), (written, exceptions)),
        ((written, exceptions), (written, exceptions)),
    ]
    for first, second in pairs:
        outer, inner = (
            Hours(WeekSchedule.from_mapping(week), exceptions_from_list(these))
            for week, these in (first, second)
        )
        assert outer.contains(inner) is (
            open_halves_of(*second) <= open_halves_of(*first)
        )
        assert inner.is_empty is (not open_halves_of(*second))


@settings(max_examples=examples(200), deadline=None)
@given(cases())
def test_exceptions_that_are_written_are_read_back(case: Case) -> None:
    exceptions = case.hours.exceptions
    written = exceptions_to_list(exceptions)
    assert exceptions_from_list(written) == exceptions
    assert [one["from"] for one in written] == sorted(
        one["from"] for one in case.exceptions
    )
    as_dates = [
        {
            key: date.fromisoformat(value) if key in ("from", "to") else value
            for key, value in one.items()
        }
        for one in case.exceptions
    ]
    assert exceptions_from_list(as_dates) == exceptions

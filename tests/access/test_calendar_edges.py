"""Hours at their edges: exceptions that end a day apart, full days, short windows, and clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    MOST_WINDOWS,
    Hours,
    HoursException,
    Interval,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
    covers,
    exceptions_from_list,
)
from tests.access.parts import PARIS, hours

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
EVE = date(2026, 12, 24)


def closed(days: int, since: date = EVE) -> Hours:
    """Return hours that are closed for some days."""
    return Hours(ALWAYS, (HoursException(since, since + (days - 1) * DAY),))


@pytest.mark.parametrize("days", [1, 6, 7, 8, 13, 14, 15, 40])
def test_hours_closed_a_day_longer_do_not_contain_the_shorter_closure(
    days: int,
) -> None:
    assert not closed(days + 1).contains(closed(days))
    assert closed(days).contains(closed(days + 1))
    assert not closed(days).contains(closed(days, EVE + DAY))
    assert not closed(days).contains(closed(days, EVE - DAY))


@pytest.mark.parametrize("days", [1, 7, 30])
def test_day_after_an_exception_is_the_next_change(days: int) -> None:
    begins = datetime(2026, 12, 24, tzinfo=PARIS).astimezone(UTC)
    assert closed(days).next_change(begins, PARIS) == begins + days * DAY
    assert closed(days).next_change(begins - 100 * DAY, PARIS) == begins


def test_exception_may_have_as_many_windows_as_a_day() -> None:
    windows = [
        {"from": f"{number // 2:02}:{number % 2 * 30:02}", "to": end}
        for number in range(MOST_WINDOWS)
        for end in [f"{number // 2:02}:{number % 2 * 30 + 20:02}"]
    ]
    [read] = exceptions_from_list([{"from": EVE, "windows": windows}])
    assert len(read.windows) == MOST_WINDOWS
    assert read.windows[-1] == (23 * 3600 + 30 * 60, 23 * 3600 + 50 * 60)


def test_exception_that_runs_a_second_into_the_next_day_is_refused() -> None:
    window = {"from": "22:00", "to": "00:00:01"}
    with pytest.raises(InvalidSchedule) as caught:
        exceptions_from_list([{"from": EVE, "windows": [window]}])
    assert caught.value.faults == (
        ScheduleFault("2026-12-24", 0, ScheduleProblem.CROSSES_MIDNIGHT, 0),
    )


def test_window_may_run_a_second_into_the_next_day() -> None:
    night = hours("22:00", "00:00:01", "sunday")
    assert night.days[6] == ((22 * 3600, 24 * 3600),)
    assert night.days[0] == ((0, 1),)


def test_first_second_of_a_day_is_not_contained_in_a_closed_day() -> None:
    assert not covers((), ((0, 1),))
    assert not covers(((1, 100),), ((0, 1),))
    assert covers(((0, 1),), ((0, 1),))
    first_second = WeekSchedule((((0, 1),),) * 7)
    assert not WeekSchedule().contains(first_second)
    assert not hours("00:00:01", "24:00").contains(first_second)


def test_open_time_lasts_into_the_first_second_of_a_day() -> None:
    midnight = datetime(2026, 11, 25, tzinfo=PARIS).astimezone(UTC)
    for end in (midnight, midnight + SECOND, midnight + 2 * SECOND):
        opened = Hours(ALWAYS).windows(midnight - DAY, end, PARIS)
        assert opened == (Interval(midnight - DAY, end),)


@pytest.mark.parametrize("seconds", [*range(1, 40), 3599, 3601, 43_199, 86_399])
def test_clock_change_is_found_to_the_second_from_wherever_one_looks(
    seconds: int,
) -> None:
    """Paris skips 02:00 to 03:00 on 29 March 2026."""
    skipped = datetime(2026, 3, 29, 1, tzinfo=UTC)
    around = Hours(hours("01:59:59", "03:00:01", "sunday"))
    opened = around.windows(
        skipped - seconds * SECOND, skipped + 90_000 * SECOND - seconds * SECOND, PARIS
    )
    assert opened[0] == Interval(skipped - SECOND, skipped + SECOND)
    # Lisbon's clock is an hour behind, and changes at the same instant.
    lisbon = ZoneInfo("Europe/Lisbon")
    summer = Hours(hours("02:00", "02:30", "sunday")).windows(
        skipped - seconds * SECOND, skipped + 3600 * SECOND, lisbon
    )
    assert summer == (Interval(skipped, skipped + 1800 * SECOND),)

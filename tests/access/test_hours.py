"""Test hours with exceptions, and every way in which exceptions can be invalid."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    ALWAYS_OPEN,
    LONGEST_EXCEPTION,
    MOST_EXCEPTIONS,
    MOST_WINDOWS,
    Hours,
    HoursException,
    Interval,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
    exceptions_from_list,
    exceptions_to_list,
)
from tests.access.parts import PARIS, hours

DAY = timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")
NIGHTS = hours("22:00", "06:00")
EVE, CHRISTMAS = date(2026, 12, 24), date(2026, 12, 25)
NOONS = ((12 * 3600, 13 * 3600),)


def paris(
    day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026
) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


ALL_DAY = ((0, 86400),)


def exception(
    first: date, last: date | None = None, *windows: tuple[int, int]
) -> HoursException:
    return HoursException(first, last or first, windows)


def test_exceptions_replace_whole_dates() -> None:
    """This includes windows that run past midnight, but not the date after."""
    closed = Hours(NIGHTS, (exception(EVE, CHRISTMAS),))

    assert closed.windows(paris(23, 12), paris(26, 12), PARIS) == (
        Interval(paris(23, 22), paris(24, 0)),
        Interval(paris(26, 0), paris(26, 6)),
    )
    assert not closed.is_open(paris(24, 1), PARIS)
    assert closed.is_open(paris(26, 1), PARIS)


def test_exceptions_can_open_a_closed_date() -> None:
    other = Hours(exceptions=(exception(EVE, CHRISTMAS, *NOONS),))

    assert other.windows(paris(1, 0), paris(31, 0), PARIS) == (
        Interval(paris(24, 12), paris(24, 13)),
        Interval(paris(25, 12), paris(25, 13)),
    )
    assert not other.is_empty
    assert Hours(exceptions=(exception(EVE),)).is_empty


def test_each_date_has_the_hours_of_its_own_exception() -> None:
    first, second, third = (
        exception(EVE + number * DAY, None, ((8 + number) * 3600, 18 * 3600))
        for number in range(3)
    )
    own = Hours(exceptions=(first, second, third))

    assert own.windows(paris(23, 0), paris(31, 0), PARIS) == tuple(
        Interval(paris(24 + number, 8 + number), paris(24 + number, 18))
        for number in range(3)
    )


def test_always_open_is_not_empty() -> None:
    assert not ALWAYS_OPEN.is_empty


def test_clock_change_within_an_exception_is_exact() -> None:
    """On 25 October 2026 02:00 to 03:00 repeats; on 29 March it is skipped."""
    night = (2 * 3600, 3 * 3600)
    days = date(2026, 3, 29), date(2026, 10, 25)
    own = Hours(exceptions=tuple(exception(day, day, night) for day in days))

    twice = (datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 2))
    year = own.windows(paris(1, 0, month=1), paris(31, 0), PARIS)
    assert year == (Interval(*twice),)


class TestNextChange:
    def test_next_change_is_found_after_many_months(self) -> None:
        years = range(2027, 2077)
        closed = (exception(date(year, 1, 1), date(year, 12, 31)) for year in years)
        own = Hours(ALWAYS, tuple(closed))
        begins, ends = (paris(1, 0, month=1, year=year) for year in (2027, 2077))

        assert own.next_change(paris(1, 0), PARIS) == begins
        assert own.next_change(begins, PARIS) == ends
        assert own.next_change(ends, PARIS) is None

    def test_exception_without_effect_is_no_change(self) -> None:
        for last in (EVE, date(2027, 12, 23)):
            for own in (
                Hours(ALWAYS, (exception(EVE, last, *ALL_DAY),)),
                Hours(exceptions=(exception(EVE, last),)),
            ):
                for at in (paris(1, 0), paris(24, 12)):
                    assert own.next_change(at, PARIS) is None

    def test_dates_begin_at_midnight_of_the_wall_clock_in_any_zone(self) -> None:
        own = Hours(ALWAYS, (exception(EVE),))
        for wall in (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Etc/GMT+12")):
            begins = datetime(2026, 12, 24, tzinfo=wall).astimezone(UTC)
            assert own.next_change(begins - 300 * DAY, wall) == begins
            assert own.next_change(begins, wall) == begins + DAY

    def test_first_and_last_dates_of_the_calendar_work(self) -> None:
        own, zone = Hours(ALWAYS, (exception(date.min), exception(date.max))), UTC_ZONE
        first, second = datetime(1, 1, 1, 12, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC)

        assert own.next_change(first, zone) == second
        assert own.is_open(datetime(9999, 12, 30, 12, tzinfo=UTC), zone)
        assert not own.is_open(datetime.max.replace(tzinfo=UTC), zone)
        assert own.contains(own)


def test_contains_compares_every_date() -> None:
    closed = Hours(ALWAYS, (exception(EVE),))
    mondays = hours("08:00", "12:00", "monday")
    long = exception(EVE, EVE + 200 * DAY)

    assert ALWAYS_OPEN.contains(closed)
    assert not closed.contains(ALWAYS_OPEN)
    assert closed.contains(Hours(NIGHTS, (exception(EVE, CHRISTMAS),)))
    # A closed Thursday loses nothing if Thursdays are closed anyway.
    assert Hours(mondays, (exception(EVE),)).contains(Hours(mondays))
    assert not Hours(mondays, (long,)).contains(Hours(mondays))


def test_day_off_is_opened_as_its_weekday_is() -> None:
    week = hours("08:00", "12:00")
    off = Hours(week, (exception(EVE - DAY, EVE + DAY), exception(EVE + 9 * DAY)))

    opened = off.with_open_day(EVE)

    assert opened == Hours(
        week, (exception(EVE - DAY), exception(EVE + DAY), exception(EVE + 9 * DAY))
    )
    assert opened.contains(off)
    assert Hours(week, (exception(EVE),)).with_open_day(EVE) == Hours(week)
    assert opened.with_open_day(EVE) is opened


def test_closed_weekday_is_opened_as_most_others_are() -> None:
    mondays = hours("08:00", "12:00", "monday").days
    others = hours("10:00", "18:00", "tuesday", "friday").days
    week = WeekSchedule(
        tuple(one or other for one, other in zip(mondays, others, strict=True))
    )
    later = exception(EVE + 9 * DAY)
    opened = exception(EVE, None, (10 * 3600, 18 * 3600))

    assert Hours(week, (later,)).with_open_day(EVE) == Hours(week, (opened, later))


def test_day_stays_closed_without_usual_hours_or_room_for_an_exception() -> None:
    never = Hours(exceptions=(exception(EVE, None, *NOONS),))
    full = Hours(
        hours("08:00", "12:00", "monday"),
        tuple(exception(CHRISTMAS + n * DAY) for n in range(MOST_EXCEPTIONS)),
    )

    assert never.with_open_day(CHRISTMAS) is never
    assert full.with_open_day(EVE) is full


MORNINGS = hours("08:00", "12:00")
EVENING = Interval(paris(24, 17), paris(24, 21))
OPEN_EVENING = (17 * 3600, 21 * 3600)


def opened(own: Hours, start: datetime, end: datetime) -> Hours:
    return own.opened(Interval(start, end), PARIS, EVE - DAY)


def test_hours_open_once_beside_the_hours_of_the_day() -> None:
    own = Hours(MORNINGS)
    assert opened(own, EVENING.start, EVENING.end) == Hours(
        MORNINGS, (exception(EVE, None, (8 * 3600, 12 * 3600), OPEN_EVENING),)
    )
    joined = opened(own, paris(24, 11), paris(25, 2))
    assert joined.exceptions == (
        exception(EVE, None, (8 * 3600, 86400)),
        exception(CHRISTMAS, None, (0, 2 * 3600), (8 * 3600, 12 * 3600)),
    )
    until_midnight = opened(own, paris(24, 17), paris(25, 0))
    assert [each.first for each in until_midnight.exceptions] == [EVE]


def test_days_off_around_an_opened_day_stay() -> None:
    off = Hours(MORNINGS, (exception(EVE - DAY, CHRISTMAS),))
    assert opened(off, EVENING.start, EVENING.end).exceptions == (
        exception(EVE - DAY),
        exception(EVE, None, OPEN_EVENING),
        exception(CHRISTMAS),
    )


def test_open_hours_are_not_opened_again_and_past_exceptions_go() -> None:
    past, later = exception(EVE - 9 * DAY, EVE - 2 * DAY), exception(EVE + 9 * DAY)
    own = Hours(MORNINGS, (past, later))
    assert opened(own, paris(24, 9), paris(24, 12)) == Hours(MORNINGS, (later,))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # The clock shows 2:00 to 3:00 twice, or never.
        ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("2026-10-25T00:59:59Z", "2026-10-25T01:00:01Z"),
        ("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z"),
        ("2026-12-24T16:00:00.000005Z", "2026-12-24T19:59:59.000007Z"),
    ],
)
def test_all_of_the_opened_time_is_open_whatever_the_clock_does(
    start: str, end: str
) -> None:
    once = Interval(datetime.fromisoformat(start), datetime.fromisoformat(end))
    for own in (Hours(), Hours(MORNINGS), Hours(NIGHTS)):
        wider = own.opened(once, PARIS, once.start.date())
        assert wider.windows(once.start, once.end, PARIS) == (once,)
        assert wider.contains(own)
        # A repeated hour opens both times, and nothing else does.
        before, after = once.start - DAY, once.end + DAY
        added = length(wider, before, after) - length(own, before, after)
        assert added <= once.end - once.start + timedelta(hours=1)


def length(own: Hours, start: datetime, end: datetime) -> timedelta:
    opens = own.windows(start, end, PARIS)
    return sum((each.end - each.start for each in opens), timedelta())


def test_hours_that_would_be_too_many_are_not_opened() -> None:
    full = Hours(
        MORNINGS,
        tuple(exception(CHRISTMAS + n * DAY) for n in range(MOST_EXCEPTIONS)),
    )
    with pytest.raises(InvalidSchedule) as caught:
        opened(full, EVENING.start, EVENING.end)
    assert caught.value.faults == (
        ScheduleFault("", None, ScheduleProblem.TOO_MANY_EXCEPTIONS),
    )
    minutes = tuple((n * 120, n * 120 + 60) for n in range(MOST_WINDOWS))
    crowded = Hours(MORNINGS, (exception(EVE, None, *minutes),))
    with pytest.raises(InvalidSchedule) as caught:
        opened(crowded, EVENING.start, EVENING.end)
    assert caught.value.faults == (
        ScheduleFault("2026-12-24", None, ScheduleProblem.TOO_MANY),
    )


def faults_of(written: object) -> tuple[ScheduleFault, ...]:
    with pytest.raises(InvalidSchedule) as caught:
        exceptions_from_list(written)
    return caught.value.faults


class TestReading:
    def test_dates_and_ranges_are_read_in_any_order(self) -> None:
        new_year = date(2026, 12, 31)
        noon = [{"from": "12:00", "to": "13:00"}]
        assert exceptions_from_list(
            [
                {"from": "2026-12-31", "windows": noon},
                {"from": EVE, "to": "2026-12-26", "windows": []},
            ]
        ) == (
            exception(EVE, date(2026, 12, 26)),
            exception(new_year, new_year, *NOONS),
        )
        assert exceptions_from_list(()) == ()

    def test_midnight_ends_a_window_in_any_notation(self) -> None:
        for end in ("24:00", "00:00", "24:00:00"):
            window = {"from": "22:00", "to": end}
            [read] = exceptions_from_list([{"from": EVE, "windows": [window]}])
            assert read.windows == ((22 * 3600, 86400),)

    def test_written_exceptions_have_all_keys(self) -> None:
        noon = {"from": "12:00:00", "to": "13:00:00"}
        assert exceptions_to_list([exception(EVE, EVE, *NOONS)]) == [
            {"from": "2026-12-24", "to": "2026-12-24", "windows": [noon]}
        ]

    def test_all_faults_are_reported_with_their_places(self) -> None:
        good = {"from": "08:00", "to": "09:00"}
        faults = faults_of(
            [
                "2026-12-24",
                {"from": "24.12.2026"},
                {"from": "2026-12-24", "to": "2026-02-30", "windows": {}},
                {
                    "from": "2026-12-24",
                    "to": "2026-12-23",
                    "windows": [good, "08:00"],
                },
                {"from": "2026-12-24", "to": "2027-12-25"},
                {"from": "2026-12-01", "to": "2026-12-24"},
                {
                    "from": EVE,
                    "windows": [
                        {"from": "22:00", "to": "06:00"},
                        {"from": "8:00", "to": "09:00"},
                        {"from": "09:00", "to": "09:00"},
                    ],
                },
                {"from": "2026-12-01", "windows": [good] * (MOST_WINDOWS + 1)},
                {"from": "2027-01-01", "name": "New Year"},
                {"from": datetime(2026, 12, 24, tzinfo=UTC), "to": None},
            ]
        )

        problem = ScheduleProblem
        assert faults == (
            ScheduleFault("", None, problem.WRONG_EXCEPTION, 0),
            ScheduleFault("", None, problem.BAD_DATE, 1),
            ScheduleFault("2026-12-24", None, problem.BAD_DATE, 2),
            ScheduleFault("2026-12-24", None, problem.WRONG_EXCEPTION, 2),
            ScheduleFault("2026-12-24/2026-12-23", None, problem.BACKWARDS, 3),
            ScheduleFault("2026-12-24/2026-12-23", 1, problem.WRONG_SHAPE, 3),
            ScheduleFault("2026-12-24/2027-12-25", None, problem.TOO_LONG, 4),
            ScheduleFault("2026-12-24", 0, problem.CROSSES_MIDNIGHT, 6),
            ScheduleFault("2026-12-24", 1, problem.BAD_TIME, 6),
            ScheduleFault("2026-12-24", 2, problem.EMPTY_WINDOW, 6),
            ScheduleFault("2026-12-24", None, problem.OVERLAP, 6),
            ScheduleFault("2026-12-01", None, problem.TOO_MANY, 7),
            ScheduleFault("2026-12-01", None, problem.OVERLAP, 7),
            ScheduleFault("", None, problem.WRONG_EXCEPTION, 8),
            ScheduleFault("", None, problem.BAD_DATE, 9),
        )

    def test_each_overlap_with_an_earlier_exception_is_reported(self) -> None:
        faults = faults_of(
            [
                {"from": "2026-12-10"},
                {"from": "2026-12-01", "to": "2026-12-31"},
                {"from": "2026-12-31", "to": "2027-01-02"},
                {"from": "2027-01-03"},
            ]
        )
        assert [fault.exception for fault in faults] == [1, 2]
        assert {fault.problem for fault in faults} == {ScheduleProblem.OVERLAP}

    def test_value_other_than_a_list_is_refused(self) -> None:
        fault = ScheduleFault("", None, ScheduleProblem.WRONG_EXCEPTION)
        wholes: list[object] = [None, {}, "2026-12-24", 7]
        for whole in wholes:
            assert faults_of(whole) == (fault,), whole

    def test_too_many_exceptions_are_refused(self) -> None:
        written = [{"from": EVE + n * DAY} for n in range(MOST_EXCEPTIONS + 1)]
        fault = ScheduleFault("", None, ScheduleProblem.TOO_MANY_EXCEPTIONS)
        assert len(exceptions_from_list(written[1:])) == MOST_EXCEPTIONS
        assert faults_of(written) == (fault,)

    def test_fault_has_placeholders(self) -> None:
        fault = ScheduleFault("2026-12-24", 1, ScheduleProblem.BAD_TIME, exception=2)
        assert fault.placeholders == {
            "day": "2026-12-24",
            "window": "2",
            "place": "2026-12-24 2",
            "exception": "3",
        }
        whole = ScheduleFault("", None, ScheduleProblem.WRONG_SHAPE)
        assert set(whole.placeholders.values()) == {""}


class TestForm:
    def test_range_has_at_most_366_days(self) -> None:
        assert exception(EVE, EVE + LONGEST_EXCEPTION - DAY).first == EVE
        for last in (EVE + LONGEST_EXCEPTION, EVE - DAY):
            with pytest.raises(ValueError, match="1 to 366 days"):
                exception(EVE, last)

    def test_windows_must_be_ordered_and_disjoint(self) -> None:
        for windows in (
            [(10, 10)],
            [(-1, 5)],
            [(0, 86401)],
            [(5, 9), (1, 2)],
            [(1, 5), (5, 9)],
        ):
            with pytest.raises(ValueError, match="ordered"):
                exception(EVE, EVE, *windows)

    def test_exceptions_must_be_ordered_disjoint_and_few(self) -> None:
        eve, christmas = exception(EVE), exception(CHRISTMAS)
        many = tuple(exception(EVE + n * DAY) for n in range(MOST_EXCEPTIONS + 1))
        assert Hours(exceptions=(eve, christmas))
        for exceptions in ((christmas, eve), (eve, eve), many):
            with pytest.raises(ValueError, match="at most 50"):
                Hours(exceptions=exceptions)

"""Test hours with exceptions, and every way in which exceptions can be invalid."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS_OPEN,
    LONGEST_EXCEPTION,
    MOST_EXCEPTIONS,
    Hours,
    HoursException,
    exceptions_from_list,
    exceptions_to_list,
)
from custom_components.courier_access.access.schedule import (
    ALWAYS,
    MOST_WINDOWS,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
)
from custom_components.courier_access.access.wall_clock import Interval
from tests.access.parts import PARIS, hours

DAY = timedelta(days=1)
NIGHTS = hours("22:00", "06:00")
EVE, CHRISTMAS = date(2026, 12, 24), date(2026, 12, 25)
NOONS = ((12 * 3600, 13 * 3600),)


def paris(
    day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026
) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


class TestExceptions:
    def test_exceptions_replace_whole_dates(self) -> None:
        """This includes windows that run past midnight, but not the date after."""
        closed = Hours(NIGHTS, (HoursException(EVE, CHRISTMAS),))

        opened = closed.windows(paris(23, 12), paris(26, 12), PARIS)
        assert opened == (
            Interval(paris(23, 22), paris(24, 0)),
            Interval(paris(26, 0), paris(26, 6)),
        )
        assert not closed.is_open(paris(24, 1), PARIS)
        assert closed.is_open(paris(26, 1), PARIS)

    def test_exceptions_can_open_a_closed_date(self) -> None:
        other = Hours(exceptions=(HoursException(EVE, CHRISTMAS, NOONS),))

        assert other.windows(paris(1, 0), paris(31, 0), PARIS) == (
            Interval(paris(24, 12), paris(24, 13)),
            Interval(paris(25, 12), paris(25, 13)),
        )
        assert not other.is_empty
        assert Hours(exceptions=(HoursException(EVE, EVE),)).is_empty
        assert not ALWAYS_OPEN.is_empty

    def test_clock_change_within_an_exception_is_exact(self) -> None:
        """On 25 October 2026 02:00 to 03:00 repeats; on 29 March it is skipped."""
        night = ((2 * 3600, 3 * 3600),)
        autumn, spring = date(2026, 10, 25), date(2026, 3, 29)
        own = Hours(
            exceptions=(
                HoursException(spring, spring, night),
                HoursException(autumn, autumn, night),
            )
        )

        year = own.windows(paris(1, 0, month=1), paris(31, 0), PARIS)
        assert year == (
            Interval(
                datetime(2026, 10, 25, 0, tzinfo=UTC),
                datetime(2026, 10, 25, 2, tzinfo=UTC),
            ),
        )


class TestNextChange:
    def test_next_change_is_found_after_many_months(self) -> None:
        years = tuple(
            HoursException(date(year, 1, 1), date(year, 12, 31))
            for year in range(2027, 2077)
        )
        own = Hours(ALWAYS, years)

        assert own.next_change(paris(1, 0), PARIS) == paris(1, 0, month=1, year=2027)
        assert own.next_change(paris(1, 0, month=2, year=2027), PARIS) == paris(
            1, 0, month=1, year=2077
        )
        assert own.next_change(paris(1, 0, month=1, year=2077), PARIS) is None

    @pytest.mark.parametrize("last", [date(2026, 12, 24), date(2027, 12, 23)])
    def test_exception_without_effect_is_no_change(self, last: date) -> None:
        for own in (
            Hours(ALWAYS, (HoursException(EVE, last, ((0, 86400),)),)),
            Hours(exceptions=(HoursException(EVE, last),)),
        ):
            assert own.next_change(paris(1, 0), PARIS) is None
            assert own.next_change(paris(24, 12), PARIS) is None

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
    def test_dates_begin_at_midnight_of_the_wall_clock_in_any_zone(
        self, zone: str
    ) -> None:
        wall = ZoneInfo(zone)
        own = Hours(ALWAYS, (HoursException(EVE, EVE),))
        begins = datetime(2026, 12, 24, tzinfo=wall).astimezone(UTC)

        assert own.next_change(begins - 300 * DAY, wall) == begins
        assert own.next_change(begins, wall) == begins + DAY

    def test_first_and_last_dates_of_the_calendar_work(self) -> None:
        own = Hours(
            ALWAYS,
            (HoursException(date.min, date.min), HoursException(date.max, date.max)),
        )

        assert own.next_change(
            datetime(1, 1, 1, 12, tzinfo=UTC), ZoneInfo("UTC")
        ) == datetime(1, 1, 2, tzinfo=UTC)
        assert own.is_open(datetime(9999, 12, 30, 12, tzinfo=UTC), ZoneInfo("UTC"))
        assert not own.is_open(datetime.max.replace(tzinfo=UTC), ZoneInfo("UTC"))
        assert own.contains(own)


class TestContaining:
    def test_contains_compares_every_date(self) -> None:
        closed = Hours(ALWAYS, (HoursException(EVE, EVE),))

        assert ALWAYS_OPEN.contains(closed)
        assert not closed.contains(ALWAYS_OPEN)
        assert closed.contains(Hours(NIGHTS, (HoursException(EVE, CHRISTMAS),)))

    def test_contains_compares_the_weekdays_of_an_exception(self) -> None:
        """A closed Thursday loses nothing if Thursdays are closed anyway."""
        mondays = hours("08:00", "12:00", "monday")
        long = HoursException(EVE, EVE + 200 * DAY)

        assert Hours(mondays, (HoursException(EVE, EVE),)).contains(Hours(mondays))
        assert not Hours(mondays, (long,)).contains(Hours(mondays))


class TestReading:
    def test_dates_and_ranges_are_read_in_any_order(self) -> None:
        assert exceptions_from_list(
            [
                {"from": "2026-12-31", "windows": [{"from": "08:00", "to": "12:00"}]},
                {"from": EVE, "to": "2026-12-26", "windows": []},
            ]
        ) == (
            HoursException(EVE, date(2026, 12, 26)),
            HoursException(
                date(2026, 12, 31), date(2026, 12, 31), ((8 * 3600, 12 * 3600),)
            ),
        )
        assert exceptions_from_list(()) == ()

    def test_midnight_ends_a_window_in_any_notation(self) -> None:
        for end in ("24:00", "00:00", "24:00:00"):
            written = [
                {"from": "2026-12-24", "windows": [{"from": "22:00", "to": end}]}
            ]
            assert exceptions_from_list(written)[0].windows == ((22 * 3600, 86400),)

    def test_written_exceptions_have_all_keys(self) -> None:
        assert exceptions_to_list([HoursException(EVE, EVE, NOONS)]) == [
            {
                "from": "2026-12-24",
                "to": "2026-12-24",
                "windows": [{"from": "12:00:00", "to": "13:00:00"}],
            }
        ]

    def test_all_faults_are_reported_with_their_places(self) -> None:
        good = {"from": "08:00", "to": "09:00"}
        with pytest.raises(InvalidSchedule) as caught:
            exceptions_from_list(
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
        assert caught.value.faults == (
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
        with pytest.raises(InvalidSchedule) as caught:
            exceptions_from_list(
                [
                    {"from": "2026-12-10"},
                    {"from": "2026-12-01", "to": "2026-12-31"},
                    {"from": "2026-12-31", "to": "2027-01-02"},
                    {"from": "2027-01-03"},
                ]
            )
        assert [(fault.exception, fault.problem) for fault in caught.value.faults] == [
            (1, ScheduleProblem.OVERLAP),
            (2, ScheduleProblem.OVERLAP),
        ]

    @pytest.mark.parametrize("whole", [None, {}, "2026-12-24", 7])
    def test_value_other_than_a_list_is_refused(self, whole: object) -> None:
        with pytest.raises(InvalidSchedule) as caught:
            exceptions_from_list(whole)
        assert caught.value.faults == (
            ScheduleFault("", None, ScheduleProblem.WRONG_EXCEPTION),
        )

    def test_too_many_exceptions_are_refused(self) -> None:
        written = [{"from": EVE + n * DAY} for n in range(MOST_EXCEPTIONS + 1)]
        assert len(exceptions_from_list(written[1:])) == MOST_EXCEPTIONS

        with pytest.raises(InvalidSchedule) as caught:
            exceptions_from_list(written)
        assert caught.value.faults == (
            ScheduleFault("", None, ScheduleProblem.TOO_MANY_EXCEPTIONS),
        )

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
        assert HoursException(EVE, EVE + LONGEST_EXCEPTION - DAY).first == EVE
        for last in (EVE + LONGEST_EXCEPTION, EVE - DAY):
            with pytest.raises(ValueError, match="1 to 366 days"):
                HoursException(EVE, last)

    @pytest.mark.parametrize(
        "windows",
        [((10, 10),), ((-1, 5),), ((0, 86401),), ((5, 9), (1, 2)), ((1, 5), (5, 9))],
    )
    def test_windows_must_be_ordered_and_disjoint(
        self, windows: tuple[tuple[int, int], ...]
    ) -> None:
        with pytest.raises(ValueError, match="ordered"):
            HoursException(EVE, EVE, windows)

    def test_exceptions_must_be_ordered_disjoint_and_few(self) -> None:
        eve, christmas = HoursException(EVE, EVE), HoursException(CHRISTMAS, CHRISTMAS)
        assert Hours(exceptions=(eve, christmas))
        many = tuple(
            HoursException(EVE + n * DAY, EVE + n * DAY)
            for n in range(MOST_EXCEPTIONS + 1)
        )
        for exceptions in ((christmas, eve), (eve, eve), many):
            with pytest.raises(ValueError, match="at most 50"):
                Hours(exceptions=exceptions)

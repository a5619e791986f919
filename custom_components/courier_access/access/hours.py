"""Hours with exceptions: a weekly schedule and the dates that differ from it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
import re
from typing import Final
from zoneinfo import ZoneInfo

from . import wall_clock
from .schedule import (
    ALWAYS,
    FIRST_WEEKDAY,
    MOST_WINDOWS,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
    clock,
    read_window,
)
from .wall_clock import DAY, EPOCH, Interval, Window, covers, merged

MOST_EXCEPTIONS: Final = 50
LONGEST_EXCEPTION: Final = timedelta(days=366)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH_DAY = EPOCH.toordinal()


@dataclass(frozen=True, slots=True)
class HoursException:
    """Different hours from `first` through `last`; closed all day without windows.

    An exception replaces its dates whole, including the end of a window that started
    the day before. It doesn't change the date after it. `windows` apply on each date,
    end by 24:00, and are ordered seconds of the day that don't touch.

    Raises ValueError for any other form, and for a range that is reversed or too long.
    """

    first: date
    last: date
    windows: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        if not timedelta() <= self.last - self.first < LONGEST_EXCEPTION:
            raise ValueError("an exception is for 1 to 366 days")
        is_valid = all(0 <= start < end <= DAY for start, end in self.windows)
        if not is_valid or self.windows != merged(self.windows):
            raise ValueError("an exception's windows are ordered and don't touch")


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly schedule with ordered exceptions that don't overlap.

    Raises ValueError for other exceptions, or for more than `MOST_EXCEPTIONS`.
    """

    week: WeekSchedule = WeekSchedule()
    exceptions: tuple[HoursException, ...] = ()

    def __post_init__(self) -> None:
        is_ordered = all(
            one.last < other.first for one, other in pairwise(self.exceptions)
        )
        if not is_ordered or len(self.exceptions) > MOST_EXCEPTIONS:
            raise ValueError("at most 50 exceptions, in order and without overlaps")

    @property
    def is_empty(self) -> bool:
        """Return whether these hours are never open."""
        return self.week.is_empty and not any(each.windows for each in self.exceptions)

    def contains(self, other: Hours) -> bool:
        """Return whether these hours are open whenever the other ones are."""
        if not self.week.contains(other.week):
            return False
        turns = sorted({*self._turns(), *other._turns()})
        # Between two turns, both repeat weekly.
        return all(
            covers(self.of_day(day), other.of_day(day))
            for turn, following in pairwise(turns)
            for day in range(turn, min(turn + 7, following))
        )

    def is_open(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Return whether the zone's wall clock is inside a window at an aware instant."""
        return wall_clock.is_open(self.of_day, instant, zone)

    def windows(
        self, start: datetime, end: datetime, zone: ZoneInfo
    ) -> tuple[Interval, ...]:
        """Return the ordered, longest open intervals in [start, end)."""
        return wall_clock.windows(self.of_day, start, end, zone)

    def span(
        self, start: datetime, end: datetime, zone: ZoneInfo, longest: timedelta
    ) -> Interval | None:
        """Return from the first to the last open minute in [start, end), if any.

        The last one is at most `longest` after the first. In between, they may close.
        """
        opened = self.windows(start, end, zone)
        if not opened:
            return None
        first = opened[0].start
        within = self.windows(first, min(opened[-1].end, first + longest), zone)
        return Interval(first, within[-1].end)

    def next_change(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the next instant after this one at which `is_open` changes, or None."""
        return wall_clock.next_change(self.of_day, instant, zone, self._turns())

    def of_day(self, day: int) -> Sequence[Window]:
        """Return the windows of a date, given in days since 1970."""
        if not self.exceptions:
            return self.week.days[(day + FIRST_WEEKDAY) % 7]
        ordinal = day + _EPOCH_DAY
        place = bisect_right(
            self.exceptions, ordinal, key=lambda each: each.first.toordinal()
        )
        if place and ordinal <= self.exceptions[place - 1].last.toordinal():
            return self.exceptions[place - 1].windows
        return self.week.of_day(day)

    def _turns(self) -> tuple[int, ...]:
        """Return the dates, in days since 1970, on which a week or an exception begins."""
        return tuple(
            ordinal - _EPOCH_DAY
            for each in self.exceptions
            for ordinal in (each.first.toordinal(), each.last.toordinal() + 1)
        )


def exceptions_from_list(raw: object) -> tuple[HoursException, ...]:
    """Read exceptions in any order.

    The shape is `[{"from": "2026-12-24", "to": "2026-12-26", "windows": [{"from",
    "to"}]}]`. Dates are ISO 8601 or `datetime.date`. Without `to`, the exception is one
    date; without windows, it is closed. Windows can't run into the next day.

    Raises InvalidSchedule with all errors at once, for any input.
    """
    if not isinstance(raw, list | tuple):
        raise InvalidSchedule(
            (ScheduleFault("", None, ScheduleProblem.WRONG_EXCEPTION),)
        )
    if len(raw) > MOST_EXCEPTIONS:
        raise InvalidSchedule(
            (ScheduleFault("", None, ScheduleProblem.TOO_MANY_EXCEPTIONS),)
        )
    parsed = [_ParsedException(number, one) for number, one in enumerate(raw)]
    faults = [fault for each in parsed for fault in each.faults] + list(
        _overlaps(parsed)
    )
    if faults:
        raise InvalidSchedule(
            tuple(sorted(faults, key=lambda fault: fault.exception or 0))
        )
    found = (
        HoursException(*each.range, each.windows)
        for each in parsed
        if each.range is not None
    )
    return tuple(sorted(found, key=lambda each: each.first))


def exceptions_to_list(
    exceptions: Sequence[HoursException],
) -> list[dict[str, str | list[dict[str, str]]]]:
    """Return the shape that `exceptions_from_list` reads, with all keys."""
    return [
        {
            "from": each.first.isoformat(),
            "to": each.last.isoformat(),
            "windows": [
                {"from": clock(start), "to": clock(end)} for start, end in each.windows
            ],
        }
        for each in exceptions
    ]


class _ParsedException:
    """One exception as far as it could be read, with its problems."""

    def __init__(self, number: int, raw: object) -> None:
        self.number = number
        self.label = ""
        self.faults: list[ScheduleFault] = []
        self.range: tuple[date, date] | None = None
        self.windows: tuple[Window, ...] = ()
        if not isinstance(raw, Mapping) or not {"from"} <= raw.keys() <= {
            "from",
            "to",
            "windows",
        }:
            self._fault(ScheduleProblem.WRONG_EXCEPTION)
            return
        self._read_range(raw["from"], raw.get("to", raw["from"]))
        self._read_windows(raw.get("windows", ()))

    def _read_range(self, raw_first: object, raw_last: object) -> None:
        first, last = _read_date(raw_first), _read_date(raw_last)
        if first is not None:
            self.label = first.isoformat()
        if first is None or last is None:
            self._fault(ScheduleProblem.BAD_DATE)
            return
        if first != last:
            self.label += f"/{last.isoformat()}"
        if last < first:
            self._fault(ScheduleProblem.BACKWARDS)
        elif last - first >= LONGEST_EXCEPTION:
            self._fault(ScheduleProblem.TOO_LONG)
        else:
            self.range = (first, last)

    def _read_windows(self, raw: object) -> None:
        if not isinstance(raw, list | tuple):
            self._fault(ScheduleProblem.WRONG_EXCEPTION)
            return
        if len(raw) > MOST_WINDOWS:
            self._fault(ScheduleProblem.TOO_MANY)
            return
        windows: list[Window] = []
        for index, one in enumerate(raw):
            found = read_window(one)
            if isinstance(found, ScheduleProblem):
                self._fault(found, index)
            elif 0 < found[1] < found[0]:
                self._fault(ScheduleProblem.CROSSES_MIDNIGHT, index)
            else:
                windows.append((found[0], found[1] or DAY))
        self.windows = merged(windows)

    def _fault(self, problem: ScheduleProblem, index: int | None = None) -> None:
        self.faults.append(
            ScheduleFault(self.label, index, problem, exception=self.number)
        )


def _overlaps(parsed: Sequence[_ParsedException]) -> Iterator[ScheduleFault]:
    """Find the exceptions that share a date with an earlier one in the list."""
    ranged = [(each, each.range) for each in parsed if each.range is not None]
    for place, (each, (first, last)) in enumerate(ranged):
        if any(
            first <= until and since <= last for _, (since, until) in ranged[:place]
        ):
            yield ScheduleFault(
                each.label, None, ScheduleProblem.OVERLAP, exception=each.number
            )


def _read_date(raw: object) -> date | None:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if not isinstance(raw, str) or not _DATE.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


ALWAYS_OPEN = Hours(ALWAYS)
"""The hours that are always open."""

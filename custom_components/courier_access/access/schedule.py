"""Weekly schedules on a building's wall clock: type, parsing, and writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
import re
from typing import Final, Self
from zoneinfo import ZoneInfo

from . import wall_clock
from .wall_clock import DAY, Interval, Window, covers, merged

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

MOST_WINDOWS: Final = 48
"""The most windows in a day, given or joined, so that evaluation stays quick."""

FIRST_WEEKDAY = wall_clock.EPOCH.weekday()
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


class ScheduleProblem(StrEnum):
    """A problem with one part of a schedule."""

    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_DAY = "unknown_day"
    BAD_TIME = "bad_time"
    EMPTY_WINDOW = "empty_window"
    TOO_MANY = "too_many"
    WRONG_EXCEPTION = "wrong_exception"
    TOO_MANY_EXCEPTIONS = "too_many_exceptions"
    BAD_DATE = "bad_date"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    OVERLAP = "overlap"
    CROSSES_MIDNIGHT = "crosses_midnight"


@dataclass(frozen=True, slots=True)
class ScheduleFault:
    """A problem and its place: the day as given, and the index of the window in it.

    `day` is "" for the whole schedule. Within exceptions, `exception` is the index and
    `day` holds the dates as far as they can be read: "2026-12-24", or
    "2026-12-24/2026-12-26" for a range.
    """

    day: str
    index: int | None
    problem: ScheduleProblem
    exception: int | None = None

    @property
    def placeholders(self) -> dict[str, str]:
        """Return placeholders for a translation; windows and exceptions start at 1."""
        window = "" if self.index is None else str(self.index + 1)
        return {
            "day": self.day,
            "window": window,
            "place": f"{self.day} {window}".strip(),
            "exception": "" if self.exception is None else str(self.exception + 1),
        }


class InvalidSchedule(ValueError):
    """A schedule that can't be read, with all `faults` in the order given."""

    def __init__(self, faults: tuple[ScheduleFault, ...]) -> None:
        super().__init__(
            "; ".join(f"{at.day} {at.index}: {at.problem}" for at in faults)
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class WeekSchedule:
    """The open windows of each weekday in wall-clock time.

    `days` run from Monday to Sunday. Windows are ordered seconds of the day that don't
    touch, so equal schedules have equal values. Raises ValueError for any other form.
    """

    days: tuple[tuple[Window, ...], ...] = ((),) * 7

    def __post_init__(self) -> None:
        is_valid = all(
            0 <= start < end <= DAY for day in self.days for start, end in day
        )
        if (
            not is_valid
            or len(self.days) != 7
            or self.days != tuple(map(merged, self.days))
        ):
            raise ValueError("a week is seven days of ordered windows that don't touch")

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Self:
        """Read the shape of the `schedule` helper: `{"monday": [{"from", "to"}]}`.

        Times are "HH:MM", "HH:MM:SS", or `datetime.time`, whose maximum means 24:00. A
        window that ends before it starts runs into the next day. `data` is ignored.

        Raises InvalidSchedule with all errors at once, for any input.
        """
        return cls(_read_week(mapping))

    def to_mapping(self) -> dict[str, list[dict[str, str]]]:
        """Return the shape that `from_mapping` reads, without empty days."""
        return {
            name: [{"from": clock(start), "to": clock(end)} for start, end in day]
            for name, day in zip(WEEKDAYS, self.days, strict=True)
            if day
        }

    @property
    def is_empty(self) -> bool:
        """Return whether the schedule is never open."""
        return not any(self.days)

    def contains(self, other: WeekSchedule) -> bool:
        """Return whether every window of the other schedule lies inside this one's."""
        return all(map(covers, self.days, other.days, strict=True))

    def is_open(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Return whether the zone's wall clock is inside a window at an aware instant.

        A repeated hour is inside both times. A skipped hour never comes.
        """
        return wall_clock.is_open(self.of_day, instant, zone)

    def windows(
        self, start: datetime, end: datetime, zone: ZoneInfo
    ) -> tuple[Interval, ...]:
        """Return the ordered, longest open intervals in [start, end)."""
        return wall_clock.windows(self.of_day, start, end, zone)

    def next_change(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the next instant after this one at which `is_open` changes, or None."""
        return wall_clock.next_change(self.of_day, instant, zone)

    def of_day(self, day: int) -> Sequence[Window]:
        """Return the windows of a date, given in days since 1970."""
        return self.days[(day + FIRST_WEEKDAY) % 7]


def clock(second: int) -> str:
    """Format a second of the day as `read_window` reads it."""
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _read_week(raw: object) -> tuple[tuple[Window, ...], ...]:
    if not isinstance(raw, Mapping):
        raise InvalidSchedule((ScheduleFault("", None, ScheduleProblem.WRONG_SHAPE),))
    read: list[tuple[int, int, int]] = []
    faults: list[ScheduleFault] = []
    for name, windows in raw.items():
        day = name if isinstance(name, str) else type(name).__name__
        if name not in WEEKDAYS:
            faults.append(ScheduleFault(day, None, ScheduleProblem.UNKNOWN_DAY))
        elif not isinstance(windows, list | tuple):
            faults.append(ScheduleFault(day, None, ScheduleProblem.WRONG_SHAPE))
        elif len(windows) > MOST_WINDOWS:
            faults.append(ScheduleFault(day, None, ScheduleProblem.TOO_MANY))
        else:
            for index, window in enumerate(windows):
                found = read_window(window)
                if isinstance(found, ScheduleProblem):
                    faults.append(ScheduleFault(day, index, found))
                else:
                    read.append((WEEKDAYS.index(day), *found))
    if faults:
        raise InvalidSchedule(tuple(faults))
    week: list[list[Window]] = [[] for _ in WEEKDAYS]
    for weekday, start, end in read:
        week[weekday].append((start, end if start < end else DAY))
        if 0 < end < start:
            week[(weekday + 1) % 7].append((0, end))
    return _check_window_count(tuple(map(merged, week)))


def _check_window_count(
    week: tuple[tuple[Window, ...], ...],
) -> tuple[tuple[Window, ...], ...]:
    # A window from the day before may bring a day over the limit.
    crowded = [
        name
        for name, day in zip(WEEKDAYS, week, strict=True)
        if len(day) > MOST_WINDOWS
    ]
    if crowded:
        raise InvalidSchedule(
            tuple(
                ScheduleFault(name, None, ScheduleProblem.TOO_MANY) for name in crowded
            )
        )
    return week


def read_window(raw: object) -> Window | ScheduleProblem:
    """Return a window as written (its end may come before its start), or its problem."""
    if not isinstance(raw, Mapping) or not {"from", "to"} <= raw.keys() <= {
        "from",
        "to",
        "data",
    }:
        return ScheduleProblem.WRONG_SHAPE
    start, end = _read_time(raw["from"]), _read_time(raw["to"])
    if start is None or end is None or start == DAY:
        return ScheduleProblem.BAD_TIME
    return ScheduleProblem.EMPTY_WINDOW if start == end else (start, end)


def _read_time(raw: object) -> int | None:
    """Return the second of the day (up to 86400), or None if it isn't a valid time."""
    if raw in (time.max, "24:00", "24:00:00"):
        return DAY
    text = raw.isoformat() if isinstance(raw, time) else raw
    if not isinstance(text, str) or not (found := _CLOCK.fullmatch(text)):
        return None
    hours, minutes, seconds = found.groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


ALWAYS = WeekSchedule((((0, DAY),),) * 7)
"""The schedule that is always open."""

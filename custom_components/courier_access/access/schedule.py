"""Weekly hours on a building's wall clock: what they are, how they are read and written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
import re
from typing import Final, Self
from zoneinfo import ZoneInfo

from . import wall_clock
from .wall_clock import DAY, Interval, Window, holds, merged

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
"""How many windows a day may have, as given and when joined: looking at a week has to stay quick."""

_FIRST_WEEKDAY = wall_clock.EPOCH.weekday()
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


class ScheduleProblem(StrEnum):
    """What is wrong with a part of a schedule as it was given."""

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
    """A problem and its place: the day as given ("" for the whole), and the window's index in it.

    In exceptions to a week, `exception` is the exception's index, and `day` its dates as far as they can be
    read: "2026-12-24", or "2026-12-24/2026-12-26" for a range.
    """

    day: str
    index: int | None
    problem: ScheduleProblem
    exception: int | None = None

    @property
    def placeholders(self) -> dict[str, str]:
        """What a sentence about it is filled in with; windows and exceptions are counted from 1."""
        window = "" if self.index is None else str(self.index + 1)
        return {
            "day": self.day,
            "window": window,
            "place": f"{self.day} {window}".strip(),
            "exception": "" if self.exception is None else str(self.exception + 1),
        }


class InvalidSchedule(ValueError):
    """A schedule that can't be read; `faults` are all of its faults, in the order given."""

    def __init__(self, faults: tuple[ScheduleFault, ...]) -> None:
        super().__init__(
            "; ".join(f"{at.day} {at.index}: {at.problem}" for at in faults)
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class WeekSchedule:
    """The open windows of each weekday, in wall-clock time; without any, it is never open.

    `days` are Monday to Sunday, each its windows in seconds of the day, in order and apart, so that
    equal schedules mean the same hours. Raises ValueError for days in any other form.
    """

    days: tuple[tuple[Window, ...], ...] = ((),) * 7

    def __post_init__(self) -> None:
        proper = all(0 <= start < end <= DAY for day in self.days for start, end in day)
        if (
            not proper
            or len(self.days) != 7
            or self.days != tuple(map(merged, self.days))
        ):
            raise ValueError("a week is seven days of ordered windows that don't touch")

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Self:
        """Read the shape of Home Assistant's `schedule` helper: `{"monday": [{"from", "to"}]}`.

        Times are "HH:MM", "HH:MM:SS" or `datetime.time` (whose maximum is that helper's 24:00);
        24:00 may only end a window. A window that ends before it starts runs into the next day; its
        `data` is passed over. A day with more than `MOST_WINDOWS` is not read, nor is one that comes to more
        by a window of the day before. Raises InvalidSchedule with all faults at once, for any input.
        """
        return cls(_read_week(mapping))

    def to_mapping(self) -> dict[str, list[dict[str, str]]]:
        """Return the shape `from_mapping` reads, with the days that have windows."""
        return {
            name: [{"from": clock(start), "to": clock(end)} for start, end in day]
            for name, day in zip(WEEKDAYS, self.days, strict=True)
            if day
        }

    @property
    def is_empty(self) -> bool:
        """Whether it is never open."""
        return not any(self.days)

    def contains(self, other: WeekSchedule) -> bool:
        """Whether every window of the other lies inside this one's."""
        return all(map(holds, self.days, other.days, strict=True))

    def is_open(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether the zone's wall clock is inside a window at that (aware) instant.

        An hour that the clock repeats is inside both times, one that it skips never comes.
        """
        return wall_clock.is_open(self.of_day, instant, zone)

    def windows(
        self, start: datetime, end: datetime, zone: ZoneInfo
    ) -> tuple[Interval, ...]:
        """Return the longest open intervals in [start, end), in order; none touches the next."""
        return wall_clock.windows(self.of_day, start, end, zone)

    def next_change(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the next instant, after this one, at which `is_open` changes; None if none comes."""
        return wall_clock.next_change(self.of_day, instant, zone)

    def of_day(self, day: int) -> Sequence[Window]:
        """Return the windows of a date, which is given as its number of days since 1970."""
        return self.days[(day + _FIRST_WEEKDAY) % 7]


def clock(second: int) -> str:
    """Write a second of the day as `read_window` reads it."""
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
    return _not_too_many(tuple(map(merged, week)))


def _not_too_many(
    week: tuple[tuple[Window, ...], ...],
) -> tuple[tuple[Window, ...], ...]:
    # With what runs into a day from the one before, it may have come to more than can be read again.
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
    """Return a window as it is written, whose end may come before its start, or what is wrong with it."""
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
    """Return the second of the day, up to 86400, or None for what isn't a time in whole seconds."""
    if raw in (time.max, "24:00", "24:00:00"):
        return DAY
    text = raw.isoformat() if isinstance(raw, time) else raw
    if not isinstance(text, str) or not (found := _CLOCK.fullmatch(text)):
        return None
    hours, minutes, seconds = found.groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


ALWAYS = WeekSchedule((((0, DAY),),) * 7)
"""The schedule that is open at every instant."""

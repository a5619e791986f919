"""Weekly hours on a building's wall clock, and the instants at which they are open.

A schedule speaks of weekdays and clock times; couriers and grants speak of instants. A time zone's
offset is constant between two of its changes, so within such a stretch the wall clock is the
instant plus a number: everything here works stretch by stretch, in whole seconds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
import re
from typing import Final, Self
from zoneinfo import ZoneInfo

type Window = tuple[int, int]  # half-open, in seconds of a wall-clock day or since 1970

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MOST_WINDOWS: Final = 48
"""How many windows a day may have, as given and when joined: looking at a week has to stay quick."""

_DAY = 24 * 60 * 60
_SECOND = timedelta(seconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
# A day inside what datetime can hold, so that every zone can tell its wall clock there.
_EARLIEST = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
_LATEST = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
# A week's only window can fall into a skipped stretch, and then opens in the week after.
_LONGEST_WAIT = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants from `start` up to, but without, `end`; both aware, in UTC."""

    start: datetime
    end: datetime


class ScheduleProblem(StrEnum):
    """What is wrong with a part of a schedule as it was given."""

    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_DAY = "unknown_day"
    BAD_TIME = "bad_time"
    EMPTY_WINDOW = "empty_window"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class ScheduleFault:
    """A problem and its place: the day as given ("" for the whole), and the window's index in it."""

    day: str
    index: int | None
    problem: ScheduleProblem


class InvalidSchedule(ValueError):
    """A schedule that can't be read; `faults` are all of its faults, in the order given."""

    def __init__(self, faults: tuple[ScheduleFault, ...]) -> None:
        super().__init__("; ".join(f"{at.day} {at.index}: {at.problem}" for at in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class WeekSchedule:
    """The open windows of each weekday, in wall-clock time; without any, it is never open.

    `days` are Monday to Sunday, each its windows in seconds of the day, in order and apart, so that
    equal schedules mean the same hours. Raises ValueError for days in any other form.
    """

    days: tuple[tuple[Window, ...], ...] = ((),) * 7

    def __post_init__(self) -> None:
        proper = all(0 <= start < end <= _DAY for day in self.days for start, end in day)
        if not proper or len(self.days) != 7 or self.days != tuple(map(_merged, self.days)):
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
            name: [{"from": _clock(start), "to": _clock(end)} for start, end in day]
            for name, day in zip(WEEKDAYS, self.days, strict=True)
            if day
        }

    @property
    def is_empty(self) -> bool:
        """Whether it is never open."""
        return not any(self.days)

    def contains(self, other: WeekSchedule) -> bool:
        """Whether every window of the other lies inside this one's."""
        return all(map(_contains, self.days, other.days, strict=True))

    def is_open(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether the zone's wall clock is inside a window at that (aware) instant.

        An hour that the clock repeats is inside both times, one that it skips never comes.
        """
        second = (_utc(instant) - _EPOCH) // _SECOND
        wall = second + _offset(second, zone)
        return any(self._wall_windows(wall, wall + 1))

    def windows(self, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Interval, ...]:
        """Return the longest open intervals in [start, end), in order; none touches the next."""
        start, end = _utc(start), _utc(end)
        if start >= end:
            return ()
        # The whole seconds around the two instants.
        first, last = (start - _EPOCH) // _SECOND, -((_EPOCH - end) // _SECOND)
        opened = (
            (opens - offset, closes - offset)
            for since, until, offset in _stretches(first, last, zone)
            for opens, closes in self._wall_windows(since + offset, until + offset)
        )
        return tuple(
            Interval(
                start if opens == first else _EPOCH + opens * _SECOND,
                end if closes == last else _EPOCH + closes * _SECOND,
            )
            for opens, closes in _merged(opened)
        )

    def next_change(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the next instant, after this one, at which `is_open` changes; None if none comes."""
        horizon = min(_utc(instant), _LATEST - _LONGEST_WAIT) + _LONGEST_WAIT
        opened = self.windows(instant, horizon, zone)
        changes = (change for interval in opened for change in (interval.start, interval.end))
        return next((change for change in changes if instant < change < horizon), None)

    def _wall_windows(self, start: int, end: int) -> Iterator[Window]:
        """Yield the open parts of a stretch of wall clock, in its seconds since 1970."""
        for day in range(start // _DAY, (end - 1) // _DAY + 1):
            for opens, closes in self.days[(day + _EPOCH.weekday()) % 7]:
                first, final = max(start, day * _DAY + opens), min(end, day * _DAY + closes)
                if first < final:
                    yield first, final


def _utc(instant: datetime) -> datetime:
    # Python compares and subtracts two times of one zone by their wall clocks, not as instants.
    return _EPOCH + (instant - _EPOCH)


def _offset(second: int, zone: ZoneInfo) -> int:
    """Return how many seconds the zone's wall clock is ahead of UTC."""
    instant = _EPOCH + min(max(second * _SECOND, _EARLIEST - _EPOCH), _LATEST - _EPOCH)
    return (instant.astimezone(zone).replace(tzinfo=UTC) - instant) // _SECOND


def _stretches(start: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Split [start, end) where the zone's offset changes: (first, after the last, offset).

    Two looks a day apart that agree have no change between them: in the whole tz database no
    clock comes back to an offset in less than three days.
    """
    while start < end:
        offset, same, other = _offset(start, zone), start, min(start + _DAY, end)
        while other < end and _offset(other, zone) == offset:
            same, other = other, min(other + _DAY, end)
        # The offset at `same` is this stretch's; close in on the first second of the next one's.
        while other - same > 1:
            middle = (same + other) // 2
            same, other = (middle, other) if _offset(middle, zone) == offset else (same, middle)
        yield start, other, offset
        start = other


def _merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Order windows and join those that touch or overlap."""
    merged: list[Window] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _contains(day: tuple[Window, ...], inner: tuple[Window, ...]) -> bool:
    """Whether each inner window lies inside one of the day's, where both are in order and apart."""
    windows = iter(day)
    start, end = 0, 0
    for inner_start, inner_end in inner:
        if end < inner_end:
            following = (window for window in windows if inner_end <= window[1])
            start, end = next(following, (_DAY, _DAY))
        if inner_start < start:
            return False
    return True


def _clock(second: int) -> str:
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
                found = _read_window(window)
                if isinstance(found, ScheduleProblem):
                    faults.append(ScheduleFault(day, index, found))
                else:
                    read.append((WEEKDAYS.index(day), *found))
    if faults:
        raise InvalidSchedule(tuple(faults))
    week: list[list[Window]] = [[] for _ in WEEKDAYS]
    for weekday, start, end in read:
        week[weekday].append((start, end if start < end else _DAY))
        if 0 < end < start:
            week[(weekday + 1) % 7].append((0, end))
    return _not_too_many(tuple(map(_merged, week)))


def _not_too_many(week: tuple[tuple[Window, ...], ...]) -> tuple[tuple[Window, ...], ...]:
    # With what runs into a day from the one before, it may have come to more than can be read again.
    crowded = [name for name, day in zip(WEEKDAYS, week, strict=True) if len(day) > MOST_WINDOWS]
    if crowded:
        raise InvalidSchedule(
            tuple(ScheduleFault(name, None, ScheduleProblem.TOO_MANY) for name in crowded)
        )
    return week


def _read_window(raw: object) -> Window | ScheduleProblem:
    if not isinstance(raw, Mapping) or not {"from", "to"} <= raw.keys() <= {"from", "to", "data"}:
        return ScheduleProblem.WRONG_SHAPE
    start, end = _read_time(raw["from"]), _read_time(raw["to"])
    if start is None or end is None or start == _DAY:
        return ScheduleProblem.BAD_TIME
    return ScheduleProblem.EMPTY_WINDOW if start == end else (start, end)


def _read_time(raw: object) -> int | None:
    """Return the second of the day, up to 86400, or None for what isn't a time in whole seconds."""
    if raw in (time.max, "24:00", "24:00:00"):
        return _DAY
    text = raw.isoformat() if isinstance(raw, time) else raw
    if not isinstance(text, str) or not (found := _CLOCK.fullmatch(text)):
        return None
    hours, minutes, seconds = found.groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


ALWAYS = WeekSchedule((((0, _DAY),),) * 7)
"""The schedule that is open at every instant."""

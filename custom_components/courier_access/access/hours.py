"""Hours on a wall clock: weekly schedules, exceptions by date, and how they are written.

A time zone's offset is constant between two changes. Within such a stretch, the wall
clock is the instant plus a number, so open hours are found stretch by stretch.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
import re
from typing import Final, Self
from zoneinfo import ZoneInfo

type Window = tuple[int, int]
"""Half-open, in seconds of a wall-clock day or since 1970."""

DAY: Final = 24 * 60 * 60
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
TWO_YEARS: Final = timedelta(days=731)

_SECOND = timedelta(seconds=1)
# One day inside datetime's range, so that every zone has a wall clock there.
_EARLIEST = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
_LATEST = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
# If a week's only window falls into a skipped stretch, the next one is a week later.
_LONGEST_WAIT = timedelta(weeks=3)
# A date's first and last instant in any zone are under two days from its UTC midnight.
_ZONES_APART = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """The half-open interval [start, end) in UTC."""

    start: datetime
    end: datetime


def same_offsets(
    one: ZoneInfo, other: ZoneInfo, since: datetime, ahead: timedelta = TWO_YEARS
) -> bool:
    """Return whether two zones' wall clocks show the same from an instant on."""
    start = (since - EPOCH) // _SECOND
    end = start + ahead // _SECOND
    # Nearly always, it is one zone; most zones that differ do so at once.
    return one is other or all(
        ours == theirs
        for ours, theirs in zip(
            _stretches(start, end, one), _stretches(start, end, other), strict=True
        )
    )


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the union of the intervals, in order."""
    joined: list[Interval] = []
    for interval in sorted(intervals, key=lambda interval: interval.start):
        if joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return tuple(joined)


def overlap(
    ours: Sequence[Interval], theirs: Sequence[Interval]
) -> tuple[Interval, ...]:
    """Return the intersection of two ordered sequences of disjoint intervals."""
    both: list[Interval] = []
    own = other = 0
    while own < len(ours) and other < len(theirs):
        one, two = ours[own], theirs[other]
        start, end = max(one.start, two.start), min(one.end, two.end)
        if start < end:
            both.append(Interval(start, end))
        if one.end <= two.end:
            own += 1
        else:
            other += 1
    return tuple(both)


def merged(given: Iterable[Window]) -> tuple[Window, ...]:
    """Order windows, and join those that touch or overlap."""
    joined: list[Window] = []
    for start, end in sorted(given):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _are_in_order(day: tuple[Window, ...]) -> bool:
    return day == merged(day) and all(0 <= start < end <= DAY for start, end in day)


def covers(outer: Sequence[Window], inner: Sequence[Window]) -> bool:
    """Return whether each inner window lies inside an outer one; both are ordered."""
    following = iter(outer)
    start, end = 0, 0
    for inner_start, inner_end in inner:
        if end < inner_end:
            reaching = (window for window in following if inner_end <= window[1])
            start, end = next(reaching, (DAY, DAY))
        if inner_start < start:
            return False
    return True


def _shortly_before(turns: Sequence[int], instant: datetime) -> Iterator[datetime]:
    """Yield an instant shortly before each future turn begins in any zone."""
    for turn in turns:
        second = (turn - _ZONES_APART) * DAY
        if second > (instant - EPOCH) // _SECOND:
            yield EPOCH + second * _SECOND


def _utc(instant: datetime) -> datetime:
    # Python compares two times of one zone by their wall clocks, not as instants.
    return EPOCH + (instant - EPOCH)


def _offset(second: int, zone: ZoneInfo) -> int:
    """Return how many seconds the zone's wall clock is ahead of UTC."""
    instant = EPOCH + min(max(second * _SECOND, _EARLIEST - EPOCH), _LATEST - EPOCH)
    return (instant.astimezone(zone).replace(tzinfo=UTC) - instant) // _SECOND


def _stretches(start: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Split [start, end) into stretches of constant offset: (first, end, offset).

    Equal offsets a day apart mean no change in between: in the tz database, no zone
    returns to an offset in under three days.
    """
    last = end - 1
    while start < end:
        offset, same, other = _offset(start, zone), start, min(start + DAY, last)
        while same < last and _offset(other, zone) == offset:
            same, other = other, min(other + DAY, last)
        # Find the last second of this stretch by bisection.
        while other - same > 1:
            middle = (same + other) // 2
            same, other = (
                (middle, other) if _offset(middle, zone) == offset else (same, middle)
            )
        yield start, same + 1, offset
        start = same + 1


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

_FIRST_WEEKDAY = EPOCH.weekday()
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

    def __init__(self, *faults: ScheduleFault) -> None:
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
        if len(self.days) != 7 or not all(map(_are_in_order, self.days)):
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
        return {
            name: [{"from": clock(start), "to": clock(end)} for start, end in day]
            for name, day in zip(WEEKDAYS, self.days, strict=True)
            if day
        }

    @property
    def is_empty(self) -> bool:
        return not any(self.days)

    def contains(self, other: WeekSchedule) -> bool:
        return all(map(covers, self.days, other.days, strict=True))

    def of_day(self, day: int) -> Sequence[Window]:
        return self.days[(day + _FIRST_WEEKDAY) % 7]


def clock(second: int) -> str:
    """Format a second of the day as `read_window` reads it."""
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _read_week(raw: object) -> tuple[tuple[Window, ...], ...]:
    if not isinstance(raw, Mapping):
        raise InvalidSchedule(ScheduleFault("", None, ScheduleProblem.WRONG_SHAPE))
    read: list[tuple[int, int, int]] = []
    faults: list[ScheduleFault] = []
    for name, windows in raw.items():
        day = name if isinstance(name, str) else type(name).__name__
        if name not in WEEKDAYS:
            faults.append(ScheduleFault(day, None, ScheduleProblem.UNKNOWN_DAY))
            continue
        for index, found in _read_windows(windows, ScheduleProblem.WRONG_SHAPE):
            if isinstance(found, ScheduleProblem):
                faults.append(ScheduleFault(day, index, found))
            else:
                read.append((WEEKDAYS.index(day), *found))
    if faults:
        raise InvalidSchedule(*faults)
    week: list[list[Window]] = [[] for _ in WEEKDAYS]
    for weekday, start, end in read:
        week[weekday].append((start, end if start < end else DAY))
        if 0 < end < start:
            week[(weekday + 1) % 7].append((0, end))
    joined = tuple(map(merged, week))
    # A window from the day before may bring a day over the limit.
    crowded = [
        ScheduleFault(name, None, ScheduleProblem.TOO_MANY)
        for name, day in zip(WEEKDAYS, joined, strict=True)
        if len(day) > MOST_WINDOWS
    ]
    if crowded:
        raise InvalidSchedule(*crowded)
    return joined


def _read_windows(
    raw: object, wrong_shape: ScheduleProblem
) -> Iterator[tuple[int | None, Window | ScheduleProblem]]:
    """Yield each window of a list, or its problem, by index; or the list's problem."""
    if not isinstance(raw, list | tuple):
        yield None, wrong_shape
    elif len(raw) > MOST_WINDOWS:
        yield None, ScheduleProblem.TOO_MANY
    else:
        yield from enumerate(map(read_window, raw))


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
        if not _are_in_order(self.windows):
            raise ValueError("an exception's windows are ordered and don't touch")

    def without(self, day: date) -> Iterator[HoursException]:
        """Yield what is left of the exception before and after a date."""
        if not self.first <= day <= self.last:
            yield self
            return
        if self.first < day:
            yield replace(self, last=day - timedelta(days=1))
        if day < self.last:
            yield replace(self, first=day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly schedule with ordered exceptions that don't overlap.

    A zone's wall clock opens and closes them.

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
        return self.week.is_empty and not any(each.windows for each in self.exceptions)

    def contains(self, other: Hours) -> bool:
        """Return whether these hours are open whenever the other ones are."""
        if not self.week.contains(other.week):
            return False
        turns = sorted({*self.turns(), *other.turns()})
        # Between two turns, both repeat weekly.
        return all(
            covers(self.of_day(day), other.of_day(day))
            for turn, following in pairwise(turns)
            for day in range(turn, min(turn + 7, following))
        )

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

    def of_day(self, day: int) -> Sequence[Window]:
        """Return the windows of a date, in days since 1970: an exception's, or the week's."""
        if not self.exceptions:
            return self.week.days[(day + _FIRST_WEEKDAY) % 7]
        ordinal = day + _EPOCH_DAY
        place = bisect_right(
            self.exceptions, ordinal, key=lambda each: each.first.toordinal()
        )
        if place and ordinal <= self.exceptions[place - 1].last.toordinal():
            return self.exceptions[place - 1].windows
        return self.week.of_day(day)

    def with_open_day(self, day: date) -> Hours:
        """Return these hours with a closed date open, as its weekday is otherwise.

        A weekday that is always closed is open as most open weekdays are. The hours stay
        as they are if no weekday is open, the date is, or exceptions would be too many.
        """
        number = day.toordinal() - _EPOCH_DAY
        usual = Counter(filter(None, self.week.days)).most_common(1)
        if self.of_day(number) or not usual:
            return self
        kept = [part for each in self.exceptions for part in each.without(day)]
        if not self.week.of_day(number):
            kept.append(HoursException(day, day, usual[0][0]))
        kept.sort(key=lambda each: each.first)
        if len(kept) > MOST_EXCEPTIONS:
            return self
        return replace(self, exceptions=tuple(kept))

    def opened(self, once: Interval, zone: ZoneInfo, today: date) -> Hours:
        """Return these hours, also open in an interval on its dates.

        The wall clock's times are opened: a repeated hour opens both times. Exceptions
        that ended before `today` are left out.

        Raises InvalidSchedule for too many exceptions, or windows of a day.
        """
        kept = [each for each in self.exceptions if today <= each.last]
        for number, windows in _windows_of_days(once, zone).items():
            day = date.fromordinal(number + _EPOCH_DAY)
            own = self.of_day(number)
            if covers(own, windows):
                continue
            joined = merged((*own, *windows))
            if len(joined) > MOST_WINDOWS:
                fault = ScheduleFault(day.isoformat(), None, ScheduleProblem.TOO_MANY)
                raise InvalidSchedule(fault)
            kept = [part for each in kept for part in each.without(day)]
            kept.append(HoursException(day, day, joined))
        if len(kept) > MOST_EXCEPTIONS:
            too_many = ScheduleProblem.TOO_MANY_EXCEPTIONS
            raise InvalidSchedule(ScheduleFault("", None, too_many))
        kept.sort(key=lambda each: each.first)
        return replace(self, exceptions=tuple(kept))

    def turns(self) -> tuple[int, ...]:
        """Return the dates, in days since 1970, on which a week or an exception begins."""
        return tuple(
            ordinal - _EPOCH_DAY
            for each in self.exceptions
            for ordinal in (each.first.toordinal(), each.last.toordinal() + 1)
        )

    def is_open(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Return whether the zone's wall clock is inside a window at an aware instant.

        A repeated hour is inside both times. A skipped hour never comes.
        """
        since = (instant - EPOCH) // _SECOND
        day, second = divmod(since + _offset(since, zone), DAY)
        return any(opens <= second < closes for opens, closes in self.of_day(day))

    def windows(
        self, start: datetime, end: datetime, zone: ZoneInfo
    ) -> tuple[Interval, ...]:
        """Return the ordered, longest open intervals in [start, end)."""
        start, end = _utc(start), _utc(end)
        if start >= end:
            return ()
        first, last = _whole_seconds(start, end)
        opened = (
            (opens - offset, closes - offset)
            for since, until, offset in _stretches(first, last, zone)
            for opens, closes in self._open_parts(since + offset, until + offset)
        )
        return tuple(
            Interval(
                start if opens == first else EPOCH + opens * _SECOND,
                end if closes == last else EPOCH + closes * _SECOND,
            )
            for opens, closes in merged(opened)
        )

    def next_change(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the next instant after this one at which `is_open` changes, or None.

        Hours that don't change within three weeks go on to the next turn, so three
        weeks from each turn are enough.
        """
        instant = _utc(instant)
        for since in (instant, *_shortly_before(self.turns(), instant)):
            until = min(since, _LATEST - _LONGEST_WAIT) + _LONGEST_WAIT
            opened = self.windows(since, until, zone)
            edges = (
                edge for interval in opened for edge in (interval.start, interval.end)
            )
            if (
                change := next((edge for edge in edges if since < edge < until), None)
            ) is not None:
                return change
        return None

    def _open_parts(self, start: int, end: int) -> Iterator[Window]:
        """Yield the open parts of a stretch of wall clock, in seconds since 1970."""
        for day in range(start // DAY, (end - 1) // DAY + 1):
            for opens, closes in self.of_day(day):
                first = max(start, day * DAY + opens)
                final = min(end, day * DAY + closes)
                if first < final:
                    yield first, final


def _whole_seconds(start: datetime, end: datetime) -> Window:
    """Return an interval rounded outward, in seconds since 1970."""
    return (start - EPOCH) // _SECOND, -((EPOCH - end) // _SECOND)


def _windows_of_days(
    interval: Interval, zone: ZoneInfo
) -> Mapping[int, Sequence[Window]]:
    """Return what the wall clock shows in an interval, by date in days since 1970."""
    first, last = _whole_seconds(interval.start, interval.end)
    days: dict[int, list[Window]] = defaultdict(list)
    for since, until, offset in _stretches(first, last, zone):
        start, end = since + offset, until + offset
        for day in range(start // DAY, (end - 1) // DAY + 1):
            midnight = day * DAY
            days[day].append((max(start - midnight, 0), min(end - midnight, DAY)))
    return {day: merged(windows) for day, windows in days.items()}


def exceptions_from_list(raw: object) -> tuple[HoursException, ...]:
    """Read exceptions in any order.

    The shape is `[{"from": "2026-12-24", "to": "2026-12-26", "windows": [{"from",
    "to"}]}]`. Dates are ISO 8601 or `datetime.date`. Without `to`, the exception is one
    date; without windows, it is closed. Windows can't run into the next day.

    Raises InvalidSchedule with all errors at once, for any input.
    """
    if not isinstance(raw, list | tuple):
        raise InvalidSchedule(ScheduleFault("", None, ScheduleProblem.WRONG_EXCEPTION))
    if len(raw) > MOST_EXCEPTIONS:
        too_many = ScheduleProblem.TOO_MANY_EXCEPTIONS
        raise InvalidSchedule(ScheduleFault("", None, too_many))
    exceptions: list[HoursException] = []
    faults: list[ScheduleFault] = []
    earlier: list[tuple[date, date]] = []
    for number, one in enumerate(raw):
        for found in _read_exception(one, earlier):
            if isinstance(found, ScheduleFault):
                faults.append(replace(found, exception=number))
            else:
                exceptions.append(found)
    if faults:
        raise InvalidSchedule(*faults)
    return tuple(sorted(exceptions, key=lambda each: each.first))


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


def _read_exception(
    raw: object, earlier: list[tuple[date, date]]
) -> Iterator[HoursException | ScheduleFault]:
    """Yield an exception, or its problems; add its dates to those of `earlier` ones."""
    if not isinstance(raw, Mapping) or not {"from"} <= raw.keys() <= {
        "from",
        "to",
        "windows",
    }:
        yield ScheduleFault("", None, ScheduleProblem.WRONG_EXCEPTION)
        return
    first, last = _read_date(raw["from"]), _read_date(raw.get("to", raw["from"]))
    known = [] if first is None else [first, last]
    label = "/".join(dict.fromkeys(str(each) for each in known if each is not None))
    wrong_dates = _dates_problem(first, last)
    problems: list[tuple[int | None, ScheduleProblem]] = []
    if wrong_dates is not None:
        problems.append((None, wrong_dates))
    windows: list[Window] = []
    for index, found in _read_windows(
        raw.get("windows", ()), ScheduleProblem.WRONG_EXCEPTION
    ):
        if isinstance(found, ScheduleProblem):
            problems.append((index, found))
        elif 0 < found[1] < found[0]:
            problems.append((index, ScheduleProblem.CROSSES_MIDNIGHT))
        else:
            windows.append((found[0], found[1] or DAY))
    if first is not None and last is not None and wrong_dates is None:
        if any(first <= until and since <= last for since, until in earlier):
            problems.append((None, ScheduleProblem.OVERLAP))
        earlier.append((first, last))
        if not problems:
            yield HoursException(first, last, merged(windows))
    for index, problem in problems:
        yield ScheduleFault(label, index, problem)


def _dates_problem(first: date | None, last: date | None) -> ScheduleProblem | None:
    if first is None or last is None:
        return ScheduleProblem.BAD_DATE
    if last < first:
        return ScheduleProblem.BACKWARDS
    is_too_long = last - first >= LONGEST_EXCEPTION
    return ScheduleProblem.TOO_LONG if is_too_long else None


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


FIELD_EVERY_DAY = "every_day"
FIELD_MONDAY_TO_FRIDAY = "monday_to_friday"
HOURS_FIELDS = (FIELD_EVERY_DAY, *WEEKDAYS)
FORM_FIELDS = (FIELD_EVERY_DAY, FIELD_MONDAY_TO_FRIDAY, *WEEKDAYS)

_WORKING_WEEK = WEEKDAYS[:5]

_SEPARATOR = re.compile(r"[,;]")
_WRITTEN_CLOCK = (
    r"([0-9]{1,2})(?:[:.h]([0-9]{2})?)?(?:\s*([ap])\.?m\.?)?(?:\s*(?:h|uhr|uur)\b)?"
)
# "From" and "to" in all languages that residents read: people type what a page shows.
_WRITTEN_WINDOW = re.compile(
    r"(?:(?:from|von|de|das|dalle|van|od|fr\u00e5n|kl\.?)\s+)?"
    rf"{_WRITTEN_CLOCK}\s*"
    r"(?:[-\u2013\u2014]|(?:to|bis|a|\u00e0|\u00e0s|alle|tot|do|till)\b)\s*"
    rf"{_WRITTEN_CLOCK}",
    re.IGNORECASE,
)


class HoursProblem(StrEnum):
    """Problems with the hours of a day; the error keys."""

    UNREADABLE = "hours_unreadable"
    EMPTY = "hours_empty"
    TOO_MANY = "hours_too_many"


@dataclass(frozen=True, slots=True)
class HoursFault:
    """A problem in a field; `window` is its text, or empty if there are too many."""

    field: str
    window: str
    problem: HoursProblem


class InvalidHours(ValueError):
    """Hours that can't be read, with all `faults` in the fields' order."""

    def __init__(self, *faults: HoursFault) -> None:
        super().__init__(
            "; ".join(f"{at.field} {at.window!r}: {at.problem}" for at in faults)
        )
        self.faults = faults


def read_hours(texts: Mapping[str, str]) -> WeekSchedule:
    """Return the schedule of the fields; hours of several days are added to each.

    Raises InvalidHours with all problems at once.
    """
    faults: list[HoursFault] = []
    read: dict[str, list[dict[str, str]]] = {}
    for field in FORM_FIELDS:
        read[field] = []
        for window in _read_field(field, texts.get(field, "")):
            if isinstance(window, HoursFault):
                faults.append(window)
            else:
                read[field].append(window)
    if faults:
        raise InvalidHours(*faults)
    try:
        return WeekSchedule.from_mapping(
            {
                day: [window for field in _fields_of(day) for window in read[field]]
                for day in WEEKDAYS
            }
        )
    except InvalidSchedule as invalid:
        # Each window is valid, so some days have too many, and most of them are their own.
        crowded = [fault.day for fault in invalid.faults]
        fields = {
            next(at for at in reversed(_fields_of(day)) if read[at]) for day in crowded
        }
        too_many = (
            HoursFault(field, "", HoursProblem.TOO_MANY)
            for field in FORM_FIELDS
            if field in fields
        )
        raise InvalidHours(*too_many) from invalid


def write_hours(schedule: WeekSchedule) -> dict[str, str]:
    """Return the field texts for a schedule."""
    texts = {
        day: ", ".join(
            f"{_short(window['from'])}-{_short(window['to'])}" for window in windows
        )
        for day, windows in schedule.to_mapping().items()
    }
    if len(texts) == len(WEEKDAYS) and len(set(texts.values())) == 1:
        return {FIELD_EVERY_DAY: texts[WEEKDAYS[0]]}
    return texts


def write_form_hours(schedule: WeekSchedule) -> dict[str, str]:
    """Return the field texts, with one for a working week of equal days."""
    texts = write_hours(schedule)
    week = {texts.get(day, "") for day in _WORKING_WEEK}
    if len(week) > 1 or week == {""}:
        return texts
    others = {day: text for day, text in texts.items() if day not in _WORKING_WEEK}
    return {FIELD_MONDAY_TO_FRIDAY: week.pop(), **others}


def _fields_of(day: str) -> tuple[str, ...]:
    of_several = (FIELD_EVERY_DAY, FIELD_MONDAY_TO_FRIDAY)
    return (*of_several, day) if day in _WORKING_WEEK else (FIELD_EVERY_DAY, day)


def _read_field(field: str, text: str) -> Iterator[dict[str, str] | HoursFault]:
    windows = [window.strip() for window in _SEPARATOR.split(text) if window.strip()]
    if len(windows) > MOST_WINDOWS:
        yield HoursFault(field, "", HoursProblem.TOO_MANY)
        return
    for window in windows:
        found = _read_written(window)
        yield (
            HoursFault(field, window, found)
            if isinstance(found, HoursProblem)
            else found
        )


def _read_written(text: str) -> dict[str, str] | HoursProblem:
    found = _WRITTEN_WINDOW.fullmatch(text)
    if found is None:
        return HoursProblem.UNREADABLE
    from_hour, from_minute, from_half, to_hour, to_minute, to_half = found.groups()
    start = _in_24_hours(from_hour, from_half or to_half), from_minute or "00"
    end = _in_24_hours(to_hour, to_half), to_minute or "00"
    # Pages write 2 - 5 PM for the afternoon; 2pm-5 and 11-2pm could mean several hours.
    if bool(from_half) != bool(to_half) and (from_half or start > end):
        return HoursProblem.UNREADABLE
    window = {"from": ":".join(start), "to": ":".join(end)}
    try:
        WeekSchedule.from_mapping({WEEKDAYS[0]: [window]})
    except InvalidSchedule as invalid:
        empty = invalid.faults[0].problem is ScheduleProblem.EMPTY_WINDOW
        return HoursProblem.EMPTY if empty else HoursProblem.UNREADABLE
    return window


def _in_24_hours(hour: str, half: str | None) -> str:
    """Return an hour of a half of the day, such as 5 p.m., in 24 hours."""
    if not half:
        return f"{hour:0>2}"
    if not 1 <= int(hour) <= 12:
        return "99"  # 13 p.m. is no time; neither is 99.
    return f"{int(hour) % 12 + 12 * (half in 'pP'):02}"


def _short(clock: str) -> str:
    return clock.removesuffix(":00")

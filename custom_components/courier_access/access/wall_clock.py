"""Convert between wall-clock hours and the instants at which they are open.

A time zone's offset is constant between two changes. Within such a stretch, the wall
clock is the instant plus a number, so everything here works stretch by stretch.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

type Window = tuple[int, int]
"""Half-open, in seconds of a wall-clock day or since 1970."""

type Days = Callable[[int], Sequence[Window]]
"""The open windows of a date, given in days since 1970."""

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


def is_open(days: Days, instant: datetime, zone: ZoneInfo) -> bool:
    """Return whether the zone's wall clock is inside a window at an aware instant."""
    second = (_utc(instant) - EPOCH) // _SECOND
    wall = second + _offset(second, zone)
    return any(_open_parts(days, wall, wall + 1))


def windows(
    days: Days, start: datetime, end: datetime, zone: ZoneInfo
) -> tuple[Interval, ...]:
    """Return the ordered, longest open intervals in [start, end)."""
    start, end = _utc(start), _utc(end)
    if start >= end:
        return ()
    # Round outward to whole seconds.
    first, last = (start - EPOCH) // _SECOND, -((EPOCH - end) // _SECOND)
    opened = (
        (opens - offset, closes - offset)
        for since, until, offset in _stretches(first, last, zone)
        for opens, closes in _open_parts(days, since + offset, until + offset)
    )
    return tuple(
        Interval(
            start if opens == first else EPOCH + opens * _SECOND,
            end if closes == last else EPOCH + closes * _SECOND,
        )
        for opens, closes in merged(opened)
    )


def next_change(
    days: Days, instant: datetime, zone: ZoneInfo, turns: Sequence[int] = ()
) -> datetime | None:
    """Return the next instant after this one at which `is_open` changes, or None.

    `turns` are the ordered dates on which `days` stops repeating weekly. Hours that
    don't change within three weeks go on to the next turn, so three weeks from each
    turn are enough.
    """
    instant = _utc(instant)
    for since in (instant, *_shortly_before(turns, instant)):
        until = min(since, _LATEST - _LONGEST_WAIT) + _LONGEST_WAIT
        opened = windows(days, since, until, zone)
        edges = (edge for interval in opened for edge in (interval.start, interval.end))
        if (
            change := next((edge for edge in edges if since < edge < until), None)
        ) is not None:
            return change
    return None


def same_offsets(
    one: ZoneInfo, other: ZoneInfo, since: datetime, ahead: timedelta = TWO_YEARS
) -> bool:
    """Return whether two zones' wall clocks show the same from an instant on."""
    start = (_utc(since) - EPOCH) // _SECOND
    end = start + ahead // _SECOND
    # Most zones that differ do so at once.
    return all(
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
    while start < end:
        offset, same, other = _offset(start, zone), start, min(start + DAY, end)
        while other < end and _offset(other, zone) == offset:
            same, other = other, min(other + DAY, end)
        # Find the first second of the next stretch by bisection.
        while other - same > 1:
            middle = (same + other) // 2
            same, other = (
                (middle, other) if _offset(middle, zone) == offset else (same, middle)
            )
        yield start, other, offset
        start = other


def _open_parts(days: Days, start: int, end: int) -> Iterator[Window]:
    """Yield the open parts of a stretch of wall clock, in seconds since 1970."""
    for day in range(start // DAY, (end - 1) // DAY + 1):
        for opens, closes in days(day):
            first, final = max(start, day * DAY + opens), min(end, day * DAY + closes)
            if first < final:
                yield first, final
